"""Does the opened report equal what was told? Compared with what was typed and with the last review shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from bot.instance import Instance
from handlers.intake.review import told_in

REVIEW = "review"
Turns = Sequence[tuple[str, str, str]]  # step that was answered, what was said, what was shown after it


def find_faults(instance: Instance, report: Mapping[str, Any], turns: Turns) -> tuple[str, ...]:
    """Ids of the questions whose answer in the report is not what was told; empty when all is well.

    An answer is right when what the person typed or tapped at that question stands in it, and when the
    words that describe it stood on the last review before the report was sent.
    """
    told = told_in(instance.pack, instance.texts, report)
    review = _last_review(turns)
    return tuple(
        question
        for question, words in told.items()
        if words not in review or not _was_said(report["answers"][question], words, turns, step=question)
    )


def _was_said(answer: Mapping[str, Any], words: str, turns: Turns, *, step: str) -> bool:
    """Something said at this step stands in the answer; a missing answer needs nothing said."""
    if "missing" in answer:
        return True
    said = [line for at, line, _ in turns if at == step]
    return any(line == answer.get("words") or line in words or line in str(answer["value"]) for line in said)


def _last_review(turns: Turns) -> str:
    """What the chat showed when the last line at the review was sent."""
    shown = ""
    for before, (step, _, _) in pairwise(turns):
        if step == REVIEW:
            shown = before[2]
    return shown
