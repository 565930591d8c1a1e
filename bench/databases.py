"""Databases for Vestka: a file of its own, or a fresh one on a PostgreSQL that is started for the bench."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

import asyncpg

from bench.crowd.process import Failed
from tests.storage.cluster import Cluster, find_programs, run_cluster

KINDS = ("sqlite", "postgres")
New = Callable[[], str]


@contextmanager
def databases(kind: str) -> Iterator[New]:
    """What makes a new, empty database; its URL comes, empty for the embedded one.

    :raises Failed: there is no PostgreSQL here, or no such kind.
    """
    if kind not in KINDS:
        raise Failed(f"--database is one of {', '.join(KINDS)}")
    if kind == "sqlite":
        yield lambda: ""
        return
    programs = find_programs()
    if programs is None:
        raise Failed("PostgreSQL's programs (initdb, pg_ctl) are not installed")
    with run_cluster(programs) as cluster:
        _tell(cluster, "ALTER SYSTEM SET fsync = on", "SELECT pg_reload_conf()")  # tests run without
        numbers = count(1)
        yield lambda: _make(cluster, f"bench_{next(numbers)}")


def _make(cluster: Cluster, name: str) -> str:
    _tell(cluster, f"CREATE DATABASE {name}")
    return cluster.url(name)


def _tell(cluster: Cluster, *statements: str) -> None:
    async def tell() -> None:
        connection = await asyncpg.connect(cluster.dsn())
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    asyncio.run(tell())
