"""Settings, secrets, roster, keys, clock, database, runtime directory: everything that needs no network."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from secrets import token_bytes

from bot.app import trusted_roster
from bot.checks import Finding, Grade
from bot.errors import VestkaError
from bot.settings import Settings
from storage.errors import StorageError
from storage.operator import OperatorSecrets
from storage.sealing import SealingError, VerifiedRoster, check_backend, sealing_set
from storage.store import Store
from storage.volatile import KeyRing

SOON = timedelta(days=7)
_EARLIEST = datetime(2026, 11, 1, tzinfo=UTC)  # no release of this program is older


def check_keys() -> list[Finding]:
    """Known answers of every primitive, ML-KEM among them."""
    try:
        check_backend()
    except SealingError as refused:
        return [Finding("cryptography", Grade.FAIL, str(refused), "Install the pinned requirements again.")]
    return [Finding("cryptography", Grade.OK, "All known answers are right.")]


def check_roster(settings: Settings, secrets: OperatorSecrets, today: date) -> list[Finding]:
    """Is the roster signed by our roots, who may open reports today, and who expires within a week?"""
    remedy = "Sign a roster with `vestka roster sign`, then hand it over with `vestka init --renew`."
    try:
        roster = trusted_roster(settings, secrets)
        sealing = sealing_set(roster, on=today, strict=settings.organisation.strict)
    except (VestkaError, SealingError) as refused:
        return [Finding("roster", Grade.FAIL, str(refused), remedy)]
    words = f"Roster no. {roster.serial}: reports are sealed to {len(sealing.recipients)} keys today."
    return [Finding("roster", Grade.OK, words), *_expiring(roster, today), *_recovery(roster, settings)]


def _expiring(roster: VerifiedRoster, today: date) -> list[Finding]:
    soon = [member for member in roster.members if today <= member.expires <= today + SOON]
    return [
        Finding(
            "roster",
            Grade.WARN,
            f"{member.pseudonym} expires on {member.expires}.",
            "Renew the entry and sign the roster again.",
        )
        for member in soon
    ]


def _recovery(roster: VerifiedRoster, settings: Settings) -> list[Finding]:
    if roster.recovery is not None or settings.organisation.strict:
        return []
    words = "The roster has no recovery recipient: if all moderators lose their keys, all reports are lost."
    return [
        Finding("roster", Grade.WARN, words, "Make one: vestka keys new --kind recovery; keep it offline.")
    ]


def check_clock(now: datetime) -> list[Finding]:
    """Retention, day keys and the roster all hang on the clock."""
    if now < _EARLIEST:
        return [Finding("clock", Grade.FAIL, f"The clock says {now:%Y-%m-%d}.", "Set it, and turn on NTP.")]
    return [Finding("clock", Grade.OK, f"The clock says {now:%Y-%m-%d %H:%M} UTC.")]


async def check_database(settings: Settings, secrets: OperatorSecrets, now: datetime) -> list[Finding]:
    """Runtime directory and database: can both be opened as `vestka run` would?"""
    try:
        ring = KeyRing.open(settings.runtime_path, now=now, allow_disk=settings.places.allow_disk_runtime)
    except StorageError as refused:
        return [
            Finding(
                "runtime directory", Grade.FAIL, str(refused), "See docs/operating.md, Runtime directory."
            )
        ]
    found = [_runtime(ring.warning)]
    try:
        store = await Store.open(
            settings.database_url,
            ring=ring,
            case_key=secrets.case_key,
            now=lambda: now,
            new_id=lambda: token_bytes(16),
        )
        await store.close()
    except StorageError as refused:
        return [*found, Finding("database", Grade.FAIL, str(refused), "See docs/operating.md, Database.")]
    return [*found, Finding("database", Grade.OK, "The database can be opened and is up to date.")]


def _runtime(warning: str | None) -> Finding:
    if warning:
        return Finding("runtime directory", Grade.WARN, warning, "Point `places.runtime` to a tmpfs.")
    return Finding("runtime directory", Grade.OK, "It lies in memory.")
