"""The moderators' group by the very rules that the guard goes by, and who hears of it when one is broken."""

from __future__ import annotations

from datetime import date

from bot.checks import Finding, Grade
from bot.lockdown import LEADS, leads, vetted
from handlers.guard.facts import Facts, View
from handlers.guard.rules import RULES, WISHES, judge
from handlers.texts import Texts
from storage.sealing import VerifiedRoster

_LANGUAGE = "en"


def judge_group(facts: Facts, roster: VerifiedRoster, *, network: str, on: date) -> list[Finding]:
    """Every rule that does not hold, or one finding that all of them do; and what would be better."""
    texts, view = Texts.load(), View(facts, vetted(roster, network, on=on))
    broken, missed = (
        [
            Finding("group", grade, texts.say(_LANGUAGE, one.reason), texts.say(_LANGUAGE, one.remedy))
            for one in judge(view, rules)
        ]
        for rules, grade in ((RULES, Grade.FAIL), (WISHES, Grade.WARN))
    )
    members = facts.last.members
    fine = [Finding("group", Grade.OK, f"The moderators' group is closed; {members} members.")]
    return (broken or fine) + missed + _alarm(roster, network, on=on)


def _alarm(roster: VerifiedRoster, network: str, *, on: date) -> list[Finding]:
    if len(leads(roster, network, on=on)) >= LEADS:
        return []
    words = "Fewer than two people on the roster can be told when the group is not in order."
    remedy = f"Put a second person with an account on {network.capitalize()} on the roster."
    return [Finding("group", Grade.WARN, words, remedy)]
