"""The two alphabets of the conversation: where a talk stands (`State`) and what a person does (`Act`).

A press of a button, a slash command and a typed word ("назад") are the same act. This file knows nothing
about questions or answers; the table that joins both alphabets is in `flow`.
"""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """What kind of screen is shown. One question of each kind, its second steps, and the screens around."""

    NOBODY = "nobody"  # no talk is open
    CHOICE = "choice"
    MULTI = "multi"
    PERSON = "person"
    DATE = "date"
    DAY = "day"  # "another date": typed
    PLACE = "place"
    REGION = "region"  # the place was told, its region is not known
    FACILITY = "facility"
    FOUND = "found"  # several facilities fit what was typed
    TOWN = "town"  # a kind of facility was chosen, the town is missing
    TEXT = "text"
    MORE = "more"  # the story has begun; further messages are added
    LANGUAGE = "language"
    REVIEW = "review"
    ERASE = "erase"  # really erase?
    SENT = "sent"


SECOND_STEPS = (State.DAY, State.REGION, State.FOUND, State.TOWN, State.MORE)
SCREENS = (State.LANGUAGE, State.REVIEW, State.ERASE, State.SENT)


class Act(StrEnum):
    """What was done. The values are also what stands behind buttons: short and without meaning to others."""

    SAY = "say"  # typed text that is no command word
    ATTACH = "attach"
    AMEND = "amend"  # an earlier message was edited
    PICK = "p"
    DONE = "d"
    NEXT = "n"  # on, leaving the answer as it is
    BACK = "b"
    SKIP = "s"
    UNKNOWN = "u"
    REFUSE = "r"
    RISKY = "x"  # too risky to say
    HELP = "h"
    LANGUAGE = "l"
    START = "start"
    STOP = "q"
    REVIEW = "v"
    SEND = "send"
    EDIT = "e"
    ANEW = "a"  # tell the story anew
    FORGET = "f"  # take the notes out
    ERASE = "erase"
    ANOTHER = "o"
    FINISH = "z"
    STALE = "stale"  # a button of an older screen
    WARN = "warn"
    LAPSE = "lapse"
    DEPART = "depart"


PRESSABLE = frozenset(Act) - {
    Act.SAY,
    Act.ATTACH,
    Act.AMEND,
    Act.STALE,
    Act.WARN,
    Act.LAPSE,
    Act.DEPART,
}
COMMANDS = {
    "start": Act.START,
    "stop": Act.STOP,
    "back": Act.BACK,
    "skip": Act.SKIP,
    "help": Act.HELP,
    "language": Act.LANGUAGE,
    "review": Act.REVIEW,
}


def state_of(step: str, kind: str | None) -> State:
    """The state for a talk's step; `kind` is the kind of the question the step names, if it names one."""
    if step in SCREENS:
        return State(step)
    _, _, second = step.partition("/")
    return State(second) if second else State(str(kind))


def question_of(step: str) -> str:
    """The question a step belongs to ("detained_where/region" belongs to "detained_where")."""
    return step.partition("/")[0]
