"""Databases for Vestka: a file of its own, or a fresh one on a PostgreSQL that is started for the bench."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bench.crowd.process import Failed
from tests.storage.cluster import find_programs, make_database, run_cluster

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
    with run_cluster(
        programs, on_disk=True, options={"fsync": "on"}
    ) as cluster:  # as Vestka's own: kept is on the disk
        yield lambda: asyncio.run(make_database(cluster.url()))
