"""One TOML file, read once into one frozen object; an unknown key stops the start and names itself.

Nothing secret and nobody's account stands here: tokens, the moderators' chat and the roster are in the
secrets file under the operator's passphrase (`storage.operator`). Relative paths are relative to the file.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from bot.errors import SettingsRefused

_STRICT = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Organisation(BaseModel):
    """Who runs this instance, and whose signature makes a roster true."""

    model_config = _STRICT

    name: str = "Vestka"
    time_zone: str = "Europe/Minsk"
    digest_hour: int = Field(default=8, ge=0, le=23, description="hour of the day, in `time_zone`")
    roots: tuple[str, ...] = Field(default=(), description="public root keys, 64 hexadecimal digits each")
    signatures: int = Field(default=1, ge=1, le=9, description="how many roots must have signed the roster")
    strict: bool = Field(default=False, description="seal without the recovery recipient")

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError("no such time zone; write one like Europe/Minsk") from None
        return value

    @field_validator("roots")
    @classmethod
    def _are_keys(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if any(len(root) != 64 or not set(root) <= set("0123456789abcdef") for root in value):
            raise ValueError("a root key is 64 hexadecimal digits, as `vestka keys show` prints it")
        return value


class Places(BaseModel):
    """Where things lie."""

    model_config = _STRICT

    database: str = Field(default="vestka.db", description="a file, or a URL (postgresql+asyncpg://…)")
    secrets: Path = Path("secrets.vkf")
    runtime: Path | None = Field(default=None, description="memory-backed; default $RUNTIME_DIRECTORY")
    allow_disk_runtime: bool = False


class TelegramSettings(BaseModel):
    """How to reach Telegram; `api_root` can point to another server."""

    model_config = _STRICT

    api_root: str = "https://api.telegram.org"
    long_poll_seconds: int = Field(default=30, ge=0, le=50)

    @field_validator("api_root")
    @classmethod
    def _is_url(cls, value: str) -> str:
        if not value.startswith(("https://", "http://127.0.0.1", "http://localhost", "http://[::1]")):
            raise ValueError("write https://… (plain http only to this very machine)")
        return value.rstrip("/")


class Team(BaseModel):
    """What the moderators' group reads, and in which language."""

    model_config = _STRICT

    language: Literal["be", "ru", "en"] = "be"
    policy: Literal["card", "bell"] = "card"


class Retention(BaseModel):
    """How long sealed reports stay on the server, in days."""

    model_config = _STRICT

    days: int = Field(default=90, ge=1, le=3650)
    acknowledged_days: int = Field(default=30, ge=1, le=3650)


class Settings(BaseModel):
    """Everything that can be set."""

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
    def database_url(self) -> str:
        """A SQLAlchemy URL."""
        if "://" in self.places.database:
            return self.places.database
        return f"sqlite+aiosqlite:///{(self.base / self.places.database).resolve()}"

    @property
    def runtime_path(self) -> Path:
        """The runtime directory; must lie in memory."""
        if self.places.runtime is not None:
            return self.base / self.places.runtime
        given = os.environ.get("RUNTIME_DIRECTORY", "").split(":")[0]
        return Path(given) if given else Path("/dev/shm") / f"vestka-{os.getuid()}"  # noqa: S108  (memory on purpose)


def read_settings(path: Path) -> Settings:
    """Read and check the settings file.

    :raises SettingsRefused: names the file, the key and what to write instead; never a value.
    """
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise SettingsRefused(f"There is no settings file {path}. Run `vestka init` to make one.") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsRefused(f"{path} cannot be read as TOML: {error}") from None
    if "base" in data:
        raise SettingsRefused(f"{path}: unknown key `base`. Remove it.")
    try:
        return Settings.model_validate({**data, "base": path.resolve().parent})
    except ValidationError as refused:
        raise SettingsRefused(f"{path}: " + " ".join(_say(error) for error in refused.errors())) from None


def _say(error: object) -> str:
    """One sentence per fault; the value itself is never repeated."""
    assert isinstance(error, dict)  # noqa: S101  (pydantic's own shape)
    key = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        return f"unknown key `{key}`. Remove it or look it up in docs/operating.md."
    return f"`{key}`: {error['msg']}."
