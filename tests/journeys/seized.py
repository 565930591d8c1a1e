"""What somebody holds after taking a part of the whole, as one text to be searched."""

from __future__ import annotations

import secrets
import shutil

import msgspec

from storage.sealing import CannotOpen, Identity, open_sealed
from storage.store import Store
from storage.unit_of_work import UnitOfWork
from storage.volatile import KeyRing
from tests.doubles.telegram.people import Person
from tests.journeys.house import House
from tests.journeys.stories import HALF, MOTHER, SEND
from tests.storage.whole import copy as copy_rows

TOLD = ("Канарэйчык", "КанарэйкаЖоўтая")  # surname and a word of the story, in a finished report
OPEN = "Незавершанец"  # a surname in a talk that goes on
STORY = tuple(line.replace("масках", TOLD[1]).replace("Прыклад", TOLD[0]) for line in MOTHER)
UNFINISHED = tuple(line.replace("Прыклад", OPEN) for line in HALF)


async def tell(house: House) -> tuple[Person, Person]:
    """One person tells everything, another is in the middle of it."""
    mother, father = house.person("Канарэйка Маці"), house.person("Канарэйка Бацька")
    await house.say(mother, *STORY, SEND)
    await house.say(father, *UNFINISHED)
    return mother, father


def needles(*people: Person) -> tuple[str, ...]:
    """What must not be found: told words, accounts, and the names that Telegram shows."""
    return (*TOLD, *(str(person.id) for person in people), *(person.name for person in people))


def hits(text: str, words: tuple[str, ...]) -> list[str]:
    """Those of the words that are there."""
    return [word for word in words if word in text]


async def read_disk(house: House, *, live: bool = False) -> str:
    """All that a copied disk gives to whoever has the operator's keys; `live`: with the day keys as well."""
    copy = house.folder / f"seized-{secrets.token_hex(4)}"
    copy.mkdir()
    database = f"sqlite+aiosqlite:///{copy / 'vestka.db'}"
    if house.url.startswith("postgresql"):
        await copy_rows(house.url, database)
    for path in house.folder.glob("vestka.db*"):
        shutil.copy(path, copy)
    if live:
        shutil.copytree(house.folder / "runtime", copy / "runtime")
    ring = KeyRing.open(copy / "runtime", now=house.clock.now(), allow_disk=True)
    store = await Store.open(
        database,
        ring=ring,
        case_key=house.keys.case_key,
        now=house.clock.now,
        new_id=lambda: secrets.token_bytes(16),
    )
    try:
        return await store.run(lambda uow: _tell(uow, house, ring))
    finally:
        await store.close()


async def _tell(uow: UnitOfWork, house: House, ring: KeyRing) -> str:
    """Every row that the keys open, and every sealed object tried with every secret as if it were its key."""
    cases = await uow.cases.all()
    places = [await uow.cards.get(case.id) for case in cases]
    parked = await uow.letters.all()
    waiting = await uow.outbox.claim(1_000)
    rows = [cases, places, parked, waiting, await uow.talks.all()]
    kept = [one for case in cases for one in await uow.objects.of_case(case.id)]
    secret = [house.keys.case_key, house.keys.signing.seed]
    secret += [half for day in ring.days for half in (day.key, day.pepper)]
    identities = [Identity(one) for one in secret]
    opened = [body for one in kept for body in try_open(one.sealed.data, identities)]
    return "\n".join([*(msgspec.json.encode(row).decode() for row in rows), *opened])


def try_open(data: bytes, identities: list[Identity]) -> list[str]:
    """The body, if any of the identities opens it."""
    try:
        return [open_sealed(data, identities).body.decode()]
    except CannotOpen:
        return [data.decode("latin-1")]


def read_group(house: House) -> str:
    """The whole history of the moderators' group as every member, old or new, can save it."""
    texts = [f"{shown.text} {shown.document} {shown.labels}" for shown in house.group.history]
    titles = [topic.name for topic in house.group.topics]
    files = [house.file_of(shown).decode("latin-1") for shown in house.group.history if shown.document]
    return "\n".join([*texts, *titles, *files])
