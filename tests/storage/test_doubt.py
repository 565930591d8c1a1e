"""A commit whose answer was lost: kept or not, nobody knows, and nothing that was kept may lie forgotten."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.commits import Commits, Outcome, Work
from storage.database import make_engine
from storage.errors import KeepFailed
from storage.migrate import bring_up_to_date
from storage.outbox import Letter
from storage.store import REAL_SEALS, Store
from storage.vault import Vault
from storage.volatile import KeyRing
from storage.waiting import Waiting
from tests.conftest import CASE_KEY
from tests.fakes import CountingIds, FakeClock


class Unanswered(Commits):
    """The connection breaks after the database has committed, before it says so."""

    breaks = False

    async def _attempt(self, connection: AsyncConnection, works: Sequence[Work]) -> list[list[Outcome]]:
        outcomes = await super()._attempt(connection, works)
        if self.breaks:
            self.breaks = False
            raise OSError
        return outcomes


async def test_a_letter_kept_by_a_commit_that_seemed_to_fail_is_sent(
    url: str, ring: KeyRing, clock: FakeClock, new_id: CountingIds
) -> None:
    engine, waiting = make_engine(url), Waiting()
    vault = Vault(ring, CASE_KEY, seals=REAL_SEALS)
    commits = Unanswered(engine, vault, waiting=waiting, now=clock.now, new_id=new_id)
    await bring_up_to_date(await commits.connect())
    await commits.load()
    store = Store(engine, commits, waiting=waiting)
    commits.breaks = True
    with pytest.raises(KeepFailed):
        await store.run(lambda unit: unit.outbox.put(Letter(bytes(16), "show:1", 20, {"kind": "show"})))
    assert store.letters_waiting == 0
    assert await store.run(lambda unit: unit.positions.get("telegram")) is None
    (letter,) = await store.run(lambda unit: unit.outbox.claim(5))
    assert (letter.slot, store.letters_waiting) == ("show:1", 1)
    await store.close()
