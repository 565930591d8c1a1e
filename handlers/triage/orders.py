"""What a moderator asks for: a button's token and the words of a command both become one `Order`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handlers.triage.acts import Action
from handlers.triage.cases import Case

PREFIX = 8  # bytes of a case id behind a button

_TOKEN = re.compile(
    r"t:([a-z]{1,8}):([0-9a-f]{16}):([1-9][0-9]{0,6})((?:\.[A-Za-z0-9_-]{1,16}){0,2})(?:!([0-9a-f]{8}))?",
    re.ASCII,
)
_WORDS = 6


@dataclass(frozen=True, slots=True)
class Order:
    """An act with its arguments. `check` is the preview's hash where one was shown, else ""."""

    action: Action
    words: tuple[str, ...] = ()
    check: str = ""


@dataclass(frozen=True, slots=True)
class Pressing:
    """An order from a button: for the case whose id begins so, as the card showed it at `revision`."""

    order: Order
    prefix: bytes
    revision: int


def write_token(case: Case, order: Order) -> str:
    """What stands behind a button (at most 64 bytes): act, prefix of the case id, revision, words, hash."""
    words = "".join(f".{word}" for word in order.words)
    check = f"!{order.check}" if order.check else ""
    return f"t:{order.action}:{case.id[:PREFIX].hex()}:{case.revision}{words}{check}"


def read_token(token: str) -> Pressing | None:
    """The order behind a button; None where it is no token of ours."""
    found = _TOKEN.fullmatch(token)
    if not found or found[1] not in tuple(Action):
        return None
    words = tuple(found[4].split(".")[1:])
    return Pressing(Order(Action(found[1]), words, found[5] or ""), bytes.fromhex(found[2]), int(found[3]))


def read_words(argument: str) -> tuple[str, ...]:
    """The words after a command: at most six, the rest is not ours."""
    return tuple(argument.split()[:_WORDS])
