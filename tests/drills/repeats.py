"""What was sent more than once, as the network saw it, and whether it was allowed to be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tests.doubles.telegram.calls import Call
from tests.drills.lives import Death, Send


@dataclass(frozen=True, slots=True)
class Repeats:
    """Sends that came again; `outside`: without a kill while their letter was marked as under way."""

    sent: int
    again: int
    outside: int


def count_repeats(calls: Sequence[Call], deaths: Sequence[Death]) -> Repeats:
    """Screens by room and words, cards and topics by code."""
    seen: dict[tuple[str, Send], list[int]] = defaultdict(list)
    for number, call in enumerate(calls):
        for key in _what(call):
            seen[key].append(number)
    again = [(key[1], *pair) for key, numbers in seen.items() for pair in pairwise(numbers)]
    outside = [one for one in again if not _is_allowed(*one, deaths=deaths)]
    return Repeats(sum(map(len, seen.values())), len(again), len(outside))


def _is_allowed(what: Send, first: int, second: int, *, deaths: Sequence[Death]) -> bool:
    """A kill between the two found the letter under way."""
    between = (death.under_way for death in deaths if first < death.calls <= second)
    return any(room == what[0] and what[1] in words for letters in between for room, words in letters)


def _what(call: Call) -> Iterator[tuple[str, Send]]:
    """What a call put before somebody's eyes; editing and deleting twice changes nothing."""
    if not call.applied:
        return
    given = call.parameters
    match call.method:
        case "sendMessage":
            yield call.method, (str(given["chat_id"]), str(given["text"]))
        case "sendDocument" if isinstance(call.result, dict):
            name = str(call.result["document"]["file_name"])
            yield call.method, ("card", name.removesuffix(".age"))
        case "createForumTopic":
            yield call.method, ("card", code_in(str(given["name"])))
        case _:
            return


def code_in(title: str) -> str:
    """The case code in a topic's title: mark, colour, code."""
    return title.rsplit(maxsplit=1)[-1]
