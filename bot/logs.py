"""The only place that configures logging, and the only words the log knows.

What is logged is an event with a fixed name and numbers: no text, account, token or key has a way in.
Times are cut to the hour, because the minute of a line can be matched with somebody's phone. Records of
other libraries lose their words when they are made, whichever handler would have printed them.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TextIO

OURS = "vestka"
FOREIGN = ("telegram", "aiohttp", "httpx", "httpcore", "sqlalchemy", "aiosqlite", "alembic", "asyncio")
OUR_PACKAGES = ("bot", "handlers", "storage", "vestka")
TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{20,}")
NAME = re.compile(r"[a-z]+(?:[._][a-z]+)*")
WITHHELD = "withheld"

_log = logging.getLogger(OURS)


def say(event: str, **numbers: float) -> None:
    """Note that something happened, such as `say("sender.sent", letters=3)`."""
    _log.info(_sentence(event, numbers))


def alarm(event: str, **numbers: float) -> None:
    """Note something the operator must look at."""
    _log.error(_sentence(event, numbers))


def fault(event: str, problem: BaseException, **numbers: float) -> None:
    """Note an error of ours by its type and the line of our own code it came from; never its words."""
    _log.error("%s %s", _sentence(event, numbers), _whereabouts(problem))


def configure(*, level: int = logging.INFO, stream: TextIO | None = None) -> Callable[[], None]:
    """Send the log to `stream` (standard error); what comes back puts everything as it was."""
    root, factory = logging.getLogger(), logging.getLogRecordFactory()
    before = (root.level, list(root.handlers), {name: logging.getLogger(name).level for name in FOREIGN})
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_HourFormatter())
    handler.addFilter(_redact)
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in FOREIGN:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.setLogRecordFactory(_emptied(factory))

    def restore() -> None:
        logging.setLogRecordFactory(factory)
        root.setLevel(before[0])
        root.handlers[:] = before[1]
        for name, old in before[2].items():
            logging.getLogger(name).setLevel(old)

    return restore


def _sentence(event: str, numbers: dict[str, float]) -> str:
    """The event and its numbers; anything that is not a plain name or a number is a mistake of ours."""
    for name in (event, *numbers):
        if not NAME.fullmatch(name):
            raise ValueError("an event has a fixed name of small letters")
    if not all(isinstance(number, int | float) for number in numbers.values()):
        raise TypeError("an event carries numbers and nothing else")
    return " ".join([event, *(f"{name}={number:g}" for name, number in numbers.items())])


def _is_ours(logger: str) -> bool:
    return logger == OURS or logger.startswith(f"{OURS}.")


def _emptied(factory: Callable[..., logging.LogRecord]) -> Callable[..., logging.LogRecord]:
    """A record factory that keeps of a foreign record where it came from, how bad it is, what was raised."""

    def make(*args: Any, **named: Any) -> logging.LogRecord:
        record = factory(*args, **named)
        if not _is_ours(record.name):
            problem = record.exc_info[1] if record.exc_info else None
            record.msg = WITHHELD if problem is None else f"{WITHHELD} {_whereabouts(problem)}"
            record.args, record.exc_info, record.exc_text, record.stack_info = (), None, None, None
        return record

    return make


def _redact(record: logging.LogRecord) -> bool:
    """Second line of defence: whatever looks like a bot token goes, wherever in the record it stands."""
    record.msg = TOKEN.sub("***", record.getMessage())
    record.args = ()
    if record.exc_info and record.exc_info[1] is not None:
        record.msg = f"{record.msg} {_whereabouts(record.exc_info[1])}"
    record.exc_info, record.exc_text, record.stack_info = None, None, None
    return True


def _whereabouts(problem: BaseException) -> str:
    """Type of the error, and the last line of our own code on its way: `KeyError bot.sender:88`."""
    place = "elsewhere"
    trace: TracebackType | None = problem.__traceback__
    while trace is not None:
        module = str(trace.tb_frame.f_globals.get("__name__", ""))
        if module.split(".", maxsplit=1)[0] in OUR_PACKAGES:
            place = f"{module}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(problem).__name__} {place}"


class _HourFormatter(logging.Formatter):
    """`2026-11-23T07Z INFO vestka sender.sent letters=3`"""

    def format(self, record: logging.LogRecord) -> str:
        hour = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%HZ")
        return f"{hour} {record.levelname} {record.name} {record.getMessage()}"
