"""A server, or a worker, that goes away in the middle of a talk; the other journeys meet PostgreSQL, too."""

from __future__ import annotations

import pytest

from tests.journeys.house import House
from tests.journeys.stories import HALF, MOTHER, SEND
from tests.storage.cluster import cut_off, tell

pytestmark = pytest.mark.only("postgres")


async def test_a_database_server_that_is_restarted_in_mid_talk_loses_no_answer(house: House) -> None:
    mother = house.person()
    cut = 0
    async with house.running():
        for number, line in enumerate((*MOTHER, SEND)):
            if number in {2, 5, len(MOTHER)}:
                cut += await cut_off(house.url)
            await house.say(mother, line)
        (card,) = house.cards()
        answers = house.report(card)["answers"]
    assert cut >= 3
    assert answers["person"]["words"] == "Ян Прыклад, 1990"
    assert answers["narrative"]["value"] == "Прыйшлі двое ў масках, прычыны не назвалі."
    assert len(mother.screen()) == 1
    assert not any(house.folder.glob("*.db*"))  # the embedded one took no part


async def test_a_worker_that_died_with_the_day_keys_keeps_nobody_from_coming_up(house: House) -> None:
    mother = house.person()
    async with house.running():
        await house.say(mother, *HALF)
    dead = "INSERT INTO workers (id, beats, ring) VALUES ('\\x00', 7, '\\x00')"  # after a power cut
    await tell(house.url, dead, "UPDATE leases SET holder = '\\x00'")
    for path in (house.folder / "runtime").iterdir():
        path.unlink()
    async with house.running():
        await mother.send("Не, невядома")
        await house.tg.wait_idle(30)  # until the dead are known to be dead
        await house.settled()
        shown = "\n".join(shown.text for shown in mother.screen())
    assert "сцёртыя" in shown
