"""People of every role, and what comes of an order that one of them gives."""

from __future__ import annotations

from datetime import date

from handlers.triage.acting import act
from handlers.triage.acts import BOT, Action
from handlers.triage.cases import Case
from handlers.triage.changes import Refusal
from handlers.triage.hands import Hand
from handlers.triage.orders import Order
from tests.handlers.triage.wording import LANGUAGES, say

DAY = date(2026, 11, 24)


MEMBERS = frozenset(("m-07", "m-08", "m-09", "m-10"))


PEOPLE = {
    "the bot": ("", BOT),
    "the claimant": ("m-07", "moderator"),
    "another": ("m-08", "moderator"),
    "a coordinator": ("m-09", "coordinator"),
    "a lead": ("m-10", "lead"),
    "a stranger": ("m-11", "observer"),
    "nobody": ("", "moderator"),
    "a false bot": ("m-12", BOT),
}


WORDS = {
    Action.TRANSFER: ("m-09",),
    Action.URGENCY: ("orange", "found"),
    Action.LABEL: ("torture",),
    Action.UNLABEL: ("minor",),
    Action.LIFE: ("detained",),
    Action.TRACK: ("criminal",),
    Action.CONTACT: ("lawyer",),
    Action.VERIFY: ("place", "b"),
    Action.CLOSE: ("done",),
    Action.ASK: ("held",),
}


def hand(who: str, day: date = DAY) -> Hand:
    by, role = PEOPLE[who]
    return Hand(by, role, day, MEMBERS)


def done(case: Case, action: Action, *words: str, who: str = "the claimant", day: date = DAY) -> Case:
    result = act(case, Order(action, words or WORDS.get(action, ())), hand(who, day))
    assert isinstance(result, Case), result
    return result


def refused(case: Case, action: Action, *words: str, who: str = "the claimant") -> str:
    result = act(case, Order(action, words), hand(who))
    assert isinstance(result, Refusal)
    assert all(say(language, result.line) for language in LANGUAGES)
    return result.line.key
