"""What moderators see of a case: title, card, buttons. Closed-list facts only; words are in `triage.ftl`."""

from __future__ import annotations

import re
from typing import Literal

from handlers.screens import Button, Line, Screen
from handlers.triage.cases import Case, Status
from handlers.triage.claims import TABLE, Action
from handlers.triage.facts import CardFacts, Level

Policy = Literal["card", "bell"]

COLOURS = {Level.RED: "🔴", Level.ORANGE: "🟠", Level.YELLOW: "🟡", Level.GREEN: "🟢"}
MARKS = {Status.HELD: "⏳", Status.NEW: "🆕", Status.CLAIMED: "✋", Status.CLOSED: "✅"}
PREFIX = 8  # bytes of a case id behind a button

_TOKEN = re.compile(r"t:([a-z]{1,10}):([0-9a-f]{16}):([1-9][0-9]{0,9})", re.ASCII)


def title(case: Case) -> str:
    """Name of a case's topic or thread: colour, code, mark of the status. Nothing else, in any language."""
    return f"{COLOURS[case.facts.level]} {case.code} {MARKS[case.status]}"


def card(case: Case, *, policy: Policy) -> Screen:
    """The card as it stands now. Policy "bell" shows the code and the urgency, and says nothing more."""
    lines = _bell(case) if policy == "bell" else _full(case)
    row = _buttons(case)
    return Screen(lines, (row,) if row else ())


def write_token(case: Case, action: Action) -> str:
    """What stands behind a button: the action, the beginning of the case id, the revision of this card."""
    return f"t:{action}:{case.id[:PREFIX].hex()}:{case.revision}"


def read_token(token: str) -> tuple[Action, bytes, int] | None:
    """Action, case id prefix (8 bytes), revision; None where it is no token of ours."""
    found = _TOKEN.fullmatch(token)
    if not found or found[1] not in tuple(Action):
        return None
    return Action(found[1]), bytes.fromhex(found[2]), int(found[3])


def digest_note(*, day: str) -> Line:
    """The line under which the daily bundle is posted: the same words on an empty day, and no counts."""
    return Line("digest-note", {"day": day})


def _bell(case: Case) -> tuple[Line, ...]:
    facts = case.facts
    head = Line("card-head", {"mark": COLOURS[facts.level], "code": case.code})
    return head, Line("card-urgency", {"level": Line(f"level-{facts.level}")})


def _full(case: Case) -> tuple[Line, ...]:
    facts = case.facts
    unfinished = (Line("card-unfinished"),) if facts.unfinished else ()
    reasons = tuple(Line("card-reason", {"reason": Line(f"reason-{reason}")}) for reason in facts.reasons)
    return (*_bell(case), *unfinished, *reasons, *_circumstances(facts), *_work(case))


def _circumstances(facts: CardFacts) -> tuple[Line, ...]:
    region = Line(f"card-region-{facts.region}") if facts.region else Line("card-unknown")
    bodies = tuple(Line(f"card-body-{body}") for body in facts.bodies) or (Line("card-unknown"),)
    return (
        Line("card-region", {"region": region}),
        Line("card-bodies", {"bodies": _joined(bodies)}),
        Line("card-age", {"group": _age(facts.age_group)}),
        Line("card-day", {"day": facts.day or Line("card-unknown")}),
    )


def _age(group: str) -> str | Line:
    return Line("card-unknown") if group == "unknown" else group


def _joined(lines: tuple[Line, ...]) -> Line:
    first, *rest = lines
    return Line("card-list", {"first": first, "rest": _joined(tuple(rest))}) if rest else first


def _work(case: Case) -> tuple[Line, ...]:
    status = Line("card-status", {"status": Line(f"status-{case.status}")})
    return (status, Line("card-claimant", {"by": case.claimant})) if case.claimant else (status,)


def _buttons(case: Case) -> tuple[Button, ...]:
    if case.status is Status.HELD:
        return ()
    return tuple(Button(Line(f"button-{action}"), write_token(case, action)) for action in TABLE[case.status])
