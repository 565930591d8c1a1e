"""What moderators see of a case: title, card, buttons. Closed-list facts only; words are in `triage.ftl`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from handlers.matching.hints import Alike
from handlers.matching.likeness import Fact
from handlers.screens import Button, Line, Screen
from handlers.triage.acts import ACTS, TABLE, Action
from handlers.triage.cases import Case, Status
from handlers.triage.contacts import MOST
from handlers.triage.facts import CardFacts, Level
from handlers.triage.fate import CONTACT, LIFE, TRACK, standing
from handlers.triage.orders import Order, write_token

Policy = Literal["card", "bell"]

COLOURS = {Level.RED: "🔴", Level.ORANGE: "🟠", Level.YELLOW: "🟡", Level.GREEN: "🟢"}
MARKS = {
    Status.HELD: "⏳",
    Status.NEW: "🆕",
    Status.CLAIMED: "✋",
    Status.MERGED: "🔗",
    Status.CLOSED: "✅",
}
REASONS_SHOWN = 3


def title(case: Case) -> str:
    """Name of a case's topic or thread: mark of the status, colour, code. Nothing else, in any language."""
    return f"{MARKS[case.status]} {COLOURS[case.level]} {case.code}"


def card(case: Case, *, policy: Policy, alike: Sequence[Alike] = ()) -> Screen:
    """The card as it stands now. Policy "bell" shows the code and the urgency, and says nothing more.

    `alike` are other cases, possibly about the same person.
    """
    lines = _bell(case) if policy == "bell" else _full(case, alike)
    row = _buttons(case)
    return Screen(lines, (row,) if row else ())


def digest_note(*, day: str, log: str) -> Line:
    """The words under which the daily bundle is posted: as long on an empty day, and without counts.

    `log` is the signed head of the audit log, for whoever wants to hold it against the log one day.
    """
    return Line("digest-note", {"day": day, "log": log})


def _bell(case: Case) -> tuple[Line, ...]:
    return Line("card-head", {"title": title(case)}), _urgency(case)


def _urgency(case: Case) -> Line:
    level, override = Line(f"level-{case.level}"), case.override
    if override is None:
        return Line("card-urgency", {"level": level})
    reason = Line(f"why-{override.reason}")
    return Line("card-urgency-set", {"level": level, "reason": reason, "by": override.by})


def _full(case: Case, alike: Sequence[Alike]) -> tuple[Line, ...]:
    """A hint gives way to what people have linked or merged: they know more, and twelve lines are enough."""
    hint = () if case.parts or case.linked else _alike(alike)
    return (*_bell(case), *_why(case), *_circumstances(case.facts), *hint, *_work(case), *_found_out(case))


def _why(case: Case) -> tuple[Line, ...]:
    """Unfinished, and the weightiest reasons in one line; how many more there are is said."""
    facts = case.facts
    unfinished = (Line("card-unfinished"),) if facts.unfinished else ()
    if not facts.reasons:
        return unfinished
    shown = joined(
        tuple(Line(f"reason-{reason}") for reason in facts.reasons[:REASONS_SHOWN]), by="card-points"
    )
    left = len(facts.reasons) - REASONS_SHOWN
    more = Line("card-more", {"count": left}) if left > 0 else ""
    return (*unfinished, Line("card-reasons", {"reasons": shown, "more": more}))


def _circumstances(facts: CardFacts) -> tuple[Line, ...]:
    region = Line(f"card-region-{facts.region}") if facts.region else Line("card-unknown")
    bodies = tuple(Line(f"card-body-{body}") for body in facts.bodies) or (Line("card-unknown"),)
    return (
        Line("card-region", {"region": region}),
        Line("card-bodies", {"bodies": joined(bodies)}),
        Line("card-who", {"group": age(facts.age_group), "day": facts.day or Line("card-unknown")}),
    )


def age(group: str) -> str | Line:
    """An age group as it is said."""
    return Line("card-unknown") if group == "unknown" else group


def joined(lines: tuple[Line, ...], by: str = "card-list") -> Line:
    """A list with commas, or with points ("card-points") where its words have commas themselves."""
    first, *rest = lines
    return Line(by, {"first": first, "rest": joined(tuple(rest), by)}) if rest else first


def _alike(others: Sequence[Alike]) -> tuple[Line, ...]:
    """One line for all of them: which cases, and in what they agree."""
    cases = tuple(
        Line("card-alike-case", {"code": other.code, "facts": joined(tuple(map(_fact, other.facts)))})
        for other in others
    )
    return (Line("card-alike", {"cases": joined(cases, by="card-points")}),) if cases else ()


def _fact(fact: Fact) -> Line:
    return Line(f"card-fact-{fact}")


def _work(case: Case) -> tuple[Line, ...]:
    if case.claimant:
        return (Line("card-claimed", {"by": case.claimant, "until": case.until or ""}),)
    reason = case.history[-1].reason if case.status is Status.CLOSED else ""
    status = Line(f"status-{case.status}")
    if reason:
        return (Line("card-closed", {"status": status, "reason": Line(f"close-{reason}")}),)
    return (Line("card-status", {"status": status}),)


def _found_out(case: Case) -> tuple[Line, ...]:
    """Labels, what became of the person, what the team keeps beside: a line each, where there is anything."""
    lines = []
    if case.labels:
        lines.append(
            Line("card-labels", {"labels": joined(tuple(Line(f"label-{label}") for label in case.labels))})
        )
    states = [(axis, standing(case, axis)) for axis in (LIFE, TRACK, CONTACT)]
    noted = tuple(Line(f"fate-{axis}-{state}") for axis, state in states if state and state != "reported")
    if noted:
        lines.append(Line("card-fate", {"fate": joined(noted)}))
    if case.parts or case.linked:
        lines.append(Line("card-others", {"parts": len(case.parts), "linked": len(case.linked)}))
    beside = (*_asked(case), *((Line("card-notes", {"count": case.notes}),) if case.notes else ()))
    return (*lines, *((joined(beside, by="card-points"),) if beside else ()))


def _asked(case: Case) -> tuple[Line, ...]:
    """What became of the last question to the reporter; before it, answers nobody has seen."""
    new = (Line("card-answer", {"count": case.unseen}),) if case.unseen else ()
    if not case.contacts:
        return new
    last = case.contacts[-1]
    asked = {"what": Line(f"asking-name-{last.question}"), "state": Line(f"card-asked-{last.state}")}
    return (*new, Line("card-asked", {**asked, "count": len(case.contacts), "most": MOST}))


def _buttons(case: Case) -> tuple[Button, ...]:
    if case.status is Status.HELD:
        return ()
    return tuple(
        Button(Line(f"button-{action}"), write_token(case, Order(action, words)))
        for action, words in _SHOWN.items()
        if (case.status, action) in TABLE and (case.status, action) != _TAKE_OVER
        if action is not Action.SEEN or case.unseen
    )


_SHOWN = {action: act.button for action, act in ACTS.items() if act.button is not None}
_TAKE_OVER = (Status.CLAIMED, Action.CLAIM)  # by command: whose claim has run out is said when it has
