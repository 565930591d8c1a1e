"""How a case begins, is told anew, and what its life looks like as a picture."""

from __future__ import annotations

from dataclasses import replace

from handlers.triage.cases import Case, Status, Step
from handlers.triage.claims import ALLOWED, TABLE
from handlers.triage.facts import CardFacts


def open_case(case: bytes, code: str, *, facts: CardFacts, day: str) -> Case:
    """A case from its first sealed object. An unfinished one is held back until its talk ends."""
    status = Status.HELD if facts.unfinished else Status.NEW
    return Case(case, code, facts, status, claimant=None, history=(Step(status, day),), day=day)


def retell(case: Case, *, facts: CardFacts, day: str) -> Case:
    """The case after its report was sealed again. A held one that is now finished becomes new.

    A finished report does not become unfinished again, and whoever has claimed it keeps it.
    """
    facts = replace(facts, unfinished=facts.unfinished and case.facts.unfinished)
    told = replace(case, facts=facts, revision=case.revision + 1)
    if case.status is not Status.HELD or facts.unfinished:
        return told
    return replace(told, status=Status.NEW, history=(*case.history, Step(Status.NEW, day)))


def draw_life() -> str:
    """The status table as a Mermaid diagram with a table of who may do what: `docs/cases.md`."""
    arrows = [
        f"    {status} --> {target}: {action}"
        for status, actions in TABLE.items()
        for action, target in actions.items()
    ]
    rows = [
        f"| {status} | {action} | {TABLE[status][action]} | {', '.join(allowed)} |"
        for (status, action), allowed in ALLOWED.items()
    ]
    return "\n".join((*_HEAD, *arrows, *_MIDDLE, *rows, *_FOOT))


_HEAD = (
    "# The life of a case",
    "",
    "Drawn from the table in `handlers/triage/claims.py`; a test fails when this page is older.",
    "",
    "```mermaid",
    "stateDiagram-v2",
    f"    [*] --> {Status.HELD}: unfinished report sealed",
    f"    [*] --> {Status.NEW}: finished report sealed",
    f"    {Status.HELD} --> {Status.NEW}: report finished",
    f"    {Status.HELD} --> [*]: reporter erased everything",
)
_MIDDLE = (
    "```",
    "",
    "| from | action | to | who may |",
    "|---|---|---|---|",
)
_FOOT = (
    "",
    "Every change adds a step (status, day, pseudonym) to the history and one to the revision. A button",
    "carries the revision of the card it stands under; when the case has moved on, the press is refused and",
    "the card is shown anew.",
    "",
)
