"""What moderators ask for about many cases: the dashboard, the queue, their own, the team, the counts.

Closed lists only, as on cards; every list fits on a phone: at most eight cases a page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.screens import Button, Line, Screen
from handlers.triage.cards import Policy, joined, title
from handlers.triage.cases import Case, Status
from handlers.triage.changes import CLOSE_REASONS, LABELS
from handlers.triage.clusters import by_urgency, levels, oldest, statuses
from handlers.triage.facts import Level

PAGE = 8  # cases
PEOPLE = 30
HISTORY_SHOWN = 6  # steps
SPANS = (7, 30)  # days that are counted
OPEN = frozenset({Status.NEW, Status.CLAIMED})
WHOLE_DAYS: Mapping[Level, int] = {Level.RED: 0, Level.ORANGE: 0, Level.YELLOW: 1, Level.GREEN: 3}
"""Nothing finer than a day is kept: a case is overdue when the days have passed in which it was due."""

_TOKEN = re.compile(r"([qm]):([0-9]{1,5}):([a-z]{0,16})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Health:
    """How the bot does: minutes without an answer of the network, letters that wait, floods so far.

    `doubtful`: the clocks are at odds. `damaged`: rows of the database that do not open.
    """

    silent: int = 0
    waiting: int = 0
    floods: int = 0
    doubtful: bool = False
    damaged: int = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which page of the queue, of cases with which label ("" for all); or of those that one has taken."""

    page: int = 0
    label: str = ""
    mine: bool = False


def is_overdue(case: Case, today: date) -> bool:
    """Nobody took it in time, or whoever took it has been silent too long."""
    if case.status is Status.CLAIMED:
        return case.lapsed(today.isoformat())
    return (
        case.status is Status.NEW and case.day < (today - timedelta(days=WHOLE_DAYS[case.level])).isoformat()
    )


def dashboard(cases: Iterable[Case], *, today: date, health: Health) -> Screen:
    """The pinned message: everything in a glance."""
    shown = [case for case in cases if case.status is not Status.HELD]
    opened = [case for case in shown if case.status in OPEN]
    late = sorted((case for case in opened if is_overdue(case, today)), key=by_urgency)
    return Screen(
        (
            Line("board-head", {"day": today.isoformat(), "count": len(opened)}),
            levels(opened),
            statuses(shown),
            oldest([case for case in opened if case.status is Status.NEW]),
            _overdue(late),
            *_health(health),
        )
    )


def read_queue(argument: str) -> Wanted | Line:
    """The label after /queue, or what to write instead."""
    label = argument.strip().lower()
    if label and label not in LABELS:
        return Line("refusal-choose", {"command": "/queue", "words": ", ".join(LABELS)})
    return Wanted(label=label)


def read_page(token: str) -> Wanted | None:
    """The page behind a button; None where it is no button of a list."""
    found = _TOKEN.fullmatch(token)
    if not found or (found[3] and found[3] not in LABELS):
        return None
    return Wanted(int(found[2]), found[3], mine=found[1] == "m")


def queue(cases: Iterable[Case], wanted: Wanted, *, today: date, policy: Policy) -> Screen:
    """Open cases, the most urgent first, then the longest waiting; of one label, or all."""
    label = wanted.label
    found = [case for case in cases if case.status in OPEN and (not label or label in case.labels)]
    head = (
        *((Line("queue-label", {"label": Line(f"label-{label}")}),) if label else ()),
        oldest([case for case in found if case.status is Status.NEW]),
    )
    return _page("queue-head", found, wanted, head=head, today=today, policy=policy)


def mine(cases: Iterable[Case], by: str, *, today: date, policy: Policy, page: int = 0) -> Screen:
    """What one moderator has taken, the most urgent first."""
    taken = [case for case in cases if case.status in OPEN and case.claimant == by]
    head = (Line("mine-by", {"by": by}),)
    return _page("mine-head", taken, Wanted(page, mine=True), head=head, today=today, policy=policy)


def _page(
    name: str, cases: Iterable[Case], wanted: Wanted, *, head: tuple[Line, ...], today: date, policy: Policy
) -> Screen:
    """One page of a list, under its head, with buttons for those beside it."""
    found = sorted(cases, key=by_urgency)
    last = max(0, -(-len(found) // PAGE) - 1)
    page = min(wanted.page, last)
    rows = (_row(case, today, policy) for case in found[page * PAGE : (page + 1) * PAGE])
    late = sum(is_overdue(case, today) for case in found)
    about = {"count": len(found), "late": late, "page": page + 1, "pages": last + 1}
    return Screen((Line(name, about), *head, *rows), _turns(page, last, wanted))


def who(cases: Iterable[Case], roles: Mapping[str, str]) -> Screen:
    """Everybody on the roster today (pseudonym to role), and how many cases each has; first who has gone."""
    taken = Counter(case.claimant for case in cases if case.status is Status.CLAIMED and case.claimant)
    rows = tuple(
        Line("who-row", {"by": by, "role": Line(f"role-{roles[by]}"), "count": taken[by]})
        for by in sorted(roles, key=lambda by: (-taken[by], by))[:PEOPLE]
    )
    left = len(roles) - PEOPLE
    more = (Line("board-more", {"count": left}),) if left > 0 else ()
    gone = tuple(
        Line("who-gone", {"by": by, "count": taken[by]}) for by in sorted(taken.keys() - roles.keys())
    )
    return Screen((Line("who-head", {"count": len(roles)}), *gone[:PEOPLE], *rows, *more))


def stats(cases: Sequence[Case], *, today: date) -> Screen:
    """What came and what was done in the last days; cases that are deleted are not counted."""
    return Screen((Line("stats-head"), *(line for days in SPANS for line in _span(cases, today, days))))


def history(case: Case) -> Screen:
    """The last steps of the work on a case, the newest below."""
    left = len(case.history) - HISTORY_SHOWN
    more = (Line("board-more", {"count": left}),) if left > 0 else ()
    steps = (
        Line("case-step", {"day": step.day, "status": Line(f"status-{step.status}"), "by": step.by or "–"})
        for step in case.history[-HISTORY_SHOWN:]
    )
    found = (
        Line("case-found", {"day": one.since, "state": Line(f"fate-{one.axis}-{one.state}"), "by": one.by,
                            "grade": one.grade})
        for one in case.fate[-HISTORY_SHOWN:]
    )  # fmt: skip
    return Screen((Line("case-history"), *more, *steps, *found, *_grades(case)))


def _grades(case: Case) -> tuple[Line, ...]:
    """How well each fact is known that somebody graded, as it was graded last."""
    newest = {one.fact: one.grade for one in case.verified}
    grades = tuple(
        Line("case-grade", {"fact": Line(f"fact-{fact}"), "grade": grade}) for fact, grade in newest.items()
    )
    return (Line("case-grades", {"grades": joined(grades)}),) if grades else ()


def _overdue(late: Sequence[Case]) -> Line:
    if not late:
        return Line("board-in-time")
    codes = " ".join(case.code for case in late[:PAGE])
    left = len(late) - PAGE
    more = Line("card-more", {"count": left}) if left > 0 else ""
    return Line("board-overdue", {"count": len(late), "codes": codes, "more": more})


def _health(health: Health) -> tuple[Line, ...]:
    """One line when all is well; else one for each trouble."""
    troubles = (
        (health.silent > 0, Line("health-silent", {"minutes": health.silent})),
        (health.waiting > 0, Line("health-waiting", {"count": health.waiting})),
        (health.floods > 0, Line("health-floods", {"count": health.floods})),
        (health.doubtful, Line("health-clock")),
        (health.damaged > 0, Line("health-damaged", {"count": health.damaged})),
    )
    return tuple(line for is_so, line in troubles if is_so) or (Line("health-well"),)


def _row(case: Case, today: date, policy: Policy) -> Line:
    late = "⏰ " if is_overdue(case, today) else ""
    who = Line("queue-by", {"by": case.claimant}) if case.claimant else ""
    region = case.facts.region if policy == "card" else None
    place = Line("queue-region", {"region": Line(f"card-region-{region}")}) if region else ""
    return Line("queue-row", {"title": late + title(case), "region": place, "day": case.day, "who": who})


def _turns(page: int, last: int, wanted: Wanted) -> tuple[tuple[Button, ...], ...]:
    ways = ((page - 1, "button-page-back"), (page + 1, "button-page-on"))
    row = tuple(
        Button(Line(key), f"{'m' if wanted.mine else 'q'}:{to}:{wanted.label}")
        for to, key in ways
        if 0 <= to <= last
    )
    return (row,) if row else ()


def _span(cases: Sequence[Case], today: date, days: int) -> tuple[Line, ...]:
    since = (today - timedelta(days=days - 1)).isoformat()
    steps = [step for case in cases for step in case.history if step.day >= since]
    closed = Counter(step.reason for step in steps if step.status is Status.CLOSED)
    came = sum(case.day >= since for case in cases if case.status is not Status.HELD)
    taken = sum(step.status is Status.CLAIMED for step in steps)
    reasons = tuple(
        Line("stats-reason", {"reason": Line(f"close-{reason}"), "count": closed[reason]})
        for reason in CLOSE_REASONS
        if closed[reason]
    )
    about = {"days": days, "came": came, "taken": taken, "closed": closed.total()}
    return Line("stats-span", about), *((joined(reasons, by="card-points"),) if reasons else ())
