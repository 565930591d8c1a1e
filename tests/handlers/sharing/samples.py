"""Invented cases and reports for the digest: every value that could show who somebody is carries a canary."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handlers.sharing.entries import Entry
from handlers.sharing.news import News
from handlers.triage.cases import Case, Status, Step
from handlers.triage.facts import CardFacts, Level

DAY, SINCE = "2026-11-23", "2026-11-22"
REGIONS = ("BY-HM", "BY-HO", "BY-MA", None)
BODIES = (("police",), ("omon", "gubopik"), ("kgb",), ())
GROUPS = ("18-29", "30-44", "60+", "unknown", "14-17")
LEVELS = tuple(Level)


def code_of(number: int) -> str:
    """A case code of five letters."""
    letters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
    return "K" + "".join(letters[number // len(letters) ** place % len(letters)] for place in range(4))


def make_case(number: int = 0, **changes: Any) -> Case:
    """An invented case; equal numbers give equal cases."""
    facts: dict[str, Any] = {
        "level": LEVELS[number % 4],
        "reasons": ("whereabouts_denied",) if number % 4 == 0 else (),
        "region": REGIONS[number % 4],
        "bodies": BODIES[number % 4],
        "age_group": GROUPS[number % 4],
        "day": "2026-11-22",
        "unfinished": False,
    }
    own = {name: value for name, value in changes.items() if name not in facts}
    facts |= {name: value for name, value in changes.items() if name in facts}
    day = own.pop("received", DAY)
    status = own.pop("status", Status.NEW)
    history = own.pop("history", (Step(Status.NEW, day),))
    return Case(
        id=number.to_bytes(16, "big"),
        code=code_of(number),
        facts=CardFacts(**facts),
        status=status,
        claimant=own.pop("claimant", None),
        history=history,
        day=day,
        **own,
    )


def make_report(
    number: int = 0,
    *,
    choices: Sequence[str] = (),
    flags: dict[str, Any] | None = None,
    mark: str = "",
    birth_year: int = 1990,
    is_minor: bool = False,
) -> dict[str, Any]:
    """An invented report; `mark` is put into every text, so that each can be found again."""
    return {
        "v": 1,
        "schema": "vestka.report/1",
        "case": code_of(number),
        "country": "BY",
        "language": "be",
        "finished": True,
        "day": DAY,
        "answers": {**_whom(mark, birth_year), **_where(mark), **_what(mark, choices)},
        "notes": [f"Дапісана пазней, нататка{mark}."],
        "consent": {"version": "1", "language": "be", "day": DAY, "choices": list(choices)},
        "urgency": {"level": "red", "score": 70, "reasons": ["whereabouts_denied"]},
        "derived": {"age_at_detention": 2026 - birth_year, "is_minor": is_minor},
        "flags": {"reporter_risk": "high", **(flags or {})},
        "wanted": [],
        "offered": [],
    }


def _whom(mark: str, birth_year: int) -> dict[str, Any]:
    return {
        "relation": {"value": "parent"},
        "person": {
            "value": {
                "given_name": f"Ян{mark}",
                "surname": f"Прыклад{mark}",
                "patronymic": f"Узоравіч{mark}",
                "birth_year": birth_year,
                "age": None,
            },
            "words": f"ян прыклад {birth_year} словы-асобы{mark}",
        },
    }


def _where(mark: str) -> dict[str, Any]:
    return {
        "detained_when": {
            "value": {"day": "2026-11-22", "time": "14:07", "precision": "estimate"},
            "words": f"учора словы-даты{mark}",
        },
        "detained_where": {
            "value": {"town": None, "region": "BY-HM", "facility": None},
            "words": f"Прыкладная вуліца словы-месца{mark}",
        },
        "detained_by": {"value": ["omon", "gubopik"]},
        "whereabouts": {"value": "told"},
        "facility": {
            "value": {"town": None, "region": None, "facility": "minsk_cip"},
            "words": f"словы-установы{mark}",
        },
    }


def _what(mark: str, choices: Sequence[str]) -> dict[str, Any]:
    return {
        "urgent_flags": {"value": ["medicine", "kids"]},
        "profile": {"missing": "skipped"},
        "narrative": {"value": f"Прыйшлі ўранку.\nЗабралі тэлефон, гісторыя{mark}."},
        "consent_use": {"value": list(choices)},
    }


def make_entry(number: int = 0, **changes: Any) -> Entry:
    """A new case without an object."""
    return Entry(make_case(number, **changes), News.NEW, overdue=False)
