"""What is kept for comparing people: found while both cases are open, gone with them, telling nothing."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa

from handlers.matching.hints import Alike
from handlers.matching.likeness import Fact
from handlers.matching.traits import read_traits
from handlers.triage.cases import Case, Joined, Part, Status
from handlers.triage.facts import Level
from storage.retention import Policy
from storage.sealing.kinds import Kind
from storage.store import Store
from storage.tables import likenesses
from storage.unit_of_work import UnitOfWork
from tests.fakes import FakeClock
from tests.storage.samples import DAY, make_case, make_sealed

HE = {"given_name": "Ян", "surname": "Прыклад", "birth_year": 1990}
AGAIN = {"given_name": "Jan", "surname": "Pryklad", "birth_year": 1991}
OTHER = {"given_name": "Пётр", "surname": "Тэст", "birth_year": 1970}


async def tell(unit: UnitOfWork, number: int, *, person: dict[str, Any], status: Status = Status.NEW) -> None:
    case = make_case(number, code=f"C{number}", status=status)
    await unit.cases.add(case)
    await unit.objects.keep(make_sealed(number, Kind.REPORT), case=case.id, signature=b"", day=DAY)
    unit.likenesses.keep(case, read_traits(person, year=2026))


async def tell_all(store: Store, *people: dict[str, Any], status: Status = Status.NEW) -> None:
    for number, person in enumerate(people, 1):
        job = partial(tell, number=number, person=person, status=status if number == 2 else Status.NEW)
        await store.run(job)


def case(number: int) -> Case:
    return make_case(number, code=f"C{number}")


async def found(store: Store, number: int = 1) -> list[str]:
    return [each.code for each in await store.run(lambda unit: unit.likenesses.find(case(number)))]


async def kept(store: Store) -> int:
    async def job(unit: UnitOfWork) -> int:
        rows = [await unit._rows.get(likenesses, case(number).id) for number in range(1, 9)]
        return len([row for row in rows if row])

    return await store.run(job)


async def test_the_same_person_in_other_letters_is_found_from_both_cases(store: Store) -> None:
    await tell_all(store, HE, AGAIN, OTHER)
    assert (await found(store, 1), await found(store, 2), await found(store, 3)) == (["C2"], ["C1"], [])
    (alike,) = await store.run(lambda unit: unit.likenesses.find(case(2)))
    assert alike == Alike("C1", (Fact.NAME, Fact.YEAR, Fact.REGION))


async def test_both_may_come_in_one_unit_of_work(store: Store) -> None:
    async def both(unit: UnitOfWork) -> list[str]:
        await tell(unit, 1, person=HE)
        await tell(unit, 2, person=AGAIN)
        return [each.code for each in await unit.likenesses.find(case(2))]

    assert await store.run(both) == ["C1"]


async def test_a_case_that_is_held_back_is_not_named(store: Store) -> None:
    await tell_all(store, HE, AGAIN, status=Status.HELD)
    assert await found(store, 1) == []


async def test_a_report_that_is_told_anew_is_compared_anew(store: Store) -> None:
    await tell_all(store, HE, AGAIN)
    await store.run(lambda unit: _again(unit, OTHER))
    assert await found(store, 2) == []
    await store.run(lambda unit: _again(unit, {"given_name": "Ян"}))
    assert await kept(store) == 1


async def _again(unit: UnitOfWork, person: dict[str, Any]) -> None:
    unit.likenesses.keep(case(1), read_traits(person, year=2026))


async def test_erasing_closing_and_retention_take_it_away(store: Store, clock: FakeClock) -> None:
    await tell_all(store, HE, AGAIN, AGAIN)
    assert await kept(store) == 3
    await store.run(lambda unit: unit.cases.delete(case(1).id))
    assert await found(store, 2) == ["C3"]
    closed = replace(case(2), status=Status.CLOSED)
    await store.run(lambda unit: unit.cases.replace(closed, seen_revision=closed.revision))
    assert (await found(store, 3), await kept(store)) == ([], 1)
    await store.sweep(clock.advance(days=91), Policy())
    assert await kept(store) == 0


async def change(store: Store, number: int, **changes: Any) -> None:
    async def job(unit: UnitOfWork) -> None:
        known = await unit.cases.get(case(number).id)
        assert known is not None
        await unit.cases.replace(replace(known, **changes), seen_revision=known.revision)

    await store.run(job)


@pytest.mark.parametrize("merged", [True, False])
async def test_merging_and_taking_apart_again_leaves_every_hint_as_it_was(store: Store, merged: bool) -> None:
    """Also where the case that went on was closed and reopened meanwhile; the control closes it unmerged."""
    await tell_all(store, HE, AGAIN, HE)
    before = [await found(store, number) for number in (1, 2, 3)]
    assert before == [["C2", "C3"], ["C1", "C3"], ["C1", "C2"]]
    if merged:
        await change(store, 1, status=Status.MERGED, joined=Joined(case(2).id, Status.NEW, None, None))
        await change(store, 2, parts=(Part(case(1).id, Level.RED),))
        assert await found(store, 3) == ["C2"]
    await change(store, 2, status=Status.CLOSED)
    await change(store, 2, status=Status.NEW)
    if merged:
        await change(store, 2, parts=())
        await change(store, 1, status=Status.NEW, joined=None)
    assert ([await found(store, number) for number in (1, 2, 3)] == before) is merged


async def test_a_sweep_leaves_what_has_a_case(store: Store, clock: FakeClock) -> None:
    await tell_all(store, HE)
    await store.sweep(clock.advance(days=1), Policy())
    assert await kept(store) == 1


async def test_switching_it_off_removes_everything(store: Store) -> None:
    await tell_all(store, HE, AGAIN, OTHER)
    await store.run(lambda unit: unit.likenesses.clear())
    assert await kept(store) == 0


async def test_rows_of_equal_people_are_equal_in_eight_bits_and_nothing_else(store: Store) -> None:
    await tell_all(store, HE, AGAIN)

    async def look(unit: UnitOfWork) -> list[Any]:
        rows = await unit._rows.find(likenesses, sa.true(), fits=lambda _: True)
        return [rows[case(number).id] for number in (1, 2)]

    one, two = await store.run(look)
    assert one["bucket"] == two["bucket"] < 256
    assert one["blob"] != two["blob"]
    assert len(one["blob"]) == len(two["blob"])


@pytest.mark.parametrize("many", [3, 5])
async def test_a_card_names_three_at_most(store: Store, many: int) -> None:
    await tell_all(store, *[HE] * (many + 1))
    assert len(await found(store)) == 3


async def test_nothing_is_kept_of_a_case_that_was_closed_before_it_was_told_anew(store: Store) -> None:
    await tell_all(store, HE, AGAIN, status=Status.CLOSED)
    assert await kept(store) == 1
