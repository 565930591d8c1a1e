"""Does the opened report equal what was told? Compared with what was typed and with the last review shown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from bot.instance import Instance
from handlers.intake.pack import Pack
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
        if words not in review or not _was_said(instance.pack, report, words, turns, step=question)
    )


def _was_said(pack: Pack, report: Mapping[str, Any], words: str, turns: Turns, *, step: str) -> bool:
    """Something said at this step stands in the answer; a missing answer needs nothing said."""
    answer = report["answers"][step]
    if "missing" in answer:
        return True
    said = [line.strip("[]") for at, line, _ in turns if at.partition("/")[0] == step]
    return any(
        line == answer.get("words")
        or line.casefold() in words.casefold()
        or _numbered(pack, step, line) == set(answer["value"])
        for line in said
    )


def _numbered(pack: Pack, step: str, line: str) -> set[str]:
    """The options that "1,3" means at a question; nothing for other lines."""
    question = pack.questionnaire.find(step)
    numbers = re.findall(r"\d+", line) if re.fullmatch(r"[\d\s,;]+", line) else []
    options = (*question.options, *question.short) if question else ()
    return {options[int(number) - 1] for number in numbers if 0 < int(number) <= len(options)}


def _last_review(turns: Turns) -> str:
    """What the chat showed when the last line at the review was sent."""
    shown = ""
    for before, (step, _, _) in pairwise(turns):
        if step == REVIEW:
            shown = before[2]
    return shown
