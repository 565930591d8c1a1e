"""What `vestka init` must know: one table of questions, answered by a person or by a TOML file.

Both ways end in the same `Answers`, so that a wizard's instance and an automated one cannot differ.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from bot.errors import InputRefused
from bot.keys.files import read_bytes
from bot.keys.public import read_public_keys
from bot.logs import TOKEN

_GROUP = re.compile(r"-[1-9][0-9]{0,18}")
_ROOT = re.compile(r"[0-9a-fA-F]{64}")


class Question(NamedTuple):
    """A question of the wizard; `place` is the setting it answers, as (section, key)."""

    words: str
    place: tuple[str, str]


QUESTIONS: dict[str, Question] = {
    "organisation": Question("Name of the organisation", ("organisation", "name")),
    "language": Question("Language of the moderators' group (be, ru, en)", ("team", "language")),
    "time_zone": Question("Time zone of the organisation", ("organisation", "time_zone")),
    "digest_hour": Question("Hour of the daily digest (0-23)", ("organisation", "digest_hour")),
    "root": Question(
        "Public root key (64 hexadecimal digits, or its .public file)", ("organisation", "roots")
    ),
}
"""What the wizard asks; each is also a key of the answers file."""

OPTIONAL: dict[str, tuple[str, str]] = {
    "signatures": ("organisation", "signatures"),
    "strict": ("organisation", "strict"),
    "policy": ("team", "policy"),
    "database": ("places", "database"),
    "runtime": ("places", "runtime"),
    "allow_disk_runtime": ("places", "allow_disk_runtime"),
    "api_root": ("telegram", "api_root"),
    "long_poll_seconds": ("telegram", "long_poll_seconds"),
    "retention_days": ("retention", "days"),
    "acknowledged_days": ("retention", "acknowledged_days"),
}
"""What only the answers file may hold."""

SECRET = ("group", "token_file", "roster", "passphrase_file")
NEEDED = ("root", "group", "token_file", "roster")

_KINDS: dict[str, tuple[type, ...]] = {
    "root": (str, list),
    "group": (str, int),
    "token_file": (str,),
    "roster": (str,),
    "passphrase_file": (str,),
}  # what is wrong with the others, the settings say


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered. `settings` is a table of sections; None or empty: as it was."""

    settings: dict[str, dict[str, Any]] = field(default_factory=dict)
    token: str = field(default="", repr=False)
    group: str = field(default="", repr=False)
    roster: bytes = field(default=b"", repr=False)
    passphrase_file: Path | None = None


def check_token(text: str) -> str:
    """A token as @BotFather gives it.

    :raises InputRefused: it is something else; the sentence does not repeat it.
    """
    if not TOKEN.fullmatch(text.strip()):
        raise InputRefused(
            "That is no bot token. It looks like 123456:letters; copy it whole from @BotFather."
        )
    return text.strip()


def check_group(value: object) -> str:
    """The id of a group.

    :raises InputRefused: it is no negative number; the sentence does not repeat it.
    """
    text = str(value).strip()
    if not _GROUP.fullmatch(text):
        raise InputRefused(
            "The group's id is a negative number, for a group with topics one that begins with -100. "
            "Names and links do not do."
        )
    return text


def check_root(value: str, here: Path) -> str:
    """A root as 64 hexadecimal digits, or the .public file of one.

    :raises InputRefused: it is neither.
    """
    if _ROOT.fullmatch(value.strip()):
        return value.strip().lower()
    path = here / Path(value.strip()).expanduser()
    if not value.strip() or not path.is_file():
        raise InputRefused("A root is 64 hexadecimal digits, or the .public file of a root key.")
    return read_public_keys(path, kind="root").parts["root"]


def read_answers(path: Path, *, renew: bool) -> Answers:
    """All answers from one TOML file; paths in it are relative to it.

    With `renew` everything may be left out; without it, what has no default must be there.

    :raises InputRefused: names the missing, unknown or wrong key; never a value.
    """
    data = _read_table(path)
    _check_names(path, data, renew=renew)
    try:
        return _take(data, path.parent)
    except InputRefused as refused:
        raise InputRefused(f"{path}: {refused}") from None


def _read_table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise InputRefused(f"The answers file {path} cannot be read: {error.strerror}.") from None
    except ValueError:  # not UTF-8, or not TOML; the reader's own words may quote the file
        raise InputRefused(f"{path} cannot be read as TOML. docs/operating.md shows one.") from None


def _check_names(path: Path, data: Mapping[str, Any], *, renew: bool) -> None:
    known = (*QUESTIONS, *OPTIONAL, *SECRET)
    if unknown := sorted(set(data) - set(known)):
        raise InputRefused(f"{path}: unknown key `{unknown[0][:40]}`. Known: {', '.join(known)}.")
    missing = [f"`{key}`" for key in NEEDED if key not in data]
    if missing and not renew:
        raise InputRefused(f"{path}: missing: {', '.join(missing)}. docs/operating.md shows them.")
    for key in (key for key in _KINDS if key in data):
        if not isinstance(data[key], _KINDS[key]):
            raise InputRefused(f"{path}: `{key}` must be a text in quotes.")


def _take(data: Mapping[str, Any], here: Path) -> Answers:
    own = data.get("passphrase_file")
    return Answers(
        settings=settings_of({key: data[key] for key in data if key not in SECRET}, here),
        token=check_token(_decode(read_bytes(here / data["token_file"]))) if "token_file" in data else "",
        group=check_group(data["group"]) if "group" in data else "",
        roster=read_bytes(here / data["roster"]) if "roster" in data else b"",
        passphrase_file=here / Path(own).expanduser() if own else None,
    )


def settings_of(told: Mapping[str, Any], here: Path) -> dict[str, dict[str, Any]]:
    """Answers put into the sections of the settings file; roots are looked up in `here`."""
    table: dict[str, dict[str, Any]] = {}
    for key, value in told.items():
        section, name = OPTIONAL[key] if key in OPTIONAL else QUESTIONS[key].place
        table.setdefault(section, {})[name] = _roots(value, here) if key == "root" else value
    return table


def _roots(value: object, here: Path) -> list[str]:
    given = value if isinstance(value, list) else [value]
    return [check_root(str(each), here) for each in given or [""]]


def _decode(data: bytes) -> str:
    return data.decode("utf-8", "replace")
