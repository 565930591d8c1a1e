"""One damaged row of a case: the bot comes up, everybody else is served, and the operator hears of it."""

from __future__ import annotations

import pytest

from handlers.sharing.bundle import read_bundle
from storage.store import Store
from storage.tables import cases
from tests.journeys.house import House
from tests.journeys.stories import MOTHER, SEND
from tests.storage.samples import flip


async def ids(store: Store) -> list[bytes]:
    return await store.run(lambda uow: uow.cases.ids())


async def test_the_bot_comes_up_and_works_beside_a_damaged_case(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    async with house.running() as service:
        await house.say(house.person(), *MOTHER, SEND)
        await house.settled()
        (damaged,) = await ids(service.instance.store)
    assert "rows.damaged" not in caplog.text
    await flip(house.url, cases)
    async with house.running() as service:
        await house.say(house.person("Пётр Тэст"), *MOTHER, SEND)
        await service.tick()
        await house.settled()
        await house.moderators["m-01"].click("Take", in_=house.group)  # the newest
        await house.settled()
        assert ["m-01" in card.text for card in house.cards()] == [False, True]
        await service.digest_now()
        await house.settled()
        (digest,) = [shown for shown in house.group.messages if shown.document.startswith("digest-")]
        bundle = read_bundle(house.open_card(digest).body)
        assert [entry.case.claimant for entry in bundle.entries] == ["m-01"]
        kept = await ids(service.instance.store)
        assert damaged in kept
        assert len(kept) == 2
        assert "rows.damaged rows=1" in caplog.text
        assert "Damaged in the database: 1" in "\n".join(shown.text for shown in house.group.messages)
