"""Invented people's rooms, talks and cases.

The database and the seals are imported where they are needed: tests of `handlers` need cases alone.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from handlers.events import Room
from handlers.intake.talk import Answer, Talk
from handlers.triage.cases import Case, Status, Step
from handlers.triage.facts import CardFacts, Level

if TYPE_CHECKING:
    import sqlalchemy as sa

    from storage.sealing.kinds import Kind, Sealed

DAY = date(2026, 11, 23)
MOMENT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
ACCOUNT = 8_589_934_592 + 4_242  # beyond 2**33, as new Telegram accounts are


def make_room(number: int = 0) -> Room:
    """A private chat on Telegram."""
    return Room("telegram", str(ACCOUNT + number))


def make_talk(room: Room | None = None, *, step: str = "person", word: str = "Ян Прыклад") -> Talk:
    """A talk with every field filled."""
    return Talk(
        room or make_room(),
        language="be",
        step=step,
        mark="q7",
        case=b"case-of-the-talk",
        code="K7Q4F",
        began=MOMENT,
        touched=MOMENT,
        serial=4,
        answers={
            "person": Answer({"given_name": word, "birth_year": 1990}, words=word),
            "facility": Answer(missing="skipped"),
        },
        picked=("police",),
        asked=("relation", "person"),
        sources={"101": "person"},
        notes=(word,),
        sealed=True,
        extra={"words": [word]},
    )


def make_case(number: int = 1, *, code: str = "K7Q4F", status: Status = Status.NEW, day: date = DAY) -> Case:
    """A case as it is when it comes in."""
    facts = CardFacts(
        Level.RED, ("whereabouts_denied",), region="BY-HM", bodies=("police",), age_group="30-44", day=None
    )
    key = number.to_bytes(16, "big")
    steps = (Step(status, day.isoformat()),)
    return Case(key, code, facts, status=status, claimant=None, history=steps, day=day.isoformat())


def make_sealed(number: int = 1, kind: Kind | None = None, *, data: bytes = b"sealed" * 100) -> Sealed:
    """Bytes in the place of a sealed object; of a report, if nothing else is said."""
    from storage.sealing.kinds import Kind, Sealed

    return Sealed((1000 + number).to_bytes(16, "big"), kind or Kind.REPORT, data)


async def flip(url: str, table: sa.Table, key: bytes | None = None) -> None:
    """Change one bit in the middle of the blob of a row (of every row, without `key`)."""
    import sqlalchemy as sa

    from storage.database import make_engine

    column, engine = next(iter(table.primary_key)), make_engine(url)
    rows = sa.select(column, table.c.blob).where(column == key if key is not None else sa.true())
    async with engine.begin() as connection:
        for found, blob in (await connection.execute(rows)).all():
            middle = len(blob) // 2
            changed = blob[:middle] + bytes([blob[middle] ^ 1]) + blob[middle + 1 :]
            await connection.execute(sa.update(table).where(column == found).values(blob=changed))
    await engine.dispose()
