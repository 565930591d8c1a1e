"""Day keys and peppers: made at start and at midnight UTC, kept only in memory, forgotten after 48 hours.

Whoever edits this file: a forgotten day never comes back. Not by a clock that jumps, not by a restart, not by
a second process. What was written under its keys is noise from then on, and that is the promise.
"""

from __future__ import annotations

import secrets
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from storage.errors import RuntimeDirectoryRefused
from storage.runtime_directory import check_memory, make_private, read_private, shred, write_new

LIFE = timedelta(hours=48)
_SUFFIX = ".day"
_LAYOUT = struct.Struct(">4s32s32sq")  # magic, K_vol, pepper, seconds since 1970 when it was made
_MAGIC = b"VDK1"


@dataclass(frozen=True, slots=True)
class DayKeys:
    """The keys of one day: `key` (K_vol) opens rows, `pepper` makes pseudonyms; 32 bytes each."""

    day: date
    key: bytes = field(repr=False)
    pepper: bytes = field(repr=False)
    made: datetime


class KeyRing:
    """The day keys that still exist, newest first; never more than two days."""

    __slots__ = ("_days", "_directory", "_random", "warning")

    def __init__(self, directory: Path, *, warning: str | None, random: Callable[[int], bytes]) -> None:
        self._directory = directory
        self._random = random
        self._days: tuple[DayKeys, ...] = ()
        self.warning = warning

    @classmethod
    def open(
        cls,
        directory: Path,
        *,
        now: datetime,
        allow_disk: bool = False,
        random: Callable[[int], bytes] = secrets.token_bytes,
    ) -> KeyRing:
        """Read the day keys in `directory` and make today's if it is missing.

        `warning` is a sentence to show when the directory is on a disk and that was allowed.

        :raises RuntimeDirectoryRefused: not in memory, not ours, or not usable.
        """
        warning = check_memory(directory, allow_disk=allow_disk)
        make_private(directory)
        ring = cls(directory, warning=warning, random=random)
        ring._days = ring._read_all()
        ring.turn(now)
        return ring

    def __repr__(self) -> str:
        return f"KeyRing({[str(keys.day) for keys in self._days]})"

    @property
    def directory(self) -> Path:
        """Where the keys lie."""
        return self._directory

    @property
    def days(self) -> tuple[DayKeys, ...]:
        """All keys, newest first."""
        return self._days

    @property
    def today(self) -> DayKeys:
        """The keys to write with."""
        return self._days[0]

    @property
    def born(self) -> datetime:
        """When the oldest of these keys was made: what was written before is lost."""
        return min(keys.made for keys in self._days)

    def of(self, day: date) -> DayKeys | None:
        """The keys of a day, unless they are forgotten."""
        return next((keys for keys in self._days if keys.day == day), None)

    def turn(self, now: datetime) -> tuple[date, ...]:
        """Make today's keys if there are none, forget those of 48 hours ago; returns the forgotten days.

        A clock that went back stays on the newest day ever seen: an older day is never made again.
        """
        today = now.astimezone(UTC).date()
        if self._days and today <= self._days[0].day:
            return ()
        forgotten = tuple(keys.day for keys in self._days if today - keys.day >= LIFE)
        for day in forgotten:
            self._shred(day)
        self._days = (self._make(today, now), *(keys for keys in self._days if keys.day not in forgotten))
        return forgotten

    def forget_everything(self) -> None:
        """Panic: overwrite and drop every key. What they opened is gone; the ring cannot be used again."""
        for path in self._directory.glob(f"*{_SUFFIX}"):
            shred(path)
        self._days = ()

    def _path(self, day: date) -> Path:
        return self._directory / f"{day.isoformat()}{_SUFFIX}"

    def _make(self, day: date, now: datetime) -> DayKeys:
        keys = DayKeys(day, self._random(32), pepper=self._random(32), made=now.astimezone(UTC))
        seconds = int(keys.made.timestamp())
        try:
            write_new(self._path(day), _LAYOUT.pack(_MAGIC, keys.key, keys.pepper, seconds))
        except FileExistsError:  # another process of ours was faster; both must use the same keys
            return self._read(self._path(day)) or self._replace_damaged(day, now)
        except OSError as error:
            raise RuntimeDirectoryRefused(
                f"Today's keys cannot be written to {self._directory}: {error.strerror}. Make room there."
            ) from None
        return keys

    def _replace_damaged(self, day: date, now: datetime) -> DayKeys:
        self._shred(day)
        return self._make(day, now)

    def _shred(self, day: date) -> None:
        try:
            shred(self._path(day))
        except OSError as error:
            raise RuntimeDirectoryRefused(
                f"Old keys cannot be overwritten in {self._directory}: {error.strerror}. Make it writable."
            ) from None

    def _read_all(self) -> tuple[DayKeys, ...]:
        found = (self._read(path) for path in self._directory.glob(f"*{_SUFFIX}"))
        return tuple(sorted((keys for keys in found if keys), key=lambda keys: keys.day, reverse=True))

    @staticmethod
    def _read(path: Path) -> DayKeys | None:
        """One day's file; None if it is not one (a half-written file opens nothing anyway)."""
        try:
            magic, key, pepper, seconds = _LAYOUT.unpack(read_private(path))
            day = date.fromisoformat(path.name.removesuffix(_SUFFIX))
            made = datetime.fromtimestamp(seconds, UTC)
        except (OSError, struct.error, ValueError, OverflowError):
            return None
        return DayKeys(day, key, pepper=pepper, made=made) if magic == _MAGIC else None
