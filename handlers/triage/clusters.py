"""Mass events: many cases of one day, in one region or held in one place, share one topic with a count.

Everything follows from the cases. Red cases still stand alone. Which place of detention it is nobody says:
it groups, and what is said of it is its region, as of any case.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from handlers.screens import Line, Screen
from handlers.triage.cards import COLOURS, MARKS, Policy, age, joined, title
from handlers.triage.cases import Case, Status
from handlers.triage.facts import Level
from handlers.triage.rules import load_rules
from handlers.triage.urgency import rank

LEAST = 5
"""So many cases of one day in one region, or in one place of detention, are one event."""
CODES_SHOWN = 60
_WHOLE_DAY = len("2026-11-23")
_OPEN = frozenset({Status.NEW, Status.CLAIMED})


@dataclass(frozen=True, slots=True, order=True)
class Occasion:
    """What the cases of one event share: the ISO day of the detention, and its region.

    With a `facility` they share that, wherever they were detained; `region` is then the facility's own.
    """

    day: str
    region: str
    facility: str = ""

    @property
    def name(self) -> str:
        """Under which name it is known to storage; no two have the same."""
        return f"{self.day}:{self.facility or self.region}"


def occasions_of(case: Case) -> tuple[Occasion, ...]:
    """The events that a case may belong to, the first that has formed before the other.

    None where it is held back, or where its day is not known; none by a region or a facility nobody knows.
    """
    day, region = case.facts.day or "", case.facts.region
    if case.status is Status.HELD or len(day) != _WHOLE_DAY:
        return ()
    held_in = load_rules().facilities.get(case.facility)
    by_region = (Occasion(day, region),) if region else ()
    return (*by_region, Occasion(day, held_in, case.facility)) if held_in else by_region


def members_of(cases: Iterable[Case], occasion: Occasion) -> tuple[Case, ...]:
    """All cases of an event, the most urgent first; their order does not depend on that of `cases`."""
    return tuple(sorted((case for case in cases if belongs(case, occasion)), key=by_urgency))


def belongs(case: Case, occasion: Occasion) -> bool:
    """Whether the event is one of this case's; as `occasions_of`, but a crowd is asked in no time."""
    if case.facts.day != occasion.day or case.status is Status.HELD:
        return False
    if occasion.facility:
        return case.facility == occasion.facility
    return case.facts.region == occasion.region


def has_formed(cases: Iterable[Case], occasion: Occasion) -> bool:
    """Whether enough of these share it for a topic of their own."""
    return sum(1 for _ in islice((case for case in cases if belongs(case, occasion)), LEAST)) == LEAST


def stands_alone(case: Case) -> bool:
    """Whether it keeps a topic and a card of its own, whatever else happened that day."""
    return case.level is Level.RED


def by_urgency(case: Case) -> tuple[int, str, str]:
    """For sorting: urgency, then the day on which it came, then the code."""
    return rank(case.level), case.day, case.code


def cluster_title(occasion: Occasion, *, policy: Policy) -> Line:
    """Name of the topic; policy "bell" says neither where nor when."""
    if policy == "bell":
        return Line("cluster-title-bell")
    name = "cluster-title-held" if occasion.facility else "cluster-title"
    return Line(name, {"day": occasion.day, "region": Line(f"card-region-{occasion.region}")})


def count(occasion: Occasion, members: Sequence[Case], *, policy: Policy) -> Screen:
    """The one message that is edited: how many, how urgent, what nobody has taken yet."""
    free = tuple(case for case in members if case.status is Status.NEW)
    return Screen(
        (
            Line("cluster-head", {"title": cluster_title(occasion, policy=policy), "count": len(members)}),
            levels([case for case in members if case.status in _OPEN]),
            statuses(members),
            oldest(free),
            *_codes(free),
            Line("cluster-how"),
        )
    )


def entry(case: Case, *, policy: Policy) -> Line:
    """What stands under the file of one case in the topic of all."""
    if policy == "bell":
        return Line("card-head", {"title": title(case)})
    bodies = tuple(Line(f"card-body-{body}") for body in case.facts.bodies) or (Line("card-unknown"),)
    work = Line("cluster-claimed", {"by": case.claimant}) if case.claimant else Line(f"status-{case.status}")
    return Line(
        "cluster-entry",
        {"title": title(case), "group": age(case.facts.age_group), "bodies": joined(bodies), "work": work},
    )


def levels(cases: Iterable[Case]) -> Line:
    """How many of each urgency, in colours."""
    found = Counter(case.level for case in cases)
    return Line("board-levels", {"counts": " · ".join(f"{COLOURS[level]} {found[level]}" for level in Level)})


def statuses(cases: Iterable[Case]) -> Line:
    """How many stand where, by the marks that titles carry."""
    found = Counter(case.status for case in cases)
    shown = (status for status in Status if status is not Status.HELD)
    return Line("board-work", {"counts": " · ".join(f"{MARKS[status]} {found[status]}" for status in shown)})


def oldest(free: Sequence[Case]) -> Line:
    """Which of the cases that nobody has taken waits longest; of one day, the most urgent."""
    if not free:
        return Line("board-all-taken")
    first = min(free, key=lambda case: (case.day, rank(case.level), case.code))
    return Line("board-oldest", {"title": title(first), "day": first.day})


def _codes(free: Sequence[Case]) -> tuple[Line, ...]:
    if not free:
        return ()
    codes = " ".join(case.code for case in free[:CODES_SHOWN])
    left = len(free) - CODES_SHOWN
    more = Line("card-more", {"count": left}) if left > 0 else ""
    return (Line("cluster-codes", {"codes": codes, "more": more}),)
