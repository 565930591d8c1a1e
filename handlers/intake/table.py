"""The conversation as one table: for every state and every act, what is done and where it leads.

Rules for whoever edits this file:

1. The table is the whole conversation. A new screen or button is a new row, never an `if` elsewhere.
2. Every state has a row for every act; what makes no sense there shows the screen again and loses nothing.
3. No row ends a talk without a line that says so, except where nobody can read it.
4. Only ERASE, FORGET and the reporter's own new answer may take an answer away.
5. `leads` is a promise: the picture in docs/conversation.md is drawn from it, and the tests walk at random
   and compare.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from handlers.intake import amending, answering, arriving, ending, moving, second_steps
from handlers.intake.acts import Act, State
from handlers.intake.here import Decision, Here


class Way(StrEnum):
    """A place that depends on the talk."""

    SAME = "same"  # the screen one is on
    ONWARD = "onward"  # the first question without an answer, or the review
    BEFORE = "before"  # the question before
    BEHIND = "behind"  # where one was before a screen beside the path
    CHOSEN = "chosen"  # the question whose line was chosen


@dataclass(frozen=True, slots=True)
class Row:
    """What is done, and to which states it may lead."""

    do: Callable[[Here], Decision]
    leads: tuple[State | Way, ...] = (Way.SAME,)


Rows = Mapping[Act, Row]

_STAY = Row(moving.resume)
_END = (State.NOBODY,)
_OPEN = Row(answering.leave_open, (Way.SAME, Way.ONWARD))
_PASS = Row(second_steps.pass_second, (Way.ONWARD,))
_AMEND = Row(amending.amend, (Way.SAME, Way.ONWARD))
_LEAVE = Row(moving.leave_aside, (Way.BEHIND,))

EVERYWHERE: Rows = {
    **dict.fromkeys(Act, _STAY),
    Act.STALE: Row(moving.answer_softly),
    Act.HELP: Row(moving.give_help),
    Act.LANGUAGE: Row(moving.choose_language, (Way.SAME, State.LANGUAGE)),
    Act.BACK: Row(moving.go_back, (Way.SAME, Way.BEFORE, State.REVIEW)),
    Act.NEXT: Row(moving.go_on, (Way.SAME, Way.ONWARD)),
    Act.REVIEW: Row(moving.show_review, (Way.SAME, State.REVIEW)),
    Act.SEND: Row(ending.review_first, (Way.SAME, State.REVIEW)),
    Act.STOP: Row(moving.ask_erase, (State.ERASE, *_END)),
    Act.SAY: Row(moving.keep_beside),
    Act.ATTACH: Row(moving.take_medium),
    Act.AMEND: _AMEND,
    Act.WARN: Row(moving.warn),
    Act.LAPSE: Row(ending.run_out, _END),
    Act.DEPART: Row(ending.let_go, _END),
}
QUESTION: Rows = {
    **EVERYWHERE,
    Act.PICK: Row(answering.take_press, (Way.SAME, Way.ONWARD)),
    Act.SAY: Row(answering.take_words, (Way.SAME, Way.ONWARD)),
    Act.SKIP: _OPEN,
    Act.UNKNOWN: _OPEN,
    Act.REFUSE: _OPEN,
    Act.RISKY: _OPEN,
}
SECOND: Rows = {
    **EVERYWHERE,
    Act.SKIP: _PASS,
    Act.UNKNOWN: _PASS,
    Act.REFUSE: _PASS,
    Act.RISKY: _PASS,
    Act.NEXT: _PASS,
    Act.DONE: _PASS,
}
ASIDE: Rows = {
    **EVERYWHERE,
    Act.SAY: Row(moving.note_aside, (Way.BEHIND,)),
    Act.START: _LEAVE,
    Act.BACK: _LEAVE,
    Act.NEXT: _LEAVE,
    Act.DONE: _LEAVE,
    Act.SKIP: _LEAVE,
}

TABLE: Mapping[State, Rows] = {
    State.NOBODY: {
        **dict.fromkeys(Act, Row(moving.resume, (State.CHOICE,))),
        Act.SAY: Row(arriving.welcome_words, (State.CHOICE,)),
        Act.ATTACH: Row(moving.take_medium, (State.CHOICE,)),
        Act.STALE: Row(arriving.welcome_press, (State.CHOICE,)),
        Act.HELP: Row(moving.give_help, (State.CHOICE,)),
        Act.LANGUAGE: Row(moving.choose_language, (State.CHOICE, State.LANGUAGE)),
        Act.STOP: Row(arriving.stay_away, _END),
        Act.AMEND: Row(arriving.ignore, _END),
        Act.WARN: Row(arriving.ignore, _END),
        Act.LAPSE: Row(arriving.ignore, _END),
        Act.DEPART: Row(arriving.ignore, _END),
    },
    State.CHOICE: {
        **QUESTION,
        Act.PICK: Row(answering.take_press, (Way.SAME, Way.ONWARD, *_END)),
        Act.SAY: Row(answering.take_words, (Way.SAME, Way.ONWARD, *_END)),
    },
    State.MULTI: {
        **QUESTION,
        Act.PICK: Row(answering.toggle),
        Act.DONE: Row(answering.finish_multi, (Way.SAME, Way.ONWARD)),
    },
    State.PERSON: QUESTION,
    State.DATE: {**QUESTION, Act.PICK: Row(answering.take_press, (Way.SAME, Way.ONWARD, State.DAY))},
    State.DAY: {**QUESTION, Act.PICK: _STAY, Act.BACK: Row(moving.go_back, (State.DATE,))},
    State.PLACE: {**QUESTION, Act.SAY: Row(answering.take_words, (Way.SAME, Way.ONWARD, State.REGION))},
    State.REGION: {
        **SECOND,
        Act.PICK: Row(second_steps.set_region, (Way.SAME, Way.ONWARD)),
        Act.SAY: Row(second_steps.type_region, (Way.SAME, Way.ONWARD)),
        Act.BACK: Row(moving.go_back, (State.PLACE,)),
    },
    State.FACILITY: {
        **QUESTION,
        Act.PICK: Row(answering.take_press, (Way.SAME, Way.ONWARD, State.TOWN)),
        Act.SAY: Row(answering.take_words, (Way.SAME, Way.ONWARD, State.FOUND, State.TOWN)),
    },
    State.FOUND: {
        **SECOND,
        Act.PICK: Row(second_steps.set_facility, (Way.SAME, Way.ONWARD)),
        Act.SAY: Row(second_steps.type_facility, (Way.SAME, Way.ONWARD, State.TOWN)),
        Act.BACK: Row(moving.go_back, (State.FACILITY,)),
    },
    State.TOWN: {
        **SECOND,
        Act.SAY: Row(second_steps.set_town, (Way.ONWARD,)),
        Act.BACK: Row(moving.go_back, (State.FACILITY,)),
    },
    State.TEXT: {
        **QUESTION,
        Act.SAY: Row(answering.take_words, (State.MORE,)),
        Act.ATTACH: Row(second_steps.attach_story, (Way.SAME, State.MORE)),
    },
    State.MORE: {
        **SECOND,
        Act.SAY: Row(second_steps.tell_more, (Way.SAME, Way.ONWARD)),
        Act.ANEW: Row(second_steps.tell_anew, (State.TEXT,)),
        Act.ATTACH: Row(second_steps.attach_more, (Way.SAME, Way.ONWARD)),
    },
    State.LANGUAGE: {
        **ASIDE,
        Act.SAY: Row(moving.type_language, (Way.BEHIND,)),
        Act.PICK: Row(moving.set_language, (Way.SAME, Way.BEHIND)),
        Act.LANGUAGE: Row(moving.name_language, (Way.SAME, Way.BEHIND)),
    },
    State.REVIEW: {
        **EVERYWHERE,
        Act.SEND: Row(ending.send, (Way.SAME, State.SENT)),
        Act.EDIT: Row(moving.edit_line, (Way.SAME, Way.CHOSEN)),
        Act.SAY: Row(moving.type_in_review, (Way.SAME, Way.CHOSEN)),
        Act.NEXT: Row(moving.continue_review, (Way.SAME, Way.ONWARD)),
        Act.FORGET: Row(moving.forget_notes),
    },
    State.ERASE: {
        **ASIDE,
        Act.ERASE: Row(answering.erase, _END),
        Act.STOP: Row(answering.erase, _END),
    },
    State.SENT: {
        **dict.fromkeys(Act, _STAY),
        Act.STALE: Row(moving.answer_softly),
        Act.HELP: Row(moving.give_help),
        Act.LANGUAGE: Row(moving.choose_language, (Way.SAME, State.LANGUAGE)),
        Act.SAY: Row(ending.refuse_more),
        Act.ATTACH: Row(ending.refuse_more),
        Act.AMEND: Row(ending.stay_silent),
        Act.ANOTHER: Row(ending.add_person, (Way.ONWARD,)),
        Act.START: Row(ending.start_over, (State.CHOICE,)),
        Act.FINISH: Row(ending.finish, _END),
        Act.STOP: Row(ending.leave, _END),
        Act.WARN: Row(ending.stay_silent),
        Act.LAPSE: Row(ending.run_out_sent, _END),
        Act.DEPART: Row(ending.let_go, _END),
    },
}
