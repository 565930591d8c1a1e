"""One answer, checked: from what was typed or pressed to a value, or to a sentence that says what to do."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from handlers.intake import dates, persons, places, vocabularies
from handlers.intake.acts import State
from handlers.intake.misreads import Misread
from handlers.intake.negations import is_negated
from handlers.intake.offers import offered
from handlers.intake.pack import Pack
from handlers.intake.questionnaire import Entry, Kind, Question
from handlers.intake.spelling import fold
from handlers.intake.sweeping import is_sweeping
from handlers.intake.talk import Answer, Missing, Talk
from handlers.intake.words import read_word
from handlers.screens import Line

UNKNOWN_OPTIONS = ("unknown", "unknown_name")
REFUSED_OPTIONS = ("refuse",)
_CONSENTS = re.compile(r"[,;\n]|\s(?:і|и|й|ды|and)\s", re.IGNORECASE)
_NUMBERS = re.compile(r"\s*\d{1,2}(?:[\s,;.]+\d{1,2})*[\s.]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Taken:
    """A checked answer. `second` asks for more about it, `hint` says something about it."""

    answer: Answer
    second: State | None = None
    found: tuple[str, ...] = ()
    hint: Line | None = None


@dataclass(frozen=True, slots=True)
class Unclear:
    """Why the words were not taken, and what may have been meant."""

    line: Line
    found: tuple[str, ...] = ()
    note: bool = False  # the words are kept beside the questions


@dataclass(frozen=True, slots=True)
class Asking:
    """What an answer is checked against. `now` is in the time zone of the pack."""

    pack: Pack
    talk: Talk
    question: Question
    now: datetime


def ask(pack: Pack, talk: Talk, question: Question, *, now: datetime) -> Asking:
    """Everything an answer is checked against."""
    return Asking(pack, talk, question, now.astimezone(ZoneInfo(pack.questionnaire.zone)))


def read_words(asking: Asking, text: str) -> Taken | Unclear:
    """The answer in a typed text."""
    return _READ[asking.question.kind](asking, text[: asking.pack.questionnaire.limits.text])


def read_press(asking: Asking, choice: str) -> Taken | Unclear:
    """The answer behind a button."""
    question = asking.question
    if choice in UNKNOWN_OPTIONS and question.kind is not Kind.CHOICE:
        return Taken(missing(question, "unknown"))
    if question.kind is Kind.DATE:
        return Taken(_dated(dates.quick_when(choice, now=asking.now)))
    if question.kind is Kind.PLACE:
        return Taken(Answer(place(region=choice)))
    if question.kind is Kind.FACILITY:
        return _facility(asking, choice)
    return Taken(Answer(choice))


def missing(question: Question, reason: Missing) -> Answer:
    """No answer, for a reason; where the question has an option that says so, that option."""
    own = {"unknown": UNKNOWN_OPTIONS, "refused": REFUSED_OPTIONS}.get(reason, ())
    known = {*question.options, *question.short}
    fitting = next((option for option in own if option in known), None)
    if fitting and question.kind is Kind.CHOICE:
        return Answer(fitting)
    if fitting and question.kind is Kind.MULTI:
        return Answer([fitting])
    return Answer(missing=reason)


def place(
    *, town: str | None = None, region: str | None = None, facility: str | None = None
) -> dict[str, Any]:
    """The value of a place."""
    return {"town": town, "region": region, "facility": facility}


def read_numbers(text: str, ids: tuple[str, ...]) -> tuple[str, ...] | None:
    """The ids a text like "1,3" names; None if it is something else than numbers of `ids`."""
    if not _NUMBERS.fullmatch(text) or not vocabularies.is_number(text):
        return None
    numbers = [int(digits) for digits in re.findall(r"\d+", text)]
    if not all(1 <= number <= len(ids) for number in numbers):
        return None
    return tuple(dict.fromkeys(ids[number - 1] for number in numbers))


def combine(asking: Asking, picked: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    """Choices together: one that cannot stand beside others puts the others out, and the other way round."""
    for each in more:
        alone = asking.pack.questionnaire.excludes(asking.question, each)
        rest = () if alone else (one for one in picked if not _alone(asking, one))
        picked = (*rest, each) if each not in picked else picked
    return picked


def _alone(asking: Asking, choice: str) -> bool:
    return asking.pack.questionnaire.excludes(asking.question, choice)


def _choice(asking: Asking, text: str) -> Taken | Unclear:
    meant = vocabularies.pick_one(_terms(asking, text), text)
    if meant is None:
        return Unclear(Line("unclear-choice"), note=True)
    return Taken(Answer(meant, words=_rest(asking, text, (meant,))))


def _multi(asking: Asking, text: str) -> Taken | Unclear:
    if asking.question.id == asking.pack.questionnaire.consent.question:
        if is_sweeping(text):
            return Unclear(Line("consent-all"))
        agreed = _agreed(asking, text)
        return Taken(Answer(list(agreed))) if agreed else Unclear(Line("unclear-consent"), note=True)
    meant = _none_of_these(asking, text) or vocabularies.pick_many(_terms(asking, text), text)
    if meant:
        held = () if asking.question.id in asking.talk.answers else asking.talk.picked
        picked = combine(asking, held, meant)  # what was answered before is replaced, what was begun goes on
        return Taken(Answer(list(picked), words=_rest(asking, text, picked)))
    if is_negated(text) or not vocabularies.is_number(text.strip()):
        return Unclear(Line("unclear-multi"), note=True)
    found = vocabularies.search(asking.pack.terms[asking.question.id], text, limit=6)
    return Unclear(Line("unclear-found"), found=found) if found else Unclear(Line("unclear-multi"), note=True)


def _agreed(asking: Asking, text: str) -> tuple[str, ...]:
    """What is permitted, in numbers or in the very words of the options, in place of what was before.

    Permission is never guessed from a sentence: "do not publish" holds the word "publish". Only "none of
    these" may be.
    """
    none = asking.pack.questionnaire.consent.none
    terms = _terms(asking, text)
    meant = _none_of_these(asking, text) or vocabularies.pick_many(terms, text)
    if (none,) == meant or not any(letter.isalpha() for letter in text):
        return combine(asking, (), meant)
    names = {fold(name): entry.id for entry in terms for name in entry.names}
    whole = fold(text)
    parts = [whole] if whole in names else [fold(part) for part in _CONSENTS.split(text) if part.strip()]
    if not all(part in names for part in parts):
        return ()
    return combine(asking, (), tuple(dict.fromkeys(names[part] for part in parts)))


def _rest(asking: Asking, text: str, chosen: tuple[str, ...]) -> str:
    """The words themselves, where they say more than the options they were understood as."""
    if asking.question == asking.pack.questionnaire.questions[0]:
        return ""  # nothing was agreed to when it was written
    names = {entry.id: entry.names for entry in asking.pack.terms[asking.question.id]}
    return text if len(text) > sum(len(max(names[each], key=len)) for each in chosen) else ""


def _terms(asking: Asking, text: str) -> tuple[vocabularies.Entry, ...]:
    """The entries in the order of the screen: that is what numbers mean, and bare numbers mean no others."""
    shown = offered(asking.pack, asking.talk, asking.question)
    terms = {entry.id: entry for entry in asking.pack.terms[asking.question.id]}
    first = tuple(terms[each] for each in shown)
    if not any(letter.isalpha() for letter in text):
        return first
    return (*first, *(entry for entry in terms.values() if entry.id not in shown))


def _none_of_these(asking: Asking, text: str) -> tuple[str, ...]:
    """A plain "no" to a list is the option that says so, and never the first label that begins alike."""
    if read_word(text) not in {"no", "none"}:
        return ()
    own = {"none", asking.pack.questionnaire.consent.none}
    return tuple(option for option in asking.question.options if option in own)


def _person(asking: Asking, text: str) -> Taken | Unclear:
    read = persons.read_person(text, year=asking.now.year)
    if isinstance(read, Misread):
        if read.reason == "unknown_name":
            return Taken(Answer(missing="unknown", words=text))
        return Unclear(Line(f"misread-person-{read.reason}"))
    value = {
        "given_name": read.given_name,
        "surname": read.surname,
        "patronymic": read.patronymic,
        "birth_year": read.birth_year,
        "age": read.age,
    }
    return Taken(Answer(value, words=text))


def _date(asking: Asking, text: str) -> Taken | Unclear:
    read = dates.read_when(text, now=asking.now)
    if isinstance(read, Misread):
        return Unclear(Line(f"misread-date-{read.reason}"))
    return Taken(_dated(read, words=text))


def _dated(when: dates.When, words: str = "") -> Answer:
    return Answer({"day": when.day, "time": when.time, "precision": when.precision}, words=words)


def _place(asking: Asking, text: str) -> Taken | Unclear:
    read = places.read_place(text, asking.pack.gazetteer)
    answer = Answer(place(town=read.town, region=read.region), words=text)
    hint = Line("hint-street") if read.has_street_number else None
    return Taken(answer, second=None if read.region else State.REGION, hint=hint)


def _facility(asking: Asking, choice: str, words: str = "") -> Taken:
    entry = _entry(asking, choice)
    read = places.read_place(words, asking.pack.gazetteer) if words else None
    town = read.town if read else None
    region = entry.region or (read.region if read else None)
    answer = Answer(place(town=town, region=region, facility=choice), words=words)
    return Taken(answer, second=State.TOWN if entry.town and not words else None)


def _entry(asking: Asking, choice: str) -> Entry:
    entries = asking.pack.questionnaire.entries(asking.question)
    return next(entry for entry in entries if entry.id == choice)


def _facility_words(asking: Asking, text: str) -> Taken | Unclear:
    terms = asking.pack.terms[asking.question.id]
    meant = vocabularies.pick_one(terms, text)
    if meant:
        return _facility(asking, meant, words=text)
    found = () if is_negated(text) else vocabularies.search(terms, text)
    read = places.read_place(text, asking.pack.gazetteer)
    answer = Answer(place(town=read.town, region=read.region), words=text)
    return Taken(answer, second=State.FOUND if found else None, found=found)


def _text(_asking: Asking, text: str) -> Taken | Unclear:
    return Taken(Answer(text))


_READ: dict[Kind, Callable[[Asking, str], Taken | Unclear]] = {
    Kind.CHOICE: _choice,
    Kind.MULTI: _multi,
    Kind.PERSON: _person,
    Kind.DATE: _date,
    Kind.PLACE: _place,
    Kind.FACILITY: _facility_words,
    Kind.TEXT: _text,
}
