"""One writer: what gathered is one commit, each job stands alone, and only what is kept is acknowledged."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import pytest
import sqlalchemy as sa

from storage.database import make_engine
from storage.errors import KeepFailed, Misused
from storage.outbox import Letter
from storage.rows import Rows
from storage.store import Store
from storage.tables import marks
from storage.unit_of_work import UnitOfWork
from storage.volatile import KeyRing
from tests.conftest import open_store
from tests.fakes import CountingIds, FakeClock
from tests.storage.samples import make_room, make_talk


class Poison(Exception):
    """Something in an update that nobody expected."""


async def mark(store: Store, key: str, value: str = "1") -> None:
    await store.run(lambda unit: unit.marks.set(key, value))


async def read(store: Store, key: str) -> str | None:
    return await store.run(lambda unit: unit.marks.get(key))


async def break_off(unit: UnitOfWork) -> None:
    await unit.marks.set("half", "1")
    await unit.talks.keep(make_talk())
    raise Poison


async def test_a_poison_job_loses_only_its_own_changes(store: Store) -> None:
    outcomes = await store.run_batch(
        [
            lambda unit: unit.marks.set("before", "1"),
            break_off,
            lambda unit: unit.marks.get("half"),
            lambda unit: unit.marks.set("after", "1"),
        ]
    )
    assert [type(outcome) for outcome in outcomes] == [type(None), Poison, type(None), type(None)]
    assert [await read(store, key) for key in ("before", "half", "after")] == ["1", None, "1"]
    assert await store.run(lambda unit: unit.talks.find(make_room())) is None


async def test_a_poison_job_reaches_only_its_own_caller(store: Store) -> None:
    outcomes = await asyncio.gather(
        mark(store, "one"), store.run(break_off), mark(store, "two"), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes] == [type(None), Poison, type(None)]
    assert [await read(store, key) for key in ("one", "two")] == ["1", "1"]


async def test_jobs_that_gathered_share_one_commit(sqlite_store: Store) -> None:
    lines: list[str] = []
    engine = sqlite_store._engine.sync_engine
    sa.event.listen(engine, "commit", lambda _connection: lines.append("commit"))
    await asyncio.gather(*[mark(sqlite_store, f"key-{number}") for number in range(50)])
    assert lines == ["commit"]


async def test_results_come_back_in_order_and_so_do_writes(store: Store) -> None:
    async def append(unit: UnitOfWork, letter: str) -> str:
        word = (await unit.marks.get("word") or "") + letter
        await unit.marks.set("word", word)
        return word

    outcomes = await store.run_batch([partial(append, letter=letter) for letter in "abc"])
    assert outcomes == ["a", "ab", "abc"]


async def test_what_was_kept_is_there_after_a_restart(
    url: str, ring: KeyRing, clock: FakeClock, new_id: CountingIds
) -> None:
    store = await open_store(url, ring, clock=clock, new_id=new_id)
    await mark(store, "kept", "yes")
    await store.close()
    store = await open_store(url, ring, clock=clock, new_id=new_id)
    assert await read(store, "kept") == "yes"
    await store.close()


async def test_a_caller_who_left_stops_nobody(store: Store) -> None:
    leaving = asyncio.ensure_future(mark(store, "left"))
    staying = asyncio.ensure_future(mark(store, "stayed"))
    await asyncio.sleep(0)
    leaving.cancel()
    await staying
    assert await read(store, "stayed") == "1"
    assert await read(store, "left") is None


async def test_closing_commits_what_has_gathered(
    url: str, ring: KeyRing, clock: FakeClock, new_id: CountingIds
) -> None:
    store = await open_store(url, ring, clock=clock, new_id=new_id)
    last = asyncio.ensure_future(mark(store, "last"))
    await asyncio.sleep(0)
    await store.close()
    await last
    with pytest.raises(KeepFailed, match="closed"):
        await mark(store, "late")
    store = await open_store(url, ring, clock=clock, new_id=new_id)
    assert await read(store, "last") == "1"
    await store.close()


async def test_a_job_inside_a_job_is_refused_instead_of_waiting_for_ever(store: Store) -> None:
    with pytest.raises(Misused):
        await store.run(lambda _unit: mark(store, "inner"))
    assert await read(store, "inner") is None


async def test_a_job_that_cancels_itself_stops_only_itself(store: Store) -> None:
    async def give_up(_unit: UnitOfWork) -> None:
        raise asyncio.CancelledError

    outcomes = await asyncio.gather(store.run(give_up), mark(store, "other"), return_exceptions=True)
    assert isinstance(outcomes[0], KeepFailed)
    assert str(outcomes[0]).startswith("The step was cancelled from inside")
    assert await read(store, "other") == "1"


async def test_a_value_the_database_refuses_is_found_behind_its_savepoint(store: Store) -> None:
    async def smuggle(unit: UnitOfWork) -> None:
        unit.marks._rows.put(marks, {"key": "smuggled", "value": None})

    outcomes = await store.run_batch(
        [
            lambda unit: unit.marks.set("before", "1"),
            smuggle,
            lambda unit: unit.marks.set("after", "1"),
        ]
    )
    assert [type(outcome) for outcome in outcomes] == [type(None), KeepFailed, type(None)]
    assert "(None)" not in str(outcomes[1])  # it says why
    assert [await read(store, key) for key in ("before", "smuggled", "after")] == ["1", None, "1"]


async def test_what_does_not_fit_one_question_is_asked_in_several(store: Store) -> None:
    names = [f"mark {number}" for number in range(1_200)]
    await mark(store, names[-1])

    async def ask(unit: UnitOfWork) -> dict[str, int]:
        rows = unit.marks._rows
        await rows.read_ahead((marks.c.key, names))
        assert len(rows._read["marks"]) == len(names)
        assert [await rows.get(marks, name) is not None for name in names[-2:]] == [False, True]
        return await rows.lengths(marks.c.value, marks.c.key, names)

    assert await store.run(ask) == {names[-1]: 1}


async def test_a_chore_that_the_database_refuses_says_why_and_stops_no_step(sqlite_store: Store) -> None:
    with pytest.raises(KeepFailed, match="SQLITE_ERROR"):
        await sqlite_store._commits.do_alone(lambda connection: connection.exec_driver_sql("no such words"))
    await mark(sqlite_store, "after")
    assert await read(sqlite_store, "after") == "1"


async def poison(_unit: UnitOfWork) -> None:
    raise Poison


async def smuggle(unit: UnitOfWork) -> None:
    """What only the database refuses, when all is written."""
    unit.marks._rows.put(marks, {"key": "smuggled", "value": None})


@pytest.mark.parametrize("bad", [poison, smuggle])
@pytest.mark.parametrize("whole", [True, False])
async def test_the_last_step_of_a_whole_batch_counts_only_with_all_before_it(
    store: Store, bad: Callable[[UnitOfWork], Awaitable[None]], whole: bool
) -> None:
    jobs = [lambda unit: unit.marks.set("before", "1"), bad, lambda unit: unit.marks.set("last", "1")]
    *_, last = await store.run_batch(jobs, whole=whole)
    assert isinstance(last, KeepFailed) is whole
    assert [await read(store, key) for key in ("before", "last")] == ["1", None if whole else "1"]
    assert await store.run_batch(jobs[::2], whole=whole) == [None, None]
    assert await read(store, "last") == "1"


async def test_a_whole_batch_is_whole_by_itself_and_not_with_its_neighbours(store: Store) -> None:
    first, second = await asyncio.gather(
        store.run_batch([smuggle, lambda unit: unit.marks.set("one", "1")], whole=True),
        store.run_batch([lambda unit: unit.marks.set("two", "1")], whole=True),
    )
    assert [type(outcome) for outcome in first] == [KeepFailed, KeepFailed]
    assert second == [None]
    assert [await read(store, key) for key in ("one", "two")] == [None, "1"]


async def test_a_statement_that_fails_inside_a_job_cannot_be_swallowed(store: Store) -> None:
    async def swallow(unit: UnitOfWork) -> None:
        await unit.marks.set("swallowed", "1")
        try:
            await unit.marks._rows.find(marks, sa.text("nonsense = 1"), fits=lambda _: True)  # type: ignore[arg-type]  # broken on purpose
        except sa.exc.SQLAlchemyError:
            return

    with pytest.raises(KeepFailed):
        await store.run(swallow)
    assert await read(store, "swallowed") is None


async def test_a_failed_commit_reaches_every_caller_and_the_writer_goes_on(store: Store) -> None:
    async def break_database(unit: UnitOfWork) -> None:
        await unit.marks._rows.find(marks, sa.text("nonsense = 1"), fits=lambda _: True)  # type: ignore[arg-type]  # broken on purpose

    outcomes = await asyncio.gather(
        mark(store, "one"), store.run(break_database), mark(store, "two"), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes] == [KeepFailed] * 3
    assert len({id(outcome) for outcome in outcomes}) == 3
    assert "(None)" not in str(outcomes[0])
    assert await read(store, "one") is None
    await mark(store, "later")
    assert await read(store, "later") == "1"


async def test_rows_that_are_not_written_yet_are_found_as_well(sqlite_url: str) -> None:
    engine = make_engine(sqlite_url)
    async with engine.connect() as connection:
        await connection.run_sync(marks.create)
        rows = Rows(connection)
        rows.put(marks, {"key": "a", "value": "1"})
        rows.keep_job()
        rows.put(marks, {"key": "b", "value": "1"})
        found = await rows.find(marks, marks.c.value == "1", fits=lambda row: row["value"] == "1")
        assert sorted(map(str, found)) == ["a", "b"]
        rows.drop(marks, "a")
        assert list(await rows.find(marks, marks.c.value == "1", fits=lambda row: row["value"] == "1")) == [
            "b"
        ]
        rows.drop_job()
        assert await rows.get(marks, "b") is None
        await connection.rollback()
    await engine.dispose()


async def test_what_was_put_and_is_not_written_is_listed_the_oldest_first(store: Store) -> None:
    async def put(unit: UnitOfWork) -> list[str]:
        await unit.marks.set(f"key {len(unit.marks._rows.changed(marks))}", "1")
        unit.marks._rows.drop(marks, "gone")
        return [row["key"] for row in unit.marks._rows.changed(marks)]

    assert await store.run_batch([put, put]) == [["key 0"], ["key 0", "key 1"]]


async def test_a_failed_attempt_inside_a_job_is_undone_and_the_job_goes_on(store: Store) -> None:
    async def try_it(unit: UnitOfWork) -> None:
        await unit.marks.set("before", "2")
        await unit.outbox.put(Letter(b"b" * 16, "slot", 1, {}), replace=True)
        await break_off(unit)

    async def job(unit: UnitOfWork) -> None:
        await unit.marks.set("before", "1")
        await unit.outbox.put(Letter(b"a" * 16, "slot", 1, {}))
        try:
            with unit.attempt():
                await try_it(unit)
        except Poison:
            await unit.marks.set("after", "1")

    await store.run(job)
    assert [await read(store, key) for key in ("before", "half", "after")] == ["1", None, "1"]
    assert [letter.id for letter in await store.run(lambda unit: unit.outbox.take(5))] == [b"a" * 16]
