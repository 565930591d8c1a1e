"""How a talk ends: sent, one more person, done, out of time, gone."""

from __future__ import annotations

from dataclasses import replace

from handlers.effects import Effect, ForgetWays, KeepWay, ReleaseCase
from handlers.intake.acts import State
from handlers.intake.draws import begin
from handlers.intake.here import Decision, Here, close, seal, show
from handlers.intake.moving import show_review
from handlers.intake.path import onward
from handlers.intake.questionnaire import Kind
from handlers.intake.report import settle
from handlers.intake.talk import Answer, Talk
from handlers.screens import Line

FAREWELL_GONE = 90  # seconds
CONTACT = "c_contact"  # the choice by which a reporter agrees that we write first
_CLOSED_LISTS = (Kind.CHOICE, Kind.MULTI)


def send(here: Here) -> Decision:
    """Seal what the review shows, and forget it here."""
    if not settle(here.pack, here.talk, now=here.now) and not here.talk.notes:
        return show(here, here.talk, Line("nothing-yet"))
    talk, effect = seal(here, here.talk, finished=True)
    agreed = effect.report["consent"]
    choices = list(agreed["choices"]) if isinstance(agreed, dict) else []
    way = (KeepWay(talk.case, talk.code),) if CONTACT in choices else ()
    return show(here, _emptied(here, talk, choices), effects=(effect, *way))


def review_first(here: Here) -> Decision:
    """ "Send" before the review was seen: show it."""
    return show_review(here)


def add_person(here: Here) -> Decision:
    """A case of its own for another person; place, date and body are copied."""
    copies = {
        key: here.talk.answers[key] for key in here.pack.questionnaire.copies if key in here.talk.answers
    }
    fresh = begin(here.pack, here.talk.room, language=here.talk.language, now=here.now, chance=here.chance)
    return show(here, onward(here.pack, replace(fresh, answers=copies)), Line("another-begun"))


def start_over(here: Here) -> Decision:
    """After sending: a new report from the beginning."""
    return show(
        here, begin(here.pack, here.talk.room, language=here.talk.language, now=here.now, chance=here.chance)
    )


def finish(here: Here) -> Decision:
    """The reporter is done: one neutral line, then nothing."""
    return close(here, "farewell", gone_after=FAREWELL_GONE)


def refuse_more(here: Here) -> Decision:
    """After sending, this version takes nothing more into the report: say so before anything is lost."""
    return show(here, here.talk, Line("sent-already"))


def leave(here: Here) -> Decision:
    """They say stop after sending: done, and we do not write first any more."""
    return close(here, "farewell", effects=(ForgetWays(),), gone_after=FAREWELL_GONE)


def run_out(here: Here) -> Decision:
    """Out of time. What was kept unfinished goes to the team; the rest is erased."""
    line = "lapsed-kept" if here.talk.sealed else "lapsed"
    return close(here, line, effects=_release(here), gone_after=FAREWELL_GONE)


def run_out_sent(here: Here) -> Decision:
    """Out of time after sending: nothing is unfinished."""
    return close(here, "farewell", gone_after=FAREWELL_GONE)


def let_go(here: Here) -> Decision:
    """The person is gone; nothing can be shown any more."""
    return Decision(None, _release(here))


def stay_silent(here: Here) -> Decision:
    """Nothing to do."""
    return Decision(here.talk)


def _release(here: Here) -> tuple[Effect, ...]:
    return (ReleaseCase(here.talk.case),) if here.talk.sealed else ()


def _emptied(here: Here, talk: Talk, agreed: list[str]) -> Talk:
    """What stays after sending: choices from closed lists for the help cards, and what another person's
    report begins with. No name, no story, no typed word beside those copies."""
    kept: dict[str, Answer] = {}
    known = {**talk.answers, **settle(here.pack, talk, now=here.now)}
    for question in here.pack.questionnaire.visible(talk.answers):
        answer = known.get(question.id)
        if answer and question.id in here.pack.questionnaire.copies:
            kept[question.id] = answer
        elif answer and question.kind in _CLOSED_LISTS:
            kept[question.id] = replace(answer, words="")
    return replace(
        talk,
        step=State.SENT,
        answers=kept,
        picked=(),
        asked=(),
        sources={},
        notes=(),
        editing=False,
        sealed=False,
        extra={"agreed": agreed},
    )
