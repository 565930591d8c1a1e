"""A PostgreSQL of our own for one test run: made in a temporary folder, reachable by a UNIX socket only."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_INSTALLED = Path("/usr/lib/postgresql")
_OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",  # the tests of durability run on the other database
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
    "max_connections": "40",
}


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server; `folder` holds its data and its socket."""

    folder: Path

    def url(self, name: str = "postgres") -> str:
        """SQLAlchemy's URL of one database."""
        return f"postgresql+asyncpg://vestka@/{name}?host={self.folder}"

    def dsn(self, name: str = "postgres") -> str:
        """asyncpg's name for the same."""
        return f"postgresql://vestka@/{name}?host={self.folder}"


def find_programs() -> Path | None:
    """The folder that holds initdb and pg_ctl."""
    versions = sorted(_INSTALLED.glob("*/bin"), reverse=True) if _INSTALLED.is_dir() else []
    on_path = shutil.which("initdb")
    for folder in [*versions, *([Path(on_path).parent] if on_path else [])]:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    return None


@contextmanager
def run_cluster(programs: Path) -> Iterator[Cluster]:
    """Make a cluster, start it, stop it, remove it."""
    folder = Path(tempfile.mkdtemp(prefix="vestka-pg-"))
    data = folder / "data"
    try:
        if os.geteuid() == 0:
            person = pwd.getpwnam("nobody")
            os.chown(folder, person.pw_uid, person.pw_gid)
        _call(
            programs / "initdb", "-D", data, "-U", "vestka", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"
        )
        with (data / "postgresql.conf").open("a") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in _OPTIONS.items())
            file.write(f"unix_socket_directories = '{folder}'\n")
        _call(programs / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "start")
        try:
            yield Cluster(folder)
        finally:
            _call(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _call(*arguments: str | Path) -> None:
    """Run a program, as nobody if we are root: PostgreSQL refuses to run as root."""
    command = [str(argument) for argument in arguments]
    if os.geteuid() == 0:
        command = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", *command]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", timeout=60, check=False)
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name} failed: {done.stderr.strip() or done.stdout.strip()}")
