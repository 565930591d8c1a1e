"""An earlier message was edited: the answer it holds changes, wherever the talk stands now."""

from __future__ import annotations

from dataclasses import replace

from handlers.effects import Effect
from handlers.intake.acts import Act, State, question_of
from handlers.intake.answering import after, put, take_words
from handlers.intake.answers import Unclear, ask, read_words
from handlers.intake.conditions import chosen
from handlers.intake.here import Decision, Here, checkpoint, show
from handlers.intake.keeping import NOTE, STORY, edit_note, edit_story
from handlers.intake.path import current, enter, mend, unanswered
from handlers.intake.path import where as state_at
from handlers.intake.questionnaire import Kind, Question
from handlers.intake.talk import Answer, Talk
from handlers.intake.typed import act_of
from handlers.screens import Line


def amend(here: Here) -> Decision:
    """Fold the edit into what the message holds; a message that holds nothing any more is left alone."""
    held = here.talk.sources.get(here.message, "")
    if held.startswith(NOTE):
        return _settled(here, edit_note(here.pack, here.talk, int(held[len(NOTE) :]), here.said), held)
    if held.startswith(STORY):
        return _amend_story(here, int(held[len(STORY) :]))
    question = here.pack.questionnaire.find(held)
    if question is None:
        return Decision(replace(here.talk, touched=here.now))
    if question == current(here.pack, here.talk) and question.id not in here.talk.answers:
        return take_words(here)  # the message that was not understood, put right
    return _amend_answer(here, question)


def _amend_story(here: Here, number: int) -> Decision:
    story = next(each.id for each in here.pack.questionnaire.questions if each.kind is Kind.TEXT)
    return _settled(here, edit_story(here.pack, here.talk, number, here.said, question=story), story)


def _amend_answer(here: Here, question: Question) -> Decision:
    alone = replace(here.talk, picked=(), step=question.id, extra={**here.talk.extra, "found": []})
    read = read_words(ask(here.pack, alone, question, now=here.now), here.said)
    command = act_of(here.said, state_at(here.pack, alone))[0] is not Act.SAY
    if command or isinstance(read, Unclear) or _leads_out(question, read.answer):
        return show(here, here.talk, Line("edit-unclear"))
    return _settled(here, put(here, here.talk, question, read.answer), question.id)


def _leads_out(question: Question, answer: Answer) -> bool:
    picked = chosen({question.id: answer}, question.id)
    return any(branch.then != "next" for option, branch in question.branches.items() if option in picked)


def _settled(here: Here, talk: Talk, changed: str) -> Decision:
    """The screen after an edit: the same one, unless its question is gone or a new one has come up."""
    effects: tuple[Effect, ...] = ()
    if question_of(changed) in here.pack.questionnaire.again:
        talk, effects = checkpoint(here, talk, changed)
    known = unanswered(here.pack, here.talk.answers)
    new = [each for each in unanswered(here.pack, talk.answers) if each not in known]
    state = state_at(here.pack, talk)
    asked = current(here.pack, talk)
    if state is State.REVIEW and new:
        talk = enter(here.pack, talk, new[0])
    elif asked is not None and asked.id == changed and state is not State.MORE:
        talk = after(here, here.talk, talk)
    return show(here, mend(here.pack, talk), Line("edit-taken"), effects=effects)
