"""A whole conversation in this very process, left after each of its steps.

A process that dies leaves its files as they are; here they are looked at while the bot holds them open.
"""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field
from pathlib import Path

from storage.sealing import Identity
from storage.store import REAL_SEALS
from tests.drills.canaries import account, files_under, spell_number
from tests.drills.databases import Place
from tests.drills.evidence import Evidence
from tests.drills.loud import speaking
from tests.drills.witnesses import Witness, make_token, spell_keys, spell_token, together
from tests.journeys.house import House, furnish
from tests.storage.unsealed import UNSEALED


@dataclass
class Steps:
    """What was found, and what is needed to open what lies there."""

    evidence: Evidence
    readers: dict[str, Identity] = field(default_factory=dict)
    secrets: list[bytes] = field(default_factory=list)


async def walk(folder: Path, chance: random.Random, *, plain: bool, place: Place) -> Steps:
    """Somebody tells, a moderator takes and closes the case, midnight comes; every step is a state."""
    witness = Witness.make(chance)
    await asyncio.to_thread(folder.mkdir, parents=True)
    ids = account(chance), account(chance)
    async with furnish(folder, token=make_token(chance), accounts=ids) as house:
        house.url = place.url
        told = Steps(_evidence(house, witness))
        with (
            (folder / "said.log").open("w", encoding="utf-8", buffering=1) as said,
            speaking(folder / "aloud.log", plain=plain, said=said),
        ):
            async with house.running(seals=UNSEALED if plain else REAL_SEALS):
                await _walk(house, witness, told.evidence, place)
        _look(house, told.evidence, place)
        told.readers = {name: key.identity for name, key in house.keys.moderators.items()}
        told.readers["recovery"] = house.keys.recovery.identity
        told.secrets = [house.keys.case_key, house.keys.signing.seed, house.tg.token.encode()]
        told.secrets += [path.read_bytes() for path in (folder / "runtime").glob("*.day")]
        return told


def _evidence(house: House, witness: Witness) -> Evidence:
    ours = {
        "token": spell_token(house.tg.token),
        "group": set() if house.url else spell_number(abs(house.group.id)),  # the same in every run
        "moderator": {one for person in house.moderators.values() for one in spell_number(person.id)},
        "server key": spell_keys((house.keys.case_key, house.keys.signing.seed)),
    }
    return Evidence(together([witness.canaries(), ours]))


async def _walk(house: House, witness: Witness, evidence: Evidence, place: Place) -> None:
    person = house.tg.person(witness.name, id=witness.account, username=witness.username)
    for line in witness.lines:
        await house.say(person, line)
        await asyncio.to_thread(_look, house, evidence, place)
    assert len(house.cards()) == 1
    for press in ("Take", "Close"):
        await house.moderators["m-01"].click(press, in_=house.group)
        await house.settled()
        await asyncio.to_thread(_look, house, evidence, place)
    house.clock.advance(days=1)
    assert house.service is not None
    await house.service.timers.tick()
    await house.settled()
    await asyncio.to_thread(_look, house, evidence, place)


def _look(house: House, evidence: Evidence, place: Place) -> None:
    evidence.look([*files_under(house.folder), *place.files()], house.folder / "runtime")
