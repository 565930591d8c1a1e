"""A database of one's own on a PostgreSQL server, and every file of that server."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg
from sqlalchemy.engine import make_url

from tests.drills.canaries import files_under


@dataclass(frozen=True, slots=True)
class Place:
    """Where an instance keeps things: a URL (empty: a file beside it), and the server's own files."""

    url: str = ""
    files: Callable[[], list[Path]] = field(default=list)

    @property
    def dsn(self) -> str:
        """asyncpg's name for it."""
        return self.url.replace("+asyncpg", "")


@asynccontextmanager
async def own_database(server: str) -> AsyncIterator[Place]:
    """An empty database on `server` (a URL; empty: none is needed), gone afterwards."""
    if not server:
        yield Place()
        return
    name = f"drill{secrets.token_hex(8)}"
    admin = await asyncpg.connect(server.replace("+asyncpg", ""))
    try:
        await admin.execute(f"CREATE DATABASE {name}")
        data = Path(await admin.fetchval("SHOW data_directory"))
        url = make_url(server).set(database=name).render_as_string(hide_password=False)
        yield Place(url, lambda: [*files_under(data), *_logs(data)])
    finally:
        await admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        await admin.close()


def _logs(data: Path) -> list[Path]:
    """Where the server writes what it says."""
    number = (data / "postmaster.pid").read_text("ascii").split()[0]
    said = Path(f"/proc/{number}/fd/2").readlink()
    return [said] if said.is_file() else []
