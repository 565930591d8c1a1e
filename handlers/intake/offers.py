"""What stands on the buttons of a question, in which order: typed numbers mean the same order."""

from __future__ import annotations

from handlers.intake.acts import State
from handlers.intake.pack import Pack
from handlers.intake.path import where
from handlers.intake.questionnaire import Kind, Question
from handlers.intake.talk import Talk

HELD_IN = frozenset({"cip", "ivs", "sizo", "sizo_kgb", "prison"})  # where people are held in the first days


def offered(pack: Pack, talk: Talk, question: Question) -> tuple[str, ...]:
    """The ids on buttons, in their order: what a typed number means."""
    found = tuple(talk.extra.get("found", ()))
    if where(pack, talk) is State.FOUND:
        return found
    if where(pack, talk) is State.REGION:
        return tuple(entry.id for entry in pack.questionnaire.vocabularies["region"])
    if question.kind is Kind.FACILITY:
        return _nearby(pack, talk, question)
    more = (each for each in (*talk.picked, *found) if each not in question.short)
    return question.options or tuple(dict.fromkeys((*question.short, *more)))


def _nearby(pack: Pack, talk: Talk, question: Question) -> tuple[str, ...]:
    answer = talk.answers.get("detained_where")
    region = answer.value.get("region") if answer and answer.value else None
    entries = pack.questionnaire.entries(question)
    near = (each.id for each in entries if each.region == region and region and each.kind in HELD_IN)
    return (*near, *(each.id for each in entries if each.town))
