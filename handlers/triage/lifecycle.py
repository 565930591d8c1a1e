"""How a case begins, is told anew, and what its life looks like as a picture."""

from __future__ import annotations

from dataclasses import replace

from handlers.triage.acts import ACTS, MOVES, Action
from handlers.triage.cases import Case, Status, Step
from handlers.triage.facts import CardFacts
from handlers.triage.fate import LIFE, load_fate


def open_case(case: bytes, code: str, *, facts: CardFacts, day: str, facility: str = "") -> Case:
    """A case from its first sealed object. An unfinished one is held back until its talk ends."""
    status = Status.HELD if facts.unfinished else Status.NEW
    begun = (Step(status, day),)
    return Case(case, code, facts, status, claimant=None, history=begun, day=day, facility=facility)


def retell(case: Case, *, facts: CardFacts, day: str, facility: str = "") -> Case:
    """The case after its report was sealed again. A held one that is now finished becomes new.

    A finished report does not become unfinished again, and whoever has claimed it keeps it.
    """
    facts = replace(facts, unfinished=facts.unfinished and case.facts.unfinished)
    told = replace(case, facts=facts, facility=facility, revision=case.revision + 1, touched=day)
    if case.status is not Status.HELD or facts.unfinished:
        return told
    return replace(told, status=Status.NEW, history=(*case.history, Step(Status.NEW, day)))


def draw_life() -> str:
    """The table of moves as a Mermaid diagram, who may do what, and the person's life: `docs/cases.md`."""
    arrows = [
        f"    {move.status} --> {move.target}: {move.action}"
        for move in MOVES
        if move.target is not move.status
    ]
    rows = [
        f"| {move.status} | {move.action}{_mark(move.action)} | {move.target} | {', '.join(move.who)} |"
        for move in MOVES
    ]
    after = load_fate().after
    life = [
        f"| {state} | {', '.join(sorted(after[state])) or 'nothing'} |" for state in load_fate().states[LIFE]
    ]
    return "\n".join((*_HEAD, *arrows, *_MIDDLE, *rows, *_LIFE, *life, *_FOOT))


def _mark(action: Action) -> str:
    return " (previewed)" * ACTS[action].previewed + " (two people)" * ACTS[action].two


_HEAD = (
    "# The life of a case",
    "",
    "Drawn from `handlers/triage/acts.py` and the country pack; a test fails when this page is older.",
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
_LIFE = (
    "",
    "Every change adds one to the revision; a change of status or claimant adds a step (status, day,",
    "pseudonym, reason) to the history. A button carries the revision of the card it stands under; when the",
    "case has moved on, the press is refused and the card is shown anew. A claim lasts until the end of the",
    "third day after the last thing its claimant did; then the case goes back, and anybody may take it over.",
    "`unmerge` brings a case back to where it stood.",
    "",
    "## The life of the person",
    "",
    "A dated history with source and grade, never one overwritten cell; legal track and contact are further",
    "axes. The arrows belong to the country pack (`fate.toml`).",
    "",
    "| state | what may follow |",
    "|---|---|",
)
_FOOT = ("",)
