"""What PostgreSQL must be told, rule by rule. The table is the whole of it.

Its log must never hold a value, a commit must be on the disk, and old rows must not lie about for long.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from bot.checks import Finding, Grade
from bot.settings import Settings
from storage.database import has_password, parse_url
from storage.errors import DatabaseUnreachable
from storage.server import ServerState, ask_server

_RELOAD = "SELECT pg_reload_conf();"


class Rule(NamedTuple):
    """A rule that holds, or what is wrong and how to mend it."""

    holds: Callable[[ServerState], bool]
    grade: Grade
    words: str
    remedy: str


def _set(name: str, *good: str, grade: Grade = Grade.FAIL, why: str) -> Rule:
    """A setting that must have one of these values; the first of them is what the remedy sets."""
    remedy = f"As a superuser: ALTER SYSTEM SET {name} = '{good[0]}'; {_RELOAD}"
    return Rule(lambda server: server.get(name) in good, grade, f"{name}: {why}", remedy)


def _off(name: str, *, why: str) -> Rule:
    """A setting that must be off, or is unknown to this server."""
    return _set(name, "off", "", grade=Grade.WARN, why=why)


_QUIET = "-1"
RULES = (
    _set("log_statement", "none", why="statements are written to the server's log."),
    _set("log_min_error_statement", "panic", why="statements that fail are written to the server's log."),
    _set("log_error_verbosity", "terse", why="the row that a failing statement was to keep is logged."),
    _set("log_parameter_max_length_on_error", "0", why="values of failing statements are logged."),
    _set(
        "log_parameter_max_length", "0", grade=Grade.WARN, why="values are logged with any statement that is."
    ),
    _set("log_min_duration_statement", _QUIET, why="slow statements are written to the server's log."),
    _set("log_min_duration_sample", _QUIET, why="some slow statements are written to the server's log."),
    _set("log_transaction_sample_rate", "0", why="statements of some transactions are logged."),
    _off("log_duration", why="how long each statement took is logged, and with it when somebody writes."),
    _off("debug_print_parse", why="every statement is logged with its values."),
    _off("debug_print_rewritten", why="every statement is logged with its values."),
    _off("debug_print_plan", why="every statement is logged with its values."),
    Rule(
        lambda server: server.get("auto_explain.log_min_duration") in {"", _QUIET},
        Grade.FAIL,
        "auto_explain writes statements to the server's log.",
        f"As a superuser: ALTER SYSTEM SET auto_explain.log_min_duration = '-1'; {_RELOAD}",
    ),
    _set(
        "synchronous_commit", "on", "remote_apply", "local", why="a commit is acknowledged before it is kept."
    ),
    _set("fsync", "on", why="a power cut may destroy the whole database."),
    _set("full_page_writes", "on", why="a power cut may leave half a page."),
    Rule(
        lambda server: server.unlogged == 0,
        Grade.FAIL,
        "There are UNLOGGED tables: a crash empties them.",
        "For each: ALTER TABLE … SET LOGGED;",
    ),
    Rule(
        lambda server: server.private_line,
        Grade.FAIL,
        "The line to the server is not encrypted.",
        "Use its UNIX socket (?host=/run/postgresql), or add ?ssl=verify-full to places.database.",
    ),
    Rule(
        lambda server: server.get("archive_mode") == "off",
        Grade.WARN,
        "The write-ahead log is archived, and with it every deleted row.",
        "Keep no archive longer than 48 hours, or, and start the server again: "
        "ALTER SYSTEM SET archive_mode = 'off';",
    ),
    Rule(
        lambda server: server.slots == 0,
        Grade.WARN,
        "A replication slot keeps the write-ahead log, with deleted rows, until somebody has read it.",
        "SELECT slot_name FROM pg_replication_slots; then drop what is not needed: "
        "SELECT pg_drop_replication_slot('…');",
    ),
    _set("wal_level", "replica", "minimal", grade=Grade.WARN, why="whole rows are written for replication."),
    Rule(
        lambda server: server.get("data_checksums") == "on",
        Grade.WARN,
        "Data checksums are off: a dying disk is noticed late.",
        "Stop the server, run: pg_checksums --enable -D DATA_DIRECTORY, and start it again.",
    ),
)


def judge_server(state: ServerState) -> list[Finding]:
    """Every rule that does not hold, or one finding that all of them do."""
    broken = [Finding("server", r.grade, r.words, r.remedy) for r in RULES if not r.holds(state)]
    return broken or [Finding("server", Grade.OK, "PostgreSQL keeps what we commit and logs no value.")]


async def check_server(settings: Settings) -> list[Finding]:
    """The server behind the database; nothing when it is a file, or cannot be asked (said elsewhere)."""
    if settings.database_file is not None:
        return []
    try:
        state = await ask_server(settings.database_url)
    except DatabaseUnreachable:
        return []
    return [*judge_server(state), *_password(settings)]


def _password(settings: Settings) -> list[Finding]:
    if not has_password(parse_url(settings.database_url)):
        return []
    words = "places.database holds a password, and the settings file is meant to hold nothing secret."
    remedy = "Put it into ~/.pgpass (mode 0600), and take it out of places.database."
    return [Finding("server", Grade.WARN, words, remedy)]
