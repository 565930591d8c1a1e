"""Cases, their sealed objects and their cards' places, over each database."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from handlers.events import Room
from handlers.intake.talk import Talk
from handlers.triage.cases import Case, Status
from storage.cards import CardPlace
from storage.commits import Job
from storage.errors import CaseKeyRefused, CodeTaken, Stale
from storage.sealing.kinds import Kind
from storage.store import Store
from storage.unit_of_work import Ahead, UnitOfWork
from storage.volatile import KeyRing
from tests.conftest import open_store
from tests.fakes import CountingIds, FakeClock
from tests.storage.samples import DAY, make_case, make_room, make_sealed, make_talk

CASE = make_case()


def adding(case: Case) -> Job:
    return lambda unit: unit.cases.add(case)


async def mark_posted(unit: UnitOfWork, revision: int) -> None:
    await unit.cases.mark_posted(CASE.id, revision)


async def keep_talk(talk: Talk, unit: UnitOfWork) -> None:
    await unit.talks.keep(talk)


async def acknowledge(unit: UnitOfWork, day: date) -> None:
    await unit.objects.acknowledge(CASE.id, day)


async def test_a_case_is_found_by_id_by_code_and_by_the_beginning_of_its_id(store: Store) -> None:
    await store.run(lambda unit: unit.cases.add(CASE))

    async def look(unit: UnitOfWork) -> list[object]:
        return [
            await unit.cases.get(CASE.id),
            await unit.cases.by_code("K7Q4F"),
            await unit.cases.find(CASE.id[:15]),
            await unit.cases.by_code("AAAAA"),
            await unit.cases.find(b"\xff"),
        ]

    assert await store.run(look) == [CASE, CASE, CASE, None, None]


async def test_only_what_has_changed_is_opened_again_and_what_this_step_does_is_not_news(
    store: Store,
) -> None:
    others = [make_case(number, code=f"C{number}") for number in (2, 3)]
    for case in (CASE, *others):
        await store.run(adding(case))
    changed = await store.run(
        lambda unit: unit.cases.replace(replace(CASE, claimant="m-07"), seen_revision=CASE.revision)
    )
    stale = replace(others[0], claimant="m-08")  # of the same revision: nobody opens it to see

    async def look(unit: UnitOfWork) -> dict[bytes, Case]:
        await unit.cases.delete(others[1].id)
        return await unit.cases.catch_up({CASE.id: CASE, stale.id: stale, b"gone": CASE})

    assert await store.run(look) == {CASE.id: changed, stale.id: stale, others[1].id: others[1]}


async def test_an_ambiguous_beginning_finds_nothing(store: Store) -> None:
    async def add(unit: UnitOfWork) -> object:
        await unit.cases.add(make_case(1, code="AAAAA"))
        await unit.cases.add(make_case(2, code="BBBBB"))
        return await unit.cases.find(bytes(15))

    assert await store.run(add) is None


async def test_a_code_belongs_to_one_case(store: Store) -> None:
    await store.run(lambda unit: unit.cases.add(CASE))
    with pytest.raises(CodeTaken):
        await store.run(lambda unit: unit.cases.add(make_case(2)))
    twins = [make_case(3, code="YYYYY"), make_case(4, code="YYYYY")]
    outcomes = await store.run_batch([adding(case) for case in twins])
    assert [type(outcome) for outcome in outcomes] == [type(None), CodeTaken]


async def test_a_code_that_was_looked_up_ahead_still_belongs_to_one_case(store: Store) -> None:
    await store.run(lambda unit: unit.cases.add(CASE))
    new = [make_case(number, code=code) for number, code in ((2, CASE.code), (3, "YYYYY"), (4, "YYYYY"))]
    talks = [
        replace(make_talk(make_room(number)), case=case.id, code=case.code) for number, case in enumerate(new)
    ]
    for talk in talks:
        await store.run(partial(keep_talk, talk))
    ahead = Ahead(rooms=[talk.room for talk in talks])
    outcomes = await store.run_batch([adding(case) for case in new], ahead=ahead)
    assert [type(outcome) for outcome in outcomes] == [CodeTaken, type(None), CodeTaken]


async def test_a_change_is_kept_with_the_next_revision(store: Store) -> None:
    await store.run(lambda unit: unit.cases.add(CASE))
    claimed = replace(CASE, status=Status.CLAIMED, claimant="m-07")
    kept = await store.run(lambda unit: unit.cases.replace(claimed, seen_revision=1))
    assert kept == replace(claimed, revision=2)
    assert await store.run(lambda unit: unit.cases.get(CASE.id)) == kept


async def test_of_two_who_claim_at_once_one_wins(store: Store) -> None:
    await store.run(lambda unit: unit.cases.add(CASE))

    async def claim(pseudonym: str) -> str:
        claimed = replace(CASE, status=Status.CLAIMED, claimant=pseudonym)
        try:
            await store.run(lambda unit: unit.cases.replace(claimed, seen_revision=1))
        except Stale:
            return "late"
        return pseudonym

    outcomes = await asyncio.gather(claim("m-07"), claim("m-08"))
    kept = await store.run(lambda unit: unit.cases.get(CASE.id))
    assert kept is not None
    assert sorted(outcomes) == sorted([str(kept.claimant), "late"])


async def test_of_two_processes_that_claim_at_once_one_wins(
    url: str, ring: KeyRing, clock: FakeClock, new_id: CountingIds
) -> None:
    stores = [await open_store(url, ring, clock=clock, new_id=new_id) for _ in range(2)]
    await stores[0].run(lambda unit: unit.cases.add(CASE))

    async def claim(store: Store) -> object:
        return (await store.run_batch([lambda unit: unit.cases.replace(CASE, seen_revision=1)]))[0]

    outcomes = await asyncio.gather(*map(claim, stores))
    assert sorted(isinstance(outcome, Stale) for outcome in outcomes) == [False, True]
    for store in stores:
        await store.close()


async def test_a_case_that_is_gone_is_stale(store: Store) -> None:
    with pytest.raises(Stale):
        await store.run(lambda unit: unit.cases.replace(CASE, seen_revision=1))


async def test_cards_are_due_until_they_show_the_last_revision(store: Store) -> None:
    async def unposted(unit: UnitOfWork) -> list[bytes]:
        return [case.id for case in await unit.cases.unposted()]

    held = make_case(2, code="HELD1", status=Status.HELD)
    await store.run_batch([lambda unit: unit.cases.add(CASE), lambda unit: unit.cases.add(held)])
    assert await store.run(unposted) == [CASE.id]
    await store.run(lambda unit: unit.cases.mark_posted(CASE.id, 1))
    assert await store.run(unposted) == []
    await store.run(lambda unit: unit.cases.replace(CASE, seen_revision=1))
    assert await store.run(unposted) == [CASE.id]
    for revision in (2, 1):
        await store.run(partial(mark_posted, revision=revision))
    assert await store.run(unposted) == []


async def test_cases_are_listed_by_status(store: Store) -> None:
    held = make_case(2, code="HELD1", status=Status.HELD)
    await store.run_batch([lambda unit: unit.cases.add(held), lambda unit: unit.cases.add(CASE)])
    assert await store.run(lambda unit: unit.cases.all()) == [CASE, held]
    assert await store.run(lambda unit: unit.cases.all({Status.HELD})) == [held]


async def test_a_deleted_case_takes_its_objects_and_its_card_along(store: Store) -> None:
    async def fill(unit: UnitOfWork) -> None:
        await unit.cases.add(CASE)
        await unit.objects.keep(make_sealed(), case=CASE.id, signature=bytes(64), day=DAY)
        await unit.cards.put(CASE.id, CardPlace(Room("telegram", "-100", "7"), card="12"))

    async def look(unit: UnitOfWork) -> list[object]:
        return [
            await unit.cases.get(CASE.id),
            await unit.cases.by_code(CASE.code),
            await unit.objects.of_case(CASE.id),
            await unit.cards.get(CASE.id),
        ]

    await store.run(fill)
    await store.run(lambda unit: unit.cases.delete(CASE.id))
    assert await store.run(look) == [None, None, [], None]


async def test_a_cards_place_comes_back_whole(store: Store) -> None:
    place = CardPlace(Room("telegram", "-1008589934592", "77"), card="8", object=b"o" * 16)
    await store.run(lambda unit: unit.cards.put(CASE.id, place))
    assert await store.run(lambda unit: unit.cards.get(CASE.id)) == place
    await store.run(lambda unit: unit.cards.drop(CASE.id))
    assert await store.run(lambda unit: unit.cards.get(CASE.id)) is None


async def test_objects_are_found_by_id_case_kind_and_day(store: Store) -> None:
    report, addition = make_sealed(1), make_sealed(2, Kind.ADDITION)
    digest = make_sealed(3, Kind.DIGEST)

    async def fill(unit: UnitOfWork) -> None:
        await unit.objects.keep(report, case=CASE.id, signature=b"s" * 64, day=DAY)
        await unit.objects.keep(addition, case=CASE.id, signature=b"s" * 64, day=DAY + timedelta(1))
        await unit.objects.keep(digest, case=None, signature=b"s" * 64, day=DAY)

    await store.run(fill)
    found = await store.run(lambda unit: unit.objects.get(report.object_id))
    assert found is not None
    assert (found.sealed, found.case, found.day, found.signature) == (report, CASE.id, DAY, b"s" * 64)
    of_case = await store.run(lambda unit: unit.objects.of_case(CASE.id))
    assert [kept.sealed for kept in of_case] == [report, addition]
    additions = await store.run(lambda unit: unit.objects.of_case(CASE.id, Kind.ADDITION))
    assert [kept.sealed for kept in additions] == [addition]
    of_day = await store.run(lambda unit: unit.objects.of_day(DAY))
    assert [kept.sealed for kept in of_day] == [report, digest]
    await store.run(lambda unit: unit.objects.delete(report.object_id, digest.object_id))
    assert await store.run(lambda unit: unit.objects.of_day(DAY)) == []


async def test_the_first_acknowledgement_counts(store: Store) -> None:
    await store.run(lambda unit: unit.objects.keep(make_sealed(), case=CASE.id, signature=b"", day=DAY))
    for day in (DAY, DAY + timedelta(5)):
        await store.run(partial(acknowledge, day=day))
    (kept,) = await store.run(lambda unit: unit.objects.of_case(CASE.id))
    assert kept.acknowledged == DAY


async def test_another_secrets_file_is_noticed_at_start(
    url: str, ring: KeyRing, clock: FakeClock, new_id: CountingIds
) -> None:
    store = await open_store(url, ring, clock=clock, new_id=new_id)
    await store.run(lambda unit: unit.cases.add(CASE))
    await store.close()
    with pytest.raises(CaseKeyRefused, match="secrets file"):
        await Store.open(url, ring=ring, case_key=bytes(32), now=clock.now, new_id=new_id)


async def test_cases_and_the_lengths_of_their_objects_are_asked_for_many_at_once(store: Store) -> None:
    cases = [make_case(number, code=f"C{number}") for number in range(1, 4)]

    async def keep(unit: UnitOfWork) -> None:
        for case in cases:
            await unit.cases.add(case)
        for number, case, size in ((1, cases[0], 100), (2, cases[0], 700), (3, cases[1], 30)):
            sealed = make_sealed(number, data=bytes(size))
            await unit.objects.keep(sealed, case=case.id, signature=bytes(64), day=DAY)

    await store.run(keep)
    ids = await store.run(lambda unit: unit.cases.ids())
    assert ids == [case.id for case in cases]
    assert await store.run(lambda unit: unit.cases.those([*ids, bytes(16)])) == cases
    lengths = await store.run(lambda unit: unit.objects.lengths(ids))
    assert lengths == {cases[0].id: 800, cases[1].id: 30}
