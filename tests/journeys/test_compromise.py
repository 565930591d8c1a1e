"""What each compromise yields and what it does not, each with its control: docs/threat-model.md."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from bot.errors import InputRefused
from bot.exports.reading import Reading
from bot.networks import Network, Outgoing, Post
from bot.service import Service
from handlers.sharing.bundle import SIGNED_AS, read_bundle
from handlers.sharing.bundle_text import write_bundle
from storage.sealing import Identity, Kind, open_sealed, seal
from tests.journeys.house import House
from tests.journeys.seized import (
    OPEN,
    STORY,
    TOLD,
    hits,
    needles,
    read_disk,
    read_group,
    tell,
    try_open,
)
from tests.journeys.stories import SEND


async def test_disk_and_operator_passphrase_open_case_states_and_no_reporter(house: House) -> None:
    async with house.running():
        people = await tell(house)
        code = house.report(house.cards()[0])["case"]
    found = await read_disk(house)
    assert code in found  # the passphrase does open the state of the case
    assert hits(found, (*needles(*people), OPEN)) == []


async def test_a_live_server_reads_the_talk_that_goes_on_and_no_finished_report(house: House) -> None:
    """Also the control of the test above: with the day keys the same search finds what was told."""
    async with house.running():
        mother, father = await tell(house)
        sent = await read_disk(house, live=True)
        await house.say(mother, "[Гатова]")
    house.clock.advance(minutes=5)  # the thanks go away by themselves
    async with house.running():
        await house.settled()
        done = await read_disk(house, live=True)
    for found in (sent, done):
        assert hits(found, (OPEN, str(father.id))) == [OPEN, str(father.id)]
        assert hits(found, TOLD) == []
    # Until "Done" (or its time) the talk waits for another person to be told of: there the account still is.
    assert [str(mother.id) in found for found in (sent, done)] == [True, False]


async def test_a_live_server_finds_the_report_as_soon_as_it_has_a_readers_key(house: House) -> None:
    """The control: it is the missing key that keeps the report closed, not the search."""
    async with house.running():
        await tell(house)
        data = house.file_of(house.cards()[0])
    server = [Identity(house.keys.case_key), Identity(house.keys.signing.seed)]
    reader = house.keys.moderators["m-01"].identity
    assert hits("".join(try_open(data, server)), TOLD) == []
    assert hits("".join(try_open(data, [*server, reader])), TOLD) == list(TOLD)


async def fill_group(house: House) -> tuple[str, ...]:
    """Tell, claim, close, and let a digest go out; returns what must not be found."""
    people = await tell(house)
    await house.moderators["m-01"].click("Take", in_=house.group)
    await house.settled()
    house.clock.advance(days=1)
    assert house.service is not None
    await house.service.timers.tick()
    house.clock.advance(days=1)
    await house.service.timers.tick()
    await house.settled()
    return (*needles(*people), OPEN)


async def test_the_whole_history_of_the_group_holds_no_name_no_word_and_no_account(house: House) -> None:
    async with house.running() as service:
        await service.timers.tick()
        wanted = await fill_group(house)
    found = read_group(house)
    assert "digest-" in found
    assert house.cards()
    assert hits(found, wanted) == []


class Talkative:
    """A network whose cards tell more than they may: the story of the report they carry."""

    def __init__(self, real: Network, house: House) -> None:
        self._real, self._house = real, house
        self.name = real.name
        self.start, self.receive, self.read, self.close = real.start, real.receive, real.read, real.close

    @property
    def group(self) -> str | None:
        return self._real.group

    async def deliver(self, outgoing: Outgoing) -> str | None:
        if isinstance(outgoing, Post) and outgoing.document and "digest" not in outgoing.document.name:
            reader = self._house.keys.moderators["m-01"].identity
            story = open_sealed(outgoing.document.data, [reader]).body.decode()
            outgoing = replace(outgoing, text=f"{outgoing.text}\n{story}"[:1024])
        return await self._real.deliver(outgoing)


async def test_the_same_search_finds_words_when_cards_tell_more(house: House) -> None:
    """The control: cards of a higher level, with the report's own words on them."""
    service = await house.open()
    house.service = Service(service.instance, Talkative(service.network, house), unlimited=True)
    async with house.running(service=house.service):
        await tell(house)
    assert hits(read_group(house), TOLD) != []


async def test_a_phone_of_a_moderator_without_the_key_opens_no_file_of_the_group(house: House) -> None:
    async with house.running() as service:
        await service.timers.tick()
        await fill_group(house)
    files = [house.file_of(shown) for shown in house.group.history if shown.document]
    assert len(files) >= 2
    assert all("vestka.report/1" not in "".join(try_open(data, [Identity.generate()])) for data in files)
    reader = house.keys.moderators["m-02"].identity
    assert "vestka.report/1" in "".join(try_open(files[0], [reader]))  # the control


@pytest.mark.parametrize("holder", ["m-01", "recovery"])
async def test_a_readers_key_opens_what_was_told_and_no_account_of_who_told_it(
    house: House, holder: str
) -> None:
    async with house.running():
        people = await tell(house)
        data = house.file_of(house.cards()[0])
    recovery = house.keys.recovery.identity
    identity = recovery if holder == "recovery" else house.keys.moderators[holder].identity
    body = open_sealed(data, [identity]).body.decode()
    assert hits(body, TOLD) == list(TOLD)
    assert hits(body, (*needles(*people)[2:], "telegram")) == []


async def test_an_account_is_found_in_a_report_when_somebody_writes_it_there(house: House) -> None:
    """The control: a story tells who told it, if its teller says so."""
    mother = house.person("Канарэйка Маці")
    async with house.running():
        await house.say(mother, *(line.replace(TOLD[1], str(mother.id)) for line in STORY), SEND)
        body = house.open_card(house.cards()[0]).body.decode()
    assert hits(body, needles(mother)) == [TOLD[0], str(mother.id)]


async def test_a_key_taken_off_the_roster_opens_no_later_report(house: House) -> None:
    async with house.running():
        await house.say(house.person(), *STORY, SEND)
        before = house.file_of(house.cards()[0])
    lost = house.keys.moderators["m-01"].identity
    house.group.remove(house.moderators.pop("m-01"))
    async with house.running():
        await house.say(house.person("Пётр Тэст"), *STORY, SEND)
        after = house.file_of(house.cards()[-1])
    assert hits("".join(try_open(before, [lost])), TOLD) == list(TOLD)  # the control
    assert hits("".join(try_open(after, [lost])), TOLD) == []


async def test_a_reader_can_seal_a_digest_but_not_in_the_servers_name(house: House) -> None:
    """What a key on the roster gives is reading: whatever is changed in a digest, it is refused."""
    async with house.running() as service:
        await service.timers.tick()
        await fill_group(house)
        readers = service.instance.sealing_set()
    sent = [shown for shown in house.group.history if shown.document.startswith("digest-")]
    reader, server = house.keys.moderators["m-01"], house.keys.signing.public
    bundle = read_bundle(open_sealed(house.file_of(sent[-1]), [reader.identity]).body)
    changed = replace(bundle, organisation="Іншая арганізацыя")
    forged, real = (
        seal(
            Kind.DIGEST,
            write_bundle(changed, partial(key.sign, SIGNED_AS)),
            object_id=bytes(16),
            epoch=20_780,
            to=readers,
        ).data
        for key in (reader.signing, house.keys.signing)
    )
    with pytest.raises(InputRefused, match="somebody changed it"):
        Reading([lambda: forged], [reader.identity], bot_key=server)
    assert Reading([lambda: real], [reader.identity], bot_key=server).pinned  # the control
