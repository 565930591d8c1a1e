"""The picture of the conversation, drawn from the table; docs/conversation.md holds it, a test compares.

    python -m handlers.intake.diagram

prints it anew.
"""

from __future__ import annotations

import sys
from collections import defaultdict

from handlers.intake.acts import Act, State
from handlers.intake.table import EVERYWHERE, QUESTION, SECOND, TABLE, Rows, Way

_GROUPS: dict[str, tuple[Rows, tuple[State, ...]]] = {
    "question": (
        QUESTION,
        (State.CHOICE, State.MULTI, State.PERSON, State.DATE, State.PLACE, State.FACILITY, State.TEXT),
    ),
    "second_step": (SECOND, (State.DAY, State.REGION, State.FOUND, State.TOWN, State.MORE)),
}
_PLACES = {Way.ONWARD: "next_question", Way.BEFORE: "question_before", Way.BEHIND: "where_one_was"}
_NAMES = {Act.PICK: "press", Act.SAY: "type", Act.AMEND: "edit a message", Act.EDIT: "choose a line"}


def draw_diagram() -> str:
    """The table as a Mermaid state diagram. Rows that stay on the same screen are left out."""
    lines = ["stateDiagram-v2", "    [*] --> nobody"]
    for name, (shared, members) in _GROUPS.items():
        lines.append(f"    state {name} {{")
        lines += [f"        {member}" for member in members]
        lines.append("    }")
        lines += _edges(name, shared, EVERYWHERE)
        for member in members:
            lines += _edges(member, TABLE[member], shared)
    lines += _edges("any_open_screen", EVERYWHERE, {})
    for state in (State.LANGUAGE, State.ERASE):
        lines += _edges(state, TABLE[state], EVERYWHERE)
    lines += _edges(State.REVIEW, TABLE[State.REVIEW], EVERYWHERE)
    for state in (State.NOBODY, State.SENT):
        lines += _edges(state, TABLE[state], {})
    return "\n".join(lines) + "\n"


def _edges(name: str, rows: Rows, known: Rows) -> list[str]:
    """One line per target, with the acts that lead there; rows that a larger group has are left out."""
    acts: dict[str, list[str]] = defaultdict(list)
    for act in Act:
        if act in known and rows[act] == known[act]:
            continue
        for lead in rows[act].leads:
            target = _PLACES.get(lead, "line_chosen") if isinstance(lead, Way) else str(lead)
            if lead is not Way.SAME and target != name:
                acts[target].append(_NAMES.get(act, act.name.lower().replace("_", " ")))
    return [f"    {name} --> {target}: {_label(names)}" for target, names in acts.items()]


def _label(names: list[str]) -> str:
    return ", ".join(names) if len(names) <= 8 else "anything else that is written or pressed"


if __name__ == "__main__":
    sys.stdout.write(draw_diagram())
