"""Does the opened report equal what was told? Compared with the last review shown, and with what was typed.

The review is compared whole, line by line and both ways round. It shortens long texts, so words and stories
are compared with the typed lines as well, and every choice must go back to a line that names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from handlers.intake.keeping import BETWEEN
from handlers.intake.pack import Pack
from handlers.intake.questionnaire import Kind, Question
from handlers.intake.review import review_lines, told_in
from handlers.intake.vocabularies import pick_many, pick_one
from handlers.intake.words import read_word
from handlers.texts import Texts

REVIEW = "review"
_LETTER = re.compile(r"[^\W\d]")
_NOTHING = ("unknown", "refused", "unsafe", "skip", "no", "none")
_OPEN = ("unknown", "unknown_name", "refuse", "none")  # the options that say the same as these words
_DERIVED = {"urgent_flags": "minor"}  # added by the age, not by the reporter


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of the script, the step it answered, and what the chat showed after it."""

    step: str
    said: str = field(repr=False)
    shown: str = field(repr=False)

    @property
    def line(self) -> str:
        """What was said, without the brackets of a tap."""
        return self.said[1:-1] if self.said.startswith("[") and self.said.endswith("]") else self.said


def find_faults(
    pack: Pack, texts: Texts, report: Mapping[str, Any], turns: Sequence[Turn]
) -> tuple[str, ...]:
    """What of a report is not what was told: ids of questions, names of other parts; empty if all is well."""
    sent = _find_sending(report["case"], turns)
    if sent is None or not report["finished"]:
        return ("finished",)
    review, before = turns[sent - 1].shown, turns[:sent]
    questions = (
        fault for fault in told_in(pack, texts, report) if not _was_told(pack, report, before, step=fault)
    )
    return tuple(
        dict.fromkeys([*_unlike(pack, texts, report, review), *questions, *_other(pack, report, before)])
    )


def _other(pack: Pack, report: Mapping[str, Any], turns: Sequence[Turn]) -> Iterator[str]:
    """Parts of the report beside the answers."""
    limit, rule = pack.questionnaire.limits.text, pack.questionnaire.consent
    if not set(report["notes"]) <= {turn.line[:limit] for turn in turns}:
        yield "notes"
    agreed = report["answers"].get(rule.question, {}).get("value", [])
    if report["consent"]["choices"] != [each for each in agreed if each != rule.none]:
        yield "consent"


def _find_sending(code: str, turns: Sequence[Turn]) -> int | None:
    """The turn at the review that was answered with the code of the case."""
    sending = (number for number, turn in enumerate(turns) if turn.step == REVIEW and code in turn.shown)
    return next((number for number in sending if number > 0), None)


def _unlike(pack: Pack, texts: Texts, report: Mapping[str, Any], review: str) -> Iterator[str]:
    """Questions whose line is not on the review; or the review, where it says more than the report."""
    lines = [texts.say(report["language"], line) for line in review_lines(pack, texts, report)]
    names = [*told_in(pack, texts, report), *("notes" for _ in report["notes"])]
    shown, whole = review.splitlines(), "\n".join(lines)
    yield from (name for name, line in zip(names, lines, strict=False) if line not in shown)
    if f"\n\n{whole}\n\n" not in review:
        yield REVIEW


def _was_told(pack: Pack, report: Mapping[str, Any], turns: Sequence[Turn], *, step: str) -> bool:
    """Everything in one answer goes back to something that was said."""
    question, answer = pack.questionnaire.find(step), report["answers"][step]
    if question is None:
        return False
    if question.kind is Kind.TEXT and "value" in answer:
        return _is_story(pack, answer["value"], turns, step=step)
    if not _is_made_of(answer.get("words", ""), turns, limit=pack.questionnaire.limits.text):
        return False
    return _is_named(pack, question, answer, turns)


def _is_named(pack: Pack, question: Question, answer: Mapping[str, Any], turns: Sequence[Turn]) -> bool:
    """Every choice was named by something said; the lines at the question itself are asked first."""
    here = [turn.line for turn in turns if turn.step.partition("/")[0] == question.id]
    lines = dict.fromkeys([*here, *(turn.line for turn in turns)])
    if "missing" in answer:
        return any(read_word(line) or _names(pack, question, line) for line in lines)
    value = answer["value"] if question.kind in (Kind.CHOICE, Kind.MULTI) else []
    left = {value} if isinstance(value, str) else set(value)
    left.discard(_DERIVED.get(question.id, ""))
    for line in lines:
        if not left:
            break
        left -= _names(pack, question, line)
    return not left


def _is_story(pack: Pack, story: str, turns: Sequence[Turn], *, step: str) -> bool:
    """The story is the typed lines, each of them whole (or as long as we keep), and none is missing."""
    limits = pack.questionnaire.limits
    said = [turn.line[: limits.text] for turn in turns]
    pieces = story.split(BETWEEN)
    full = len(story) >= limits.story - len(BETWEEN)
    told = all(piece in said or (full and any(line.startswith(piece) for line in said)) for piece in pieces)
    return told and (
        full or all(line in pieces for line in _story_lines(turns, step=step, limit=limits.text))
    )


def _story_lines(turns: Sequence[Turn], *, step: str, limit: int) -> list[str]:
    """What was typed at the story since it was begun (anew)."""
    lines: list[str] = []
    for turn in turns:
        if turn.step.partition("/")[0] == step and not read_word(turn.line) and _LETTER.search(turn.line):
            lines = [turn.line[:limit]] if turn.step == step else [*lines, turn.line[:limit]]
    return lines


def _is_made_of(words: str, turns: Sequence[Turn], *, limit: int) -> bool:
    """Nothing but typed lines stands in these words."""
    for line in sorted({turn.line[:limit] for turn in turns}, key=len, reverse=True):
        words = words.replace(line, "")
    return not re.search(r"\w", words)


def _names(pack: Pack, question: Question, line: str) -> set[str]:
    """The options that a line names: by number, by label, by another name, or by "no" and the like."""
    terms = {entry.id: entry for entry in pack.terms[question.id]}
    first = [terms.pop(each) for each in (*question.options, *question.short) if each in terms]
    if not _LETTER.search(line):  # a number beyond the options counts in a list that the chat drew up
        return set(pick_many(first, line)) or {*terms}
    offered = (*first, *terms.values())
    one = pick_one(offered, line)
    silent = {*_OPEN, pack.questionnaire.consent.none} if read_word(line) in _NOTHING else set()
    return {*pick_many(offered, line), *([one] if one else []), *silent}
