"""Everything that can be set, as one frozen object. `bot.settings_file` reads and writes it.

Nothing secret and nobody's account stands here: tokens, the moderators' chat and the roster are in the
secrets file under the operator's passphrase (`storage.operator`). Relative paths are relative to the file.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator as Checked
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictStr, model_validator

_STRICT = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
_THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})


def _check_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise ValueError("There is no such time zone; write one like Europe/Minsk") from None
    return value


def _check_root(value: str) -> str:
    if len(value) != 64 or not set(value) <= set("0123456789abcdef"):
        raise ValueError("A root key is 64 hexadecimal digits, as `vestka keys show` prints it")
    return value


def _check_name(value: str) -> str:
    if not value.strip() or not value.isprintable():
        raise ValueError("Write a name on one line")
    return value.strip()


def _check_root_url(value: str) -> str:
    """A server we may hand the token to: encrypted, or on this machine; no password in the address."""
    try:
        parts = urlsplit(value)
        reachable = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _THIS_MACHINE)
        whole = reachable and parts.hostname and parts.port != 0
    except ValueError:
        whole = False
        parts = urlsplit("")
    if not whole or parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError("Write https://… (plain http only to this very machine)")
    return value.rstrip("/")


def _refuse_nothing(value: object) -> object:
    if value == "":
        raise ValueError("Write a path, or leave the line out")
    return value


Count = Annotated[int, Field(strict=True)]
Place = Annotated[Path, BeforeValidator(_refuse_nothing)]
Language = Literal["be", "ru", "en"]


class Organisation(BaseModel):
    """Who runs this instance, and whose signature makes a roster true."""

    model_config = _STRICT

    name: Annotated[StrictStr, Checked(_check_name)] = Field(default="Vestka", max_length=200)
    time_zone: Annotated[StrictStr, Checked(_check_zone)] = "Europe/Minsk"
    digest_hour: Count = Field(default=8, ge=0, le=23, description="hour of the day, in `time_zone`")
    roots: tuple[Annotated[StrictStr, Checked(_check_root)], ...] = ()
    signatures: Count = Field(default=1, ge=1, le=9, description="how many roots must have signed the roster")
    vouchers: Count = Field(default=2, ge=0, le=8, description="how many members vouch for a new one")
    strict: StrictBool = Field(default=False, description="seal without the recovery recipient")

    @model_validator(mode="after")
    def _can_be_signed(self) -> Self:
        if self.roots and self.signatures > len(set(self.roots)):
            raise ValueError("`signatures` asks for more root keys than `roots` names; correct one of them")
        return self


class Places(BaseModel):
    """Where things lie."""

    model_config = _STRICT

    database: Annotated[StrictStr, BeforeValidator(_refuse_nothing)] = Field(
        default="vestka.db", description="a file, or an address (postgres://…)"
    )
    secrets: Place = Path("secrets.vkf")
    runtime: Place | None = Field(default=None, description="memory-backed; default $RUNTIME_DIRECTORY")
    allow_disk_runtime: StrictBool = False


class TelegramSettings(BaseModel):
    """How to reach Telegram; `api_root` can point to another server."""

    model_config = _STRICT

    api_root: Annotated[StrictStr, Checked(_check_root_url)] = "https://api.telegram.org"
    long_poll_seconds: Count = Field(default=30, ge=0, le=50)


class Team(BaseModel):
    """What the moderators' group reads, and in which language."""

    model_config = _STRICT

    language: Language = "be"
    policy: Literal["card", "bell"] = "card"
    compare_names: StrictBool = Field(
        default=True, description="cards name cases that are possibly the same person's (docs/matching.md)"
    )


class Retention(BaseModel):
    """How long sealed reports stay on the server, in days."""

    model_config = _STRICT

    days: Count = Field(default=90, ge=1, le=3650)
    acknowledged_days: Count = Field(default=30, ge=1, le=3650)


class Settings(BaseModel):
    """Everything that can be set; `base` is the folder that relative paths start from."""

    model_config = _STRICT

    organisation: Organisation = Organisation()
    places: Places = Places()
    telegram: TelegramSettings = TelegramSettings()
    team: Team = Team()
    retention: Retention = Retention()
    base: Path = Field(default=Path(), exclude=True)

    @property
    def zone(self) -> ZoneInfo:
        """The organisation's time zone."""
        return ZoneInfo(self.organisation.time_zone)

    @property
    def secrets_path(self) -> Path:
        """The secrets file."""
        return self.base / self.places.secrets

    @property
    def database_file(self) -> Path | None:
        """The embedded database's file; None with a database server."""
        if "://" in self.places.database:
            return None
        return (self.base / self.places.database).resolve()

    @property
    def database_url(self) -> str:
        """A SQLAlchemy URL."""
        file = self.database_file
        return self.places.database if file is None else f"sqlite+aiosqlite:///{file}"

    @property
    def runtime_path(self) -> Path:
        """The runtime directory; must lie in memory."""
        if self.places.runtime is not None:
            return self.base / self.places.runtime
        given = os.environ.get("RUNTIME_DIRECTORY", "").split(":")[0]
        return Path(given) if given else Path("/dev/shm") / f"vestka-{os.getuid()}"  # noqa: S108  (memory on purpose)


SECTIONS: dict[str, type[BaseModel]] = {
    name: kind
    for name, about in Settings.model_fields.items()
    if isinstance(kind := about.annotation, type) and issubclass(kind, BaseModel)
}
"""The sections of the file, by name."""
