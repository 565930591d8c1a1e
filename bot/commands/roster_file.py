"""What all commands of `vestka roster` share: how the file is named, read and written, and days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.errors import InputRefused
from bot.keys.files import read_bytes, replace_file
from bot.keys.public import read_public_keys
from storage.sealing import Roster

RosterFile = Annotated[Path, typer.Argument(metavar="ROSTER", help="The roster file.")]
Pseudonym = Annotated[str, typer.Argument(metavar="PSEUDONYM", help="Like m-01.")]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="A day like 2026-11-23.")]
Roots = Annotated[
    list[str], typer.Option("--root", help="64 hexadecimal digits, or the root's .public file.")
]
Threshold = Annotated[int, typer.Option(help="How many roots must have signed.")]


def read_roster(file: Path) -> Roster:
    """What stands in the file, not checked."""
    return Roster.from_bytes(read_bytes(file))


def write_draft(file: Path, roster: Roster) -> None:
    """Put a changed roster in the place of the old one."""
    replace_file(file, roster.to_bytes())
    print(f"Written: {file}, serial {roster.serial}, not signed. Next: vestka roster sign {file} --root …")


def read_roots(texts: Sequence[str]) -> list[bytes]:
    """Public root keys, 32 bytes each."""
    return [_read_root(text) for text in texts]


def today() -> date:
    """The UTC day."""
    return datetime.now(UTC).date()


def _read_root(text: str) -> bytes:
    if len(text) == 64 and not Path(text).exists():
        try:
            return bytes.fromhex(text)
        except ValueError:
            raise InputRefused("A root is 64 hexadecimal digits, or a .public file.") from None
    return bytes.fromhex(read_public_keys(Path(text), kind="root").parts["root"])
