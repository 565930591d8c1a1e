"""Whatever sealed file stands in the group has its entry in the log, of whichever kind it is."""

from __future__ import annotations

import pytest

from bot.service import Service
from storage.audit import Linked, read_entries
from storage.auditing import verify
from storage.sealing.audit import Event, hash_id
from storage.sealing.labels import read_label
from storage.unit_of_work import UnitOfWork
from tests.journeys.house import House
from tests.journeys.stories import AGREED, SEND


async def _entries(uow: UnitOfWork) -> list[Linked | None]:
    head = await uow.audit.head()
    return await read_entries(uow.audit._rows, uow.audit._vault, range(1, head.size + 1))


async def told(service: Service, *events: Event) -> set[bytes]:
    """Of which objects the log says that they were posted."""
    entries = await service.instance.store.run(_entries)
    return {one.about for one in entries if one is not None and one.event in events}


@pytest.mark.both
async def test_every_sealed_file_that_left_has_its_entry(house: House) -> None:
    """The control: the entries of reports alone do not cover answers and digests."""
    mother, moderator = house.person(), house.moderators["m-01"]
    async with house.running() as service:
        await house.say(mother, *AGREED, SEND, "[Гатова]")
        await moderator.click("Take", in_=house.group)
        await house.settled()
        await moderator.send("/ask held", in_=house.group, topic=house.cards()[0].topic)
        await house.settled()
        await house.say(mother, "[Так]")
        await service.digest_now()
        await house.settled()
        files = [house.file_of(shown) for shown in house.cards()]
        posted = {hash_id(read_label(data).object_id) for data in files}
        assert len(posted) == 3  # the report, the answer, the digest
        assert posted <= await told(service, Event.FORWARD, Event.DIGEST)
        assert not posted <= await told(service, Event.DIGEST)
        url = house.url or f"sqlite+aiosqlite:///{house.folder / 'vestka.db'}"
        report = await verify(url, case_key=house.keys.case_key, public=house.keys.signing.public)
        assert (report.objects, list(report.flaws)) == (3, [])
