"""Which question comes next, which came before, and when enough is known to keep an unfinished report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from handlers.intake.acts import SCREENS, State, question_of, state_of
from handlers.intake.pack import Pack
from handlers.intake.questionnaire import Kind, Question
from handlers.intake.talk import Answer, Talk


def where(pack: Pack, talk: Talk) -> State:
    """The state of a talk."""
    asked = current(pack, talk)
    return state_of(talk.step, asked.kind if asked else None)


def current(pack: Pack, talk: Talk) -> Question | None:
    """The question that is being asked, if the screen is one of a question."""
    return pack.questionnaire.find(question_of(talk.step))


def unanswered(pack: Pack, answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """Questions that are to be asked and have neither an answer nor a reason."""
    return tuple(each.id for each in pack.questionnaire.visible(answers) if each.id not in answers)


def onward(pack: Pack, talk: Talk) -> Talk:
    """The talk at its next step: the first question without an answer, or the review."""
    left = unanswered(pack, talk.answers)
    return go(pack, talk, left[0] if left else State.REVIEW)


def go(pack: Pack, talk: Talk, step: str) -> Talk:
    """The talk at `step`, with the way back remembered and half-made choices put away or taken up again."""
    behind = question_of(talk.step)
    asked = talk.asked
    if behind != step and pack.questionnaire.find(behind) and not talk.editing:
        asked = (*(each for each in asked if each not in (behind, step)), behind)
    return enter(pack, replace(talk, asked=asked), step)


def enter(pack: Pack, talk: Talk, step: str) -> Talk:
    """The talk at `step`, leaving the way back alone."""
    asked = pack.questionnaire.find(step)
    answer = talk.answers.get(step)
    half = _half_made(pack, talk)
    picked: tuple[str, ...] = ()
    if asked and asked.kind is Kind.MULTI:
        picked = tuple(half.get(step) or (answer.value if answer else None) or ())
    if asked and asked.kind is Kind.TEXT and answer and answer.value:
        step = f"{step}/{State.MORE}"
    editing = talk.editing and step not in SCREENS
    extra = {**talk.extra, "found": [], "half": half}
    return replace(talk, step=step, picked=picked, editing=editing, extra=extra)


def mend(pack: Pack, talk: Talk) -> Talk:
    """The talk at a step that exists and is asked; a pack may have changed, or an answer before it."""
    asked = current(pack, talk)
    if talk.step in SCREENS or (asked and asked in pack.questionnaire.visible(talk.answers)):
        return talk
    left = unanswered(pack, talk.answers)
    return enter(pack, talk, left[0] if left else State.REVIEW)


def _half_made(pack: Pack, talk: Talk) -> dict[str, list[str]]:
    """Choices made but not finished, by question; leaving a question does not lose them."""
    half = dict(talk.extra.get("half", {}))
    behind = current(pack, talk)
    if behind and talk.picked:
        half[behind.id] = list(talk.picked)
    return half


def back(pack: Pack, talk: Talk) -> Talk | None:
    """The talk one step back; None where there is nothing before."""
    if "/" in talk.step and where(pack, talk) is not State.MORE:
        return enter(pack, talk, question_of(talk.step))
    if talk.editing:
        return enter(pack, talk, State.REVIEW)
    visible = {each.id for each in pack.questionnaire.visible(talk.answers)}
    trail = [each for each in talk.asked if each in visible and each != question_of(talk.step)]
    return enter(pack, replace(talk, asked=tuple(trail[:-1])), trail[-1]) if trail else None


def enough(pack: Pack, answers: Mapping[str, Answer]) -> bool:
    """Whether who, when, where and by whom are answered, and not all of them with a reason only."""
    needed = [answers.get(question) for question in pack.questionnaire.needs]
    told = [answer for answer in needed if answer is not None]
    return len(told) == len(needed) and any(answer.missing is None for answer in told)
