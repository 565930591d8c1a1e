"""A country pack, read once: questions, the names by which options are found, towns, urgency rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from handlers.country import read_table
from handlers.intake.pack_reading import load_questionnaire
from handlers.intake.places import Gazetteer, read_gazetteer
from handlers.intake.questionnaire import Question, Questionnaire
from handlers.intake.vocabularies import Entry, read_aliases
from handlers.screens import Line
from handlers.texts import Texts
from handlers.triage.rules import Rules, load_rules

Aliases = Mapping[str, Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything the conversation knows about a country.

    `terms` are the entries a typed answer is compared with, by question; `regions` likewise.
    """

    questionnaire: Questionnaire
    terms: Mapping[str, tuple[Entry, ...]]
    regions: tuple[Entry, ...]
    gazetteer: Gazetteer
    rules: Rules

    @staticmethod
    def load(country: str = "by") -> Pack:
        """Read and check a pack.

        :raises PackRefused: something in it does not hold together.
        """
        return _load(country)


@cache
def _load(country: str) -> Pack:
    questionnaire = load_questionnaire(country)
    places = read_table("places", country=country)
    texts, aliases = Texts.load(), read_aliases(read_table("aliases", country=country))
    terms = {each.id: _terms(questionnaire, each, texts, aliases=aliases) for each in questionnaire.questions}
    regions = tuple(
        Entry(entry.id, _labels(texts, f"vocab-region-{entry.id}"))
        for entry in questionnaire.vocabularies["region"]
    )
    return Pack(questionnaire, terms, regions, read_gazetteer(places), load_rules(country))


def _terms(
    questionnaire: Questionnaire, question: Question, texts: Texts, *, aliases: Aliases
) -> tuple[Entry, ...]:
    named = aliases.get(question.id, {})
    own = tuple(
        Entry(option, (*_labels(texts, f"option-{question.id}-{option}"), *named.get(option, ())))
        for option in question.options
    )
    further = aliases.get(question.vocabulary or "", {})
    listed = (
        Entry(
            entry.id, (*_labels(texts, f"vocab-{question.vocabulary}-{entry.id}"), *further.get(entry.id, ()))
        )
        for entry in questionnaire.entries(question)
    )
    return (*own, *listed)


def _labels(texts: Texts, key: str) -> tuple[str, ...]:
    return tuple(texts.say(language, Line(key)) for language in texts.languages)
