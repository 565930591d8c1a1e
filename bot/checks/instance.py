"""Keys, clock, secrets, roster, runtime directory, database: what needs no network. Nothing here is changed.

A bot may be running on the same files, and the one who asks may be another user than the bot's.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from bot.checks import Finding, Grade
from bot.errors import VestkaError
from bot.settings import Settings
from bot.sole import lock_path, running
from bot.staleness import stale_on
from bot.trust import bot_key, trusted_roster
from storage.errors import RuntimeDirectoryRefused, StorageError
from storage.operator import OperatorSecrets
from storage.runtime_directory import check_memory
from storage.sealing import SealingError, VerifiedRoster, check_backend, sealing_set
from storage.survey import Tables, find_damaged, find_workers, survey

_EARLIEST = datetime(2025, 1, 1, tzinfo=UTC)  # earlier: a clock that has lost its battery
_NAMED = 5  # damaged cases
_TABLES = {
    Tables.MISSING: "There is none yet; the first start makes it.",
    Tables.BEHIND: "It can be opened; the next start brings its tables up to date.",
    Tables.CURRENT: "It can be opened and is up to date.",
}


def check_keys() -> list[Finding]:
    """Known answers of every primitive, ML-KEM among them."""
    try:
        check_backend()
    except SealingError as refused:
        return [Finding("cryptography", Grade.FAIL, str(refused), "Install the pinned requirements again.")]
    return [Finding("cryptography", Grade.OK, "All known answers are right.")]


def check_clock(now: datetime) -> list[Finding]:
    """Retention, day keys and the roster all hang on the clock."""
    if now < _EARLIEST:
        return [Finding("clock", Grade.FAIL, f"The clock says {now:%Y-%m-%d}.", "Set it, and turn on NTP.")]
    return [Finding("clock", Grade.OK, f"The clock says {now:%Y-%m-%d %H:%M} UTC.")]


def check_privacy(path: Path) -> list[Finding]:
    """May anybody but the owner read the secrets file, or is it as it should be?"""
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        words = "The secrets file opens, but others on this machine may read it."
        return [Finding("secrets", Grade.WARN, words, f"Run: chmod 600 {path}")]
    return [Finding("secrets", Grade.OK, "The secrets file opens, and is its owner's alone.")]


def check_roster(settings: Settings, secrets: OperatorSecrets, today: date) -> list[Finding]:
    """Is the roster signed by our roots, who may open reports today, and who expires within a week?"""
    try:
        roster = trusted_roster(settings, secrets)
        sealing = sealing_set(roster, on=today, strict=settings.organisation.strict)
    except (VestkaError, SealingError) as refused:
        remedy = "Sign a roster with `vestka roster sign`, then `vestka roster install` it."
        return [Finding("roster", Grade.FAIL, str(refused), remedy)]
    words = f"Serial {roster.serial}: reports are sealed to {len(sealing.recipients)} keys today"
    words += ", or to those of them that the team has put on duty (/duty in the group)."
    return [
        Finding("roster", Grade.OK, words),
        *_nobody_to_act(roster, today),
        *_expiring(roster, today),
        *_recovery(roster, settings),
    ]


def check_bot_key(secrets: OperatorSecrets) -> list[Finding]:
    """Not a check but an answer: holders compare it when they open what comes from here."""
    key = bot_key(secrets)
    words = f"{key} is the bot's public key: holders give it to `vestka digest open --bot-key`."
    return [Finding("bot key", Grade.OK, words, value=key)]


def check_runtime(settings: Settings) -> list[Finding]:
    """Would the volatile keys be volatile, and private?"""
    path = settings.runtime_path
    remedy = "Point `places.runtime` to a tmpfs of your own; see docs/operating.md, Runtime directory."
    try:
        warning = check_memory(path, allow_disk=settings.places.allow_disk_runtime)
    except RuntimeDirectoryRefused as refused:
        return [Finding("runtime directory", Grade.FAIL, str(refused), remedy)]
    if trouble := _trouble_with(path):
        return [Finding("runtime directory", Grade.FAIL, f"{path} {trouble}.", remedy)]
    if warning:
        return [Finding("runtime directory", Grade.WARN, warning, remedy)]
    return [Finding("runtime directory", Grade.OK, "It lies in memory.")]


def check_running(settings: Settings) -> list[Finding]:
    """Does somebody work on this database now?"""
    process = running(lock_path(settings))
    named = f" (process {process})" if process and settings.database_file else ""
    words = "The bot is not running." if process is None else f"The bot is running{named}."
    return [Finding("process", Grade.OK, words)]


async def check_workers(settings: Settings) -> list[Finding]:
    """On a database server: how many workers live, and does one of them read?"""
    if settings.database_file is not None:
        return []
    try:
        there = await find_workers(settings.database_url)
    except StorageError:
        return []  # `check_database` says so
    reads = "One of them reads." if there.reads else "None of them reads."
    words = f"{there.alive} alive, {there.silent} silent. {reads}" if there.alive else "No worker is alive."
    if there.alive and not there.reads:
        remedy = "Ask again in a few seconds; if it stays so, look at the log for worker.failed."
        return [Finding("workers", Grade.WARN, words, remedy)]
    return [Finding("workers", Grade.OK, words)]


async def check_database(settings: Settings, secrets: OperatorSecrets) -> list[Finding]:
    """Can it be opened, are its tables ours, does the case key fit?"""
    file = settings.database_file
    if file is not None and not os.access(file.parent, os.W_OK):
        words = f"{file.parent} is missing or cannot be written."
        return [Finding("database", Grade.FAIL, words, "Make the folder, and give it to the bot's user.")]
    try:
        tables = await survey(settings.database_url, case_key=secrets.case_key)
        current = tables is Tables.CURRENT
        damaged = await find_damaged(settings.database_url, case_key=secrets.case_key) if current else []
    except StorageError as refused:
        return [Finding("database", Grade.FAIL, str(refused), "See docs/operating.md, Database.")]
    return [Finding("database", Grade.OK, _TABLES[tables]), *_damaged(damaged)]


def _damaged(cases: Sequence[bytes]) -> list[Finding]:
    """The sealed reports of damaged cases are whole: they are only found by nobody."""
    if not cases:
        return []
    named = ", ".join(case.hex()[:8] for case in cases[:_NAMED]) + (", …" if len(cases) > _NAMED else "")
    words = f"Damaged cases, left out of everything: {len(cases)} (ids begin with {named})."
    return [Finding("database", Grade.WARN, words, "Look at the disk; see docs/operating.md, Damaged rows.")]


def _nobody_to_act(roster: VerifiedRoster, today: date) -> list[Finding]:
    if roster.members_on(today):
        return []
    words = "No moderator is valid today: reports come in, and nobody is obeyed in the group."
    return [Finding("roster", Grade.FAIL, words, "Renew the entries, sign the roster, install it.")]


def _expiring(roster: VerifiedRoster, today: date) -> list[Finding]:
    remedy = "Renew the entry with `vestka roster renew`, sign the roster, install it."
    stale = stale_on(roster, today)
    words = [f"{name} expires on {day}." for name, day in stale.soon.items()]
    words += [f"{name} expired on {day}." for name, day in stale.over.items()]
    if stale.short and roster.members_on(today):
        words.append("Only one member is valid: reports come in and are sealed, but no card is posted.")
    return [Finding("roster", Grade.WARN, each, remedy) for each in words]


def _recovery(roster: VerifiedRoster, settings: Settings) -> list[Finding]:
    if roster.recovery is not None or settings.organisation.strict:
        return []
    words = "The roster has no recovery recipient: if all moderators lose their keys, all reports are lost."
    remedy = "Make one offline: vestka keys new --kind recovery; then begin a roster with it."
    return [Finding("roster", Grade.WARN, words, remedy)]


def _trouble_with(directory: Path) -> str:
    """What would keep the bot from using it; nothing when all is well."""
    if not directory.exists():
        parent = next(folder for folder in directory.parents if folder.exists())
        makeable = parent.is_dir() and os.access(parent, os.W_OK)
        return "" if makeable else "does not exist and cannot be made"
    state = directory.lstat()
    if not stat.S_ISDIR(state.st_mode):
        return "is no directory"
    return "" if state.st_uid == os.geteuid() else "belongs to another user than the one who asks"
