"""An answer as a holder of the key reads it: what was asked, what was said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from handlers.asking.questions import FREE, load_questions
from handlers.clean import clean
from handlers.screens import Line


def addition_lines(addition: Mapping[str, Any]) -> Iterator[tuple[Line, Line]]:
    """Label and words; ids that this version does not know are shown as they stand."""
    question, answer = _of(addition, "question"), _of(addition, "answer")
    asked, value, words = str(question.get("id", "")), str(answer.get("value", "")), answer.get("words")
    known = load_questions()
    if asked == FREE:
        yield Line("addition-question"), _words(question.get("words", ""))
    else:
        yield (
            Line("addition-question"),
            Line(f"asking-ask-{asked}") if asked in known.canned else _words(asked),
        )
    if value:
        offered = value in known.answers.get(asked, ())
        yield Line("addition-answer"), Line(f"asking-answer-{value}") if offered else _words(value)
    if words:
        yield Line("addition-words"), _words(words)


def _of(addition: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    part = addition.get(key)
    return part if isinstance(part, Mapping) else {}


def _words(text: object) -> Line:
    return Line("asking-free", {"words": clean(str(text))})
