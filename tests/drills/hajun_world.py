"""The people of the drill: who tells, of whom, when; who only happens to write; what is publicly known."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from handlers.events import Room
from handlers.intake.acts import State
from handlers.intake.draws import begin
from handlers.intake.pack import Pack
from handlers.intake.talk import Answer, Talk
from tests.drills.canaries import account, cyrillic, latin

NETWORK = "telegram"
TOWNS = {"BY-HM": "minsk", "BY-HR": "hrodna", "BY-BR": "brest", "BY-VI": "viciebsk", "BY-HO": "homiel"}
BODIES = ("omon", "kgb", "police", "gubopik")
DECOYS = 1  # candidates who never told anything, for each who did


@dataclass(frozen=True, slots=True)
class Detained:
    """Somebody on the public list of detained people."""

    surname: str
    region: str
    day: date
    bodies: tuple[str, ...]
    birth_year: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may have told: an account, its names, and when it was seen to use the messenger."""

    account: int
    name: str
    username: str
    times: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """One report: by whom, of whom, with which word in the story, at which moment it was sent."""

    by: Candidate
    of: Detained
    word: str
    at: datetime
    story: str


@dataclass(frozen=True, slots=True)
class World:
    """Everything the drill knows; the attacker knows the candidates and the public list."""

    tellings: Sequence[Telling]
    candidates: Sequence[Candidate]
    detained: Sequence[Detained]


def make_world(chance: random.Random, *, reports: int, days: int, start: datetime) -> World:
    """Reports spread over the days, as many decoys, and a public list twice as long as the reports."""
    moments = sorted(start + timedelta(seconds=chance.randrange(days * 86_400)) for _ in range(reports))
    tellings = [_make_telling(chance, moment) for moment in moments]
    decoys = [
        _make_candidate(chance, start + timedelta(seconds=chance.randrange(days * 86_400)))
        for _ in range(reports * DECOYS)
    ]
    others = [_make_detained(chance, chance.choice(moments).date()) for _ in range(reports)]
    candidates = [telling.by for telling in tellings] + decoys
    listed = [telling.of for telling in tellings] + others
    chance.shuffle(candidates)
    chance.shuffle(listed)
    return World(tellings, candidates, listed)


def _make_telling(chance: random.Random, moment: datetime) -> Telling:
    word = cyrillic(chance)
    story = " ".join(
        [word, *("прыйшлі ўначы і нічога не сказалі" for _ in range(chance.choice((1, 1, 3, 9, 40))))]
    )
    return Telling(
        _make_candidate(chance, moment), _make_detained(chance, moment.date()), word, moment, story
    )


def _make_candidate(chance: random.Random, last: datetime) -> Candidate:
    times = tuple(last - timedelta(seconds=20 * step + chance.randrange(15)) for step in range(8))
    return Candidate(account(chance), f"Ганна {cyrillic(chance)}", latin(chance).lower(), times)


def _make_detained(chance: random.Random, told: date) -> Detained:
    region = chance.choice(list(TOWNS))
    bodies = tuple(body for body in BODIES if chance.random() < 0.3) or (chance.choice(BODIES),)
    day = told - timedelta(days=chance.choice((0, 0, 0, 1, 1, 2, 5)))
    return Detained(cyrillic(chance), region, day, bodies, chance.randrange(1945, 2011))


def room_of(telling: Telling) -> Room:
    """The reporter's chat."""
    return Room(NETWORK, str(telling.by.account))


def talk_of(telling: Telling, pack: Pack, chance: random.Random) -> Talk:
    """The conversation as it stands at the review, one word before it is sent."""
    now = telling.at - timedelta(seconds=5)
    talk = begin(pack, room_of(telling), language="be", now=now, chance=chance.randbytes(32))
    answers = answers_of(telling.of, telling.story)
    return Talk(
        **{name: getattr(talk, name) for name in ("room", "language", "mark", "case", "code", "touched")},
        began=now - timedelta(minutes=3),
        step=State.REVIEW,
        serial=14,
        answers=answers,
        asked=tuple(answers),
        sources={str(100 + 2 * number): name for number, name in enumerate(answers)},
        extra={"found": [], "half": {}, "pieces": [telling.story]},
    )


def answers_of(of: Detained, story: str) -> dict[str, Answer]:
    """What was told, as the parsers leave it."""
    when = {"day": of.day.isoformat(), "time": None, "precision": "exact"}
    where = {"town": TOWNS[of.region], "region": of.region, "facility": None}
    person = {
        "given_name": "Ян",
        "surname": of.surname,
        "patronymic": None,
        "birth_year": of.birth_year,
        "age": None,
    }
    return {
        "start": Answer("go_abroad"),
        "relation": Answer("parent"),
        "person": Answer(person, words=f"Ян {of.surname}, {of.birth_year}"),
        "detained_when": Answer(when, words=of.day.strftime("%d.%m.%Y")),
        "detained_where": Answer(where, words="на працы"),
        "detained_by": Answer(list(of.bodies)),
        "whereabouts": Answer("unknown"),
        "urgent_flags": Answer(["injured"]),
        "profile": Answer(missing="skipped"),
        "narrative": Answer(story),
        "consent_use": Answer(["c_stats"]),
    }
