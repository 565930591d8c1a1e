"""The questions of a country pack as types: what is asked, in which order, and what follows from an answer.

Structure only. `handlers.intake.pack_reading` makes these from TOML and refuses what does not hold together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

from handlers.intake.conditions import Condition, holds
from handlers.intake.talk import Answer


class Kind(StrEnum):
    """How a question is asked and its answer checked."""

    CHOICE = "choice"
    MULTI = "multi"
    PERSON = "person"
    DATE = "date"
    PLACE = "place"
    FACILITY = "facility"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Branch:
    """What follows from one option.

    `note` is a text shown with the next screen; `flags` go into the report; `ask` and `offer` name questions
    and modules wanted later; `then` "again" asks the same question anew, "erase" ends and erases.
    """

    note: str | None = None
    then: Literal["next", "again", "erase"] = "next"
    flags: Mapping[str, Any] = field(default_factory=dict)
    ask: tuple[str, ...] = ()
    offer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a vocabulary. `town`: it names a kind of place, so the town is asked."""

    id: str
    exclusive: bool = False
    kind: str | None = None
    region: str | None = None
    town: bool = False
    codes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `options` are buttons of its own, `short` the part of its vocabulary on buttons."""

    id: str
    kind: Kind
    required: bool
    sensitivity: Literal["public", "summary", "sealed"]
    options: tuple[str, ...] = ()
    exclusive: frozenset[str] = frozenset()
    vocabulary: str | None = None
    short: tuple[str, ...] = ()
    listed: bool = False
    told: bool = True  # False: only its flags go into the report
    show_if: Condition = field(default_factory=Condition)
    branches: Mapping[str, Branch] = field(default_factory=dict)
    maps: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is kept (characters, messages, bytes) and how long a talk waits (minutes, hours)."""

    text: int
    story: int
    notes: int
    report: int
    warn_minutes: int
    idle_minutes: int
    total_hours: int


@dataclass(frozen=True, slots=True)
class ConsentRule:
    """Which question holds the consent, in which wording, and which option means none."""

    version: str
    question: str
    none: str


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """Everything `questions.toml` says. `zone` is the IANA zone in which people there count days."""

    country: str
    languages: tuple[str, ...]
    default_language: str
    zone: str
    consent: ConsentRule
    limits: Limits
    needs: tuple[str, ...]  # once these are answered, an unfinished report is sealed
    again: frozenset[str]  # an answer to one of these seals it anew
    copies: tuple[str, ...]  # what the report of another person begins with
    questions: tuple[Question, ...]
    vocabularies: Mapping[str, tuple[Entry, ...]]
    _by_id: Mapping[str, Question] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {each.id: each for each in self.questions})

    def find(self, question: str) -> Question | None:
        """The question with this id, if it is one."""
        return self._by_id.get(question)

    def visible(self, answers: Mapping[str, Answer]) -> tuple[Question, ...]:
        """The questions that are asked, given what was answered so far."""
        return tuple([each for each in self.questions if holds(each.show_if, answers)])

    def entries(self, question: Question) -> tuple[Entry, ...]:
        """The vocabulary of a question; empty if it has none."""
        return self.vocabularies[question.vocabulary] if question.vocabulary else ()

    def choices(self, question: Question) -> tuple[str, ...]:
        """Every id that may be chosen: own options first, then the vocabulary."""
        return (*question.options, *(entry.id for entry in self.entries(question)))

    def excludes(self, question: Question, choice: str) -> bool:
        """Whether a choice cannot stand beside others."""
        listed = any(entry.exclusive for entry in self.entries(question) if entry.id == choice)
        return listed or choice in question.exclusive
