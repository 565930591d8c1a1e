"""The review: what will be sealed, in words, written from the report itself so that both say the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.intake.pack import Pack
from handlers.intake.questionnaire import Kind, Question
from handlers.screens import Line
from handlers.texts import Texts

STORY_SHOWN = 300  # characters; the rest is there, but a screen has an end
WORDS_SHOWN = 120
NOTE_SHOWN = 80
NOTES_SHOWN = 5


def told_in(
    pack: Pack, texts: Texts, body: Mapping[str, Any], *, language: str | None = None
) -> dict[str, str]:
    """Question id to what the review says about it, for every answer in a report, in the order of the review.

    `language` is the report's own where none is given.
    """
    spoken = language or str(body["language"])
    answers: Mapping[str, Mapping[str, Any]] = body["answers"]
    told = {}
    for question in pack.questionnaire.questions:
        if question.id in answers:
            told[question.id] = texts.say(spoken, describe(pack, question, answers[question.id]))
    return told


def review_lines(pack: Pack, texts: Texts, body: Mapping[str, Any]) -> tuple[Line, ...]:
    """Numbered lines for every answer, then the notes."""
    told = told_in(pack, texts, body)
    lines = (
        Line("review-line", {"n": str(number), "name": Line(f"short-{question}"), "words": words})
        for number, (question, words) in enumerate(told.items(), start=1)
    )
    return (*lines, *_note_lines(body["notes"]))


def describe(pack: Pack, question: Question, plain: Mapping[str, Any]) -> Line:
    """One answer of a report, as a line."""
    words = str(plain.get("words", ""))
    if "missing" in plain:
        reason = Line(f"missing-{plain['missing']}")
        return Line("with-words", {"told": reason, "words": cut(words, WORDS_SHOWN)}) if words else reason
    return _DESCRIBE[question.kind](pack, question, plain["value"], words)


def label(question: Question, choice: str) -> Line:
    """The words for one option."""
    if choice in question.options:
        return Line(f"option-{question.id}-{choice}")
    return Line(f"vocab-{question.vocabulary}-{choice}")


def cut(text: str, length: int) -> str:
    """The text in one line, ended by … where it is longer than `length`."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1].rstrip() + "…"


def _note_lines(notes: list[str]) -> tuple[Line, ...]:
    shown = tuple(Line("review-note", {"words": cut(note, NOTE_SHOWN)}) for note in notes[:NOTES_SHOWN])
    left = len(notes) - len(shown)
    return (*shown, Line("review-notes-more", {"left": left})) if left else shown


def _choice(_pack: Pack, question: Question, value: Any, words: str) -> Line:
    return _with(label(question, value), words)


def _multi(_pack: Pack, question: Question, value: Any, words: str) -> Line:
    return _with(listing([label(question, each) for each in value]), words)


def listing(lines: list[Line]) -> Line:
    """Lines as one, with commas."""
    head, *rest = lines
    return Line("listing", {"first": head, "rest": listing(rest)}) if rest else head


def _person(_pack: Pack, _question: Question, value: Any, words: str) -> Line:
    parts = (value["given_name"], value["patronymic"], value["surname"])
    name = " ".join(part for part in parts if part)
    told = Line("plain", {"words": name}) if name else Line("person-unnamed")
    if value["birth_year"] is not None:
        told = Line("person-born", {"name": told, "year": str(value["birth_year"])})
    if value["age"] is not None:
        told = Line("person-aged", {"name": told, "age": str(value["age"])})
    return _with(told, words)


def _date(_pack: Pack, _question: Question, value: Any, words: str) -> Line:
    day = ".".join(reversed(value["day"].split("-"))) if value["day"] else None
    told = Line("plain", {"words": day}) if day else Line("missing-unknown")
    if value["time"]:
        told = Line("date-timed", {"day": told, "time": value["time"]})
    about = value["precision"] == "estimate"
    return _with(Line("date-about", {"when": told}) if about else told, words)


def _place(pack: Pack, question: Question, value: Any, words: str) -> Line:
    if value["facility"]:
        return _with(label(question, value["facility"]), words)
    if value["region"]:
        return _with(Line(f"vocab-region-{value['region']}"), words)
    return Line("quoted", {"words": cut(words, WORDS_SHOWN)})


def _text(_pack: Pack, _question: Question, value: Any, _words: str) -> Line:
    return Line("plain", {"words": cut(value, STORY_SHOWN)})


def _with(told: Line, words: str) -> Line:
    return Line("with-words", {"told": told, "words": cut(words, WORDS_SHOWN)}) if words else told


_DESCRIBE = {
    Kind.CHOICE: _choice,
    Kind.MULTI: _multi,
    Kind.PERSON: _person,
    Kind.DATE: _date,
    Kind.PLACE: _place,
    Kind.FACILITY: _place,
    Kind.TEXT: _text,
}
