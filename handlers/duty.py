"""Who is on duty: new reports are sealed to them and the recovery key, not to the whole team.

Two members decide it. As long as two of the list are valid it holds; else everybody reads again: a report
that nobody can open helps nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from handlers.screens import Line, Screen
from handlers.triage.changes import Refusal

LEAST = 2
ALL = "all"


def read_list(argument: str, valid: Collection[str]) -> tuple[str, ...] | Refusal:
    """The pseudonyms after /duty, sorted, once each; none for everybody. What was typed is not repeated."""
    words = argument.lower().replace(",", " ").split()
    if words == [ALL]:
        return ()
    names = tuple(sorted(set(words)))
    if not set(names) <= set(valid):
        return Refusal(Line("refusal-duty-unknown"))
    return names if len(names) >= LEAST else Refusal(Line("refusal-duty-few"))


def find_readers(listed: Collection[str], valid: Collection[str]) -> frozenset[str]:
    """Whom of the valid a new report is sealed to."""
    left = frozenset(listed) & frozenset(valid)
    return left if len(left) >= LEAST else frozenset(valid)


def is_short(listed: Collection[str], valid: Collection[str]) -> bool:
    """Whether there is a list, and fewer than two of it are left."""
    return bool(listed) and len(frozenset(listed) & frozenset(valid)) < LEAST


def write_words(names: Sequence[str], *, serial: int) -> str:
    """What two people agree to: this very list, under the roster with this serial."""
    return " ".join((str(serial), *names))


def read_words(words: str) -> tuple[str, ...]:
    """The list in such words."""
    return tuple(words.split()[1:])


def tell_list(names: Sequence[str]) -> Line:
    """Whom new reports are, or would be, sealed to."""
    return Line("duty-list", {"names": ", ".join(names)}) if names else Line("duty-all")


def show_duty(listed: Sequence[str], valid: Collection[str]) -> Screen:
    """Who is on duty now, and how it is changed."""
    short = is_short(listed, valid)
    left = () if short else tuple(name for name in listed if name in valid)
    return Screen((tell_list(left), *((Line("duty-short"),) if short else ()), Line("duty-how")))


def warn_short() -> Screen:
    """What two leads are told when too few of the list are left."""
    return Screen((Line("duty-short"), Line("duty-how")))
