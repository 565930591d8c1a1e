"""What is sealed: one mapping made from the talk. The review is written from the same mapping.

The keys are a contract with whoever opens the report (docs/report.md). Everything is plain JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from handlers.effects import SealReport
from handlers.intake.conditions import chosen
from handlers.intake.pack import Pack
from handlers.intake.questionnaire import Branch
from handlers.intake.talk import Answer, Talk
from handlers.triage.ages import age_at_detention, is_minor
from handlers.triage.summary import card_facts, pick_facility
from handlers.triage.urgency import Urgency, weigh

SCHEMA = "vestka.report/1"
URGENT = "urgent_flags"
MINOR = "minor"
_WIDEST = 6  # bytes that one character of text takes in JSON at most


def seal_report(pack: Pack, talk: Talk, *, now: datetime, finished: bool) -> SealReport:
    """The effect that keeps everything told so far."""
    answers = settle(pack, talk, now=now)
    urgency = weigh(pack.rules, answers, now=now)
    return SealReport(
        case=talk.case,
        code=talk.code,
        finished=finished,
        report=_write(pack, talk, Weighed(answers, urgency), now=now, finished=finished),
        facts=card_facts(answers, urgency, now=now, finished=finished),
        facility=pick_facility(answers),
    )


def write_report(pack: Pack, talk: Talk, *, now: datetime, finished: bool) -> dict[str, Any]:
    """Everything told so far, as plain JSON."""
    answers = settle(pack, talk, now=now)
    weighed = Weighed(answers, weigh(pack.rules, answers, now=now))
    return _write(pack, talk, weighed, now=now, finished=finished)


@dataclass(frozen=True, slots=True)
class Weighed:
    """What goes into a report, and how urgent that is."""

    answers: Mapping[str, Answer] = field(repr=False)
    urgency: Urgency


def _write(pack: Pack, talk: Talk, weighed: Weighed, *, now: datetime, finished: bool) -> dict[str, Any]:
    answers, urgency = weighed.answers, weighed.urgency
    day = local_day(pack, now)
    branches = tuple(_branches(pack, talk))
    return {
        "v": 1,
        "schema": SCHEMA,
        "case": talk.code,
        "country": pack.questionnaire.country,
        "language": talk.language,
        "finished": finished,
        "day": day,
        "answers": {question: _plain(answer) for question, answer in answers.items()},
        "notes": list(talk.notes),
        "consent": _consent(pack, talk, day=day),
        "urgency": {"level": str(urgency.level), "score": urgency.score, "reasons": list(urgency.reasons)},
        "derived": _derived(answers, now=now),
        "flags": {key: value for branch in branches for key, value in branch.flags.items()},
        "wanted": _gathered(branch.ask for branch in branches),
        "offered": _gathered(branch.offer for branch in branches),
    }


def has_room(pack: Pack, talk: Talk, *, now: datetime) -> bool:
    """False when the report has grown longer than what can be sealed in one piece."""
    told = sum(len(answer.words) + len(str(answer.value)) for answer in talk.answers.values())
    if (told + sum(map(len, talk.notes))) * _WIDEST < pack.questionnaire.limits.report // 2:
        return True  # the other half is more than all the rest ever takes: nothing need be written to know
    written = json.dumps(write_report(pack, talk, now=now, finished=True), ensure_ascii=False)
    return len(written.encode(errors="replace")) <= pack.questionnaire.limits.report


def settle(pack: Pack, talk: Talk, *, now: datetime) -> dict[str, Answer]:
    """The answers that go into a report, in the order of the questions.

    Answers to questions that are no longer asked stay out. A detained person under 18 is flagged as such.
    """
    visible = pack.questionnaire.visible(talk.answers)
    told = {each.id: talk.answers[each.id] for each in visible if each.told and each.id in talk.answers}
    if URGENT in told and is_minor(told, now=now):
        told[URGENT] = _with_minor(pack, told[URGENT])
    return told


def local_day(pack: Pack, now: datetime) -> str:
    """The ISO day in the pack's time zone. No report says more about when it was written."""
    return now.astimezone(ZoneInfo(pack.questionnaire.zone)).date().isoformat()


def _with_minor(pack: Pack, answer: Answer) -> Answer:
    question = pack.questionnaire.find(URGENT)
    picked = [
        each for each in answer.value or () if question and not pack.questionnaire.excludes(question, each)
    ]
    return replace(answer, value=picked if MINOR in picked else [*picked, MINOR], missing=None)


def _plain(answer: Answer) -> dict[str, Any]:
    plain: dict[str, Any] = {"missing": answer.missing} if answer.missing else {"value": answer.value}
    return {**plain, "words": answer.words} if answer.words else plain


def _consent(pack: Pack, talk: Talk, *, day: str) -> dict[str, Any]:
    rule = pack.questionnaire.consent
    answer = talk.answers.get(rule.question)
    given = [each for each in (answer.value if answer else None) or () if each != rule.none]
    return {"version": rule.version, "language": talk.language, "day": day, "choices": given}


def _derived(answers: Mapping[str, Answer], *, now: datetime) -> dict[str, Any]:
    age = age_at_detention(answers, now=now)
    return {"age_at_detention": age, "is_minor": None if age is None else is_minor(answers, now=now)}


def _branches(pack: Pack, talk: Talk) -> Iterator[Branch]:
    for question in pack.questionnaire.visible(talk.answers):
        picked = chosen(talk.answers, question.id)
        yield from (branch for option, branch in question.branches.items() if option in picked)


def _gathered(lists: Iterator[tuple[str, ...]]) -> list[str]:
    return list(dict.fromkeys(each for part in lists for each in part))
