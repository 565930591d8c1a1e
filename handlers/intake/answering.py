"""What becomes of an answer: kept, its branch followed, the next question found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from handlers.effects import DiscardCase, ForgetWays
from handlers.intake.acts import Act, State
from handlers.intake.answers import (
    Taken,
    Unclear,
    ask,
    combine,
    missing,
    read_numbers,
    read_press,
    read_words,
)
from handlers.intake.conditions import chosen
from handlers.intake.here import Decision, Here, checkpoint, close, show
from handlers.intake.keeping import agreed, clip, keep_note, keep_source, start_story
from handlers.intake.offers import offered
from handlers.intake.path import current, enter, go, onward, unanswered, where
from handlers.intake.questionnaire import Branch, Kind, Question
from handlers.intake.review import label
from handlers.intake.spelling import fold
from handlers.intake.sweeping import is_sweeping
from handlers.intake.tales import is_tale, keep_tale
from handlers.intake.talk import Answer, Missing, Talk
from handlers.intake.words import read_word
from handlers.screens import Line

ERASED_GONE = 60  # seconds
LABEL = 80  # characters; a label is never longer
REASONS: dict[Act, Missing] = {
    Act.SKIP: "skipped",
    Act.UNKNOWN: "unknown",
    Act.REFUSE: "refused",
    Act.RISKY: "unsafe",
}


def asked(here: Here) -> Question:
    """The question on the screen; only for states that have one."""
    question = current(here.pack, here.talk)
    assert question is not None  # noqa: S101  (the table calls this for questions alone)
    return question


def take_press(here: Here) -> Decision:
    """A button with an answer."""
    question = asked(here)
    if here.argument not in here.pack.questionnaire.choices(question):
        return show(here, here.talk)
    if question.kind is Kind.DATE and here.argument == "pick":
        return show(here, enter(here.pack, here.talk, f"{question.id}/{State.DAY}"))
    read = read_press(ask(here.pack, here.talk, question, now=here.now), here.argument)
    return record(here, question, read)


def toggle(here: Here) -> Decision:
    """One of several choices, on or off. The buttons keep their meaning: quick fingers lose nothing."""
    question, picked = asked(here), here.talk.picked
    if here.argument not in here.pack.questionnaire.choices(question):
        return show(here, here.talk)
    if here.argument in picked:
        picked = tuple(each for each in picked if each != here.argument)
    else:
        picked = combine(ask(here.pack, here.talk, question, now=here.now), picked, (here.argument,))
    return show(here, replace(here.talk, picked=picked), same=True)


def finish_multi(here: Here) -> Decision:
    """All choices are made; "everything" is no permission, which is given for one thing at a time."""
    question = asked(here)
    if question.id == here.pack.questionnaire.consent.question and is_sweeping(here.said):
        return show(here, here.talk, Line("consent-all"))
    if here.talk.picked:
        return record(here, question, Taken(Answer(list(here.talk.picked))))
    if question.required:
        return show(here, here.talk, Line("choose-first"))
    return record(here, question, Taken(missing(question, "skipped")))


def take_words(here: Here) -> Decision:
    """A typed answer; the number or the label of a button is the same as pressing it."""
    question = asked(here)
    if question.kind is not Kind.TEXT and is_tale(here):
        return keep_tale(here)
    meant = _button_named(here, question)
    if meant:
        return take_press(replace(here, argument=meant))
    bare = read_word(here.said)
    if question.id == here.pack.questionnaire.questions[0].id and bare in {"yes", "no"}:
        return erase(here) if bare == "no" else show(here, here.talk, Line("start-first"))
    read = read_words(ask(here.pack, here.talk, question, now=here.now), here.said)
    line = clip(here.pack, here.said)
    if line and agreed(here.pack, here.talk):
        here = replace(here, above=(*here.above, line))
    return record(here, question, read)


def _button_named(here: Here, question: Question) -> str | None:
    if question.kind is Kind.MULTI or where(here.pack, here.talk) is State.DAY:
        return None
    shown = offered(here.pack, here.talk, question)
    numbers = read_numbers(here.said, shown)
    if numbers:
        return numbers[0] if len(numbers) == 1 else None
    typed = fold(here.said[:LABEL])
    return next((each for each in shown if typed and typed in _labels(here, question, each)), None)


def _labels(here: Here, question: Question, choice: str) -> set[str]:
    """The label of a button in all languages. Further names of an entry may fit others as well."""
    said = label(question, choice)
    return {_fold_label(here.texts.say(language, said)) for language in here.texts.languages}


@cache
def _fold_label(words: str) -> str:
    """Words of ours alone: nobody's text is remembered here."""
    return fold(words)


def leave_open(here: Here) -> Decision:
    """Skipped, not known, not said, too risky: data with a reason. A skipped answer that is there stays."""
    question = asked(here)
    if question.id == here.pack.questionnaire.questions[0].id:
        return show(here, here.talk, Line("start-first"))
    if here.act is Act.SKIP and question.id in here.talk.answers:
        return carry_on(here)
    reason = REASONS[here.act]
    if reason == "skipped" and question.required:
        reason = "refused"  # a required question is passed over knowingly
    return record(here, question, Taken(missing(question, reason)))


def record(here: Here, question: Question, read: Taken | Unclear) -> Decision:
    """Keep what was understood and move on, or say what was not."""
    if isinstance(read, Unclear):
        return _ask_again(here, question, read)
    branches = _branches(question, read.answer)
    if any(branch.then == "erase" for branch in branches):
        return erase(here)
    notes = tuple(Line(f"note-{branch.note}") for branch in branches if branch.note)
    if any(branch.then == "again" for branch in branches):
        return show(here, here.talk, *notes)
    before = here.talk
    talk = put(here, before, question, read.answer)
    talk, effects = checkpoint(here, talk, question.id)
    hints = (read.hint,) if read.hint else ()
    if read.second:
        talk = enter(here.pack, talk, f"{question.id}/{read.second}")
        talk = replace(talk, extra={**talk.extra, "found": list(read.found)})
    elif question.kind is Kind.TEXT and read.answer.value:
        talk = enter(here.pack, talk, question.id)
    else:
        talk = after(here, before, talk)
    return show(here, talk, *hints, *notes, effects=effects)


def put(here: Here, talk: Talk, question: Question, answer: Answer) -> Talk:
    """The talk with this answer, and with the message it came from remembered."""
    half = _without(talk.extra.get("half", {}), question.id)
    extra: dict[str, Any] = {**_without(talk.extra, "tale"), "half": half}
    picked = () if question == current(here.pack, talk) else talk.picked
    talk = replace(talk, answers={**talk.answers, question.id: answer}, picked=picked, extra=extra)
    if question.kind is Kind.TEXT:
        return start_story(talk, answer, question=question.id, message=here.message)
    return keep_source(talk, question.id, here.message)


def after(here: Here, before: Talk, talk: Talk) -> Talk:
    """Where an answer leads: to what is asked because of it, then to the review one came from, or onward."""
    if not before.editing:
        return onward(here.pack, talk)
    known = unanswered(here.pack, before.answers)
    new = [each for each in unanswered(here.pack, talk.answers) if each not in known]
    return replace(go(here.pack, talk, new[0] if new else State.REVIEW), editing=False)


def carry_on(here: Here) -> Decision:
    """On, with the answer as it is."""
    return show(here, after(here, here.talk, here.talk))


def erase(here: Here) -> Decision:
    """Everything told is gone, and the checkpoint with it."""
    discard = (DiscardCase(here.talk.case),) if here.talk.sealed else ()
    return close(here, "erased", effects=(*discard, ForgetWays()), gone_after=ERASED_GONE)


def _ask_again(here: Here, question: Question, read: Unclear) -> Decision:
    """Say kindly what was not understood; the words stay with us, and editing the message tries again."""
    talk, lines = here.talk, [read.line]
    if read.note:
        talk, line = keep_note(here.pack, talk, here.said, here.message)
        lines.append(line)
    else:
        talk = replace(talk, sources={**talk.sources, here.message: question.id})
    talk = replace(talk, extra={**talk.extra, "found": list(read.found)})
    return show(here, talk, *lines)


def _branches(question: Question, answer: Answer) -> tuple[Branch, ...]:
    picked = chosen({question.id: answer}, question.id)
    return tuple(branch for option, branch in question.branches.items() if option in picked)


def _without(table: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {each: value for each, value in table.items() if each != key}
