"""No file of the store shows a word, an account or a token; and this would notice if one did."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from handlers.events import Room
from handlers.triage.cases import Step
from storage.cards import CardPlace
from storage.outbox import Letter
from storage.sealing.audit import Event
from storage.store import Store
from storage.unit_of_work import UnitOfWork
from storage.vault import Seals
from storage.volatile import KeyRing
from tests.conftest import CASE_KEY
from tests.drills.canaries import Search, files_under, spell_bytes, spell_number, spell_word
from tests.fakes import CountingIds, FakeClock
from tests.storage.samples import DAY, make_case, make_sealed, make_talk
from tests.storage.unsealed import UNBLINDED, UNSEALED

WORD = "КанарэйкаЖоўтая"
TOKEN = "8589938834:AAcanaryTokenOfNobody"
ACCOUNTS = tuple(2**40 + 0x5A17_2E4B + 0x1_3C5D_0B27 * number for number in range(4))
SORTS = {"word": spell_word(WORD), "token": spell_word(TOKEN)} | {
    f"account {place}": spell_number(number) for place, number in enumerate(ACCOUNTS)
}
SEARCH = Search(SORTS)


REAL = Seals()


async def fill(unit: UnitOfWork) -> None:
    """A canary in every field that can hold one."""
    reporter = Room("telegram", str(ACCOUNTS[0]))
    team = Room("telegram", f"-100{ACCOUNTS[1]}", str(ACCOUNTS[2]))
    case = make_case()
    at = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    await unit.talks.keep(make_talk(reporter, word=WORD))
    await unit.traces.note(reporter, str(ACCOUNTS[3]), mine=False, at=at)
    await unit.seen.mark("telegram", f"{TOKEN}/{ACCOUNTS[3]}")
    await unit.cases.add(
        replace(case, claimant=WORD, history=(*case.history, Step(case.status, "2026-11-23", WORD)))
    )
    await unit.cards.put(case.id, CardPlace(team, card=f"{ACCOUNTS[3]} {TOKEN}"))
    payload = {"room": reporter.id, "text": WORD, "number": ACCOUNTS[0], "token": TOKEN}
    await unit.outbox.put(Letter(b"l" * 16, f"{reporter.id}/{WORD}", 1, payload))
    await unit.letters.park(f"{WORD} {TOKEN} {ACCOUNTS[0]}".encode(), WORD)
    await unit.objects.keep(make_sealed(), case=case.id, signature=bytes(64), day=DAY)
    unit.audit.note(Event.ACT, f"{ACCOUNTS[0]} {WORD}".encode(), by="m-01", what="claim")


async def change(unit: UnitOfWork) -> None:
    """Write every row once more, so that the log and freed pages hold something, too."""
    await unit.talks.keep(make_talk(Room("telegram", str(ACCOUNTS[0])), word=WORD * 2))
    await unit.outbox.done(b"l" * 16)
    await unit.cards.drop(make_case().id)


async def live(url: str, ring: KeyRing, *, seals: Seals) -> Store:
    clock = FakeClock()
    store = await Store.open(
        url, ring=ring, case_key=CASE_KEY, now=clock.now, new_id=CountingIds(), seals=seals
    )
    await store.run(fill)
    return store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Holds the database and nothing else."""
    (tmp_path / "kept").mkdir()
    return tmp_path / "kept"


@pytest.fixture
def kept_url(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder / 'vestka.db'}"


async def test_no_file_shows_a_canary_while_we_run_or_after(
    kept_url: str, folder: Path, ring: KeyRing, runtime: Path
) -> None:
    store = await live(kept_url, ring, seals=REAL)
    assert sorted(path.suffix for path in files_under(folder)) == [".db", ".db-shm", ".db-wal"]
    assert SEARCH.in_files(files_under(folder)).total == 0
    await store.run(change)
    await store.truncate_log()
    await store.vacuum()
    assert SEARCH.in_files(files_under(folder)).total == 0
    await store.close()
    assert SEARCH.in_files([*files_under(folder), *files_under(runtime)]).total == 0


async def test_the_keys_do_not_lie_beside_the_database(kept_url: str, folder: Path, ring: KeyRing) -> None:
    store = await live(kept_url, ring, seals=REAL)
    keys = (ring.today.key, ring.today.pepper, CASE_KEY)
    search = Search({"key": {spelt for key in keys for spelt in spell_bytes(key)}})
    assert search.in_files(files_under(folder)).total == 0
    await store.close()


@pytest.mark.parametrize("seals", [UNSEALED, UNBLINDED], ids=["unsealed", "unblinded"])
async def test_the_search_finds_canaries_when_a_protection_is_off(
    kept_url: str, folder: Path, ring: KeyRing, seals: Seals
) -> None:
    store = await live(kept_url, ring, seals=seals)
    assert SEARCH.in_files(files_under(folder)).total > 0
    await store.close()


async def test_the_search_finds_each_sort_of_canary(kept_url: str, folder: Path, ring: KeyRing) -> None:
    store = await live(kept_url, ring, seals=UNSEALED)
    found = SEARCH.in_files(files_under(folder))
    assert {canary for _, canary in found.hits} == set(SORTS)
    await store.close()
