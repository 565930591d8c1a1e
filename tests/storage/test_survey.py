"""A look at a database finds what is wrong and leaves everything as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from storage.database import make_engine
from storage.errors import CaseKeyRefused, DatabaseUnreachable, SchemaTooNew
from storage.store import Store
from storage.survey import Tables, survey
from storage.volatile import KeyRing
from tests.conftest import CASE_KEY, open_store
from tests.fakes import CountingIds, FakeClock
from tests.storage.samples import make_case


async def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    assert await survey(f"sqlite+aiosqlite:///{tmp_path}/v.db", case_key=CASE_KEY) is Tables.MISSING
    assert not (tmp_path / "v.db").exists()


async def test_an_empty_database_is_behind(url: str) -> None:
    engine = make_engine(url)
    async with engine.connect():
        pass
    await engine.dispose()
    assert await survey(url, case_key=CASE_KEY) is Tables.BEHIND


async def test_a_database_in_use_is_current_and_not_disturbed(store: Store, url: str) -> None:
    await store.run(lambda uow: uow.cases.add(make_case()))
    assert await survey(url, case_key=CASE_KEY) is Tables.CURRENT
    await store.run(lambda uow: uow.positions.set("telegram", "5"))
    assert await store.run(lambda uow: uow.positions.get("telegram")) == "5"


async def test_another_case_key_is_noticed(store: Store, url: str) -> None:
    await store.run(lambda uow: uow.cases.add(make_case()))
    with pytest.raises(CaseKeyRefused):
        await survey(url, case_key=bytes(32))


async def test_a_newer_database_is_noticed(
    url: str, ring: KeyRing, clock: FakeClock, new_id: CountingIds
) -> None:
    await (await open_store(url, ring, clock=clock, new_id=new_id)).close()
    engine = make_engine(url)
    async with engine.begin() as connection:
        await connection.execute(sa.text("UPDATE alembic_version SET version_num = 'v9999'"))
    await engine.dispose()
    with pytest.raises(SchemaTooNew):
        await survey(url, case_key=CASE_KEY)


async def test_what_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "v.db"
    path.write_bytes(b"something else" * 200)
    with pytest.raises(DatabaseUnreachable, match=r"places\.database"):
        await survey(f"sqlite+aiosqlite:///{path}", case_key=CASE_KEY)
    assert path.read_bytes() == b"something else" * 200


@pytest.mark.parametrize("url", ["nonsense", "mysql://db/v"])
async def test_another_kind_of_address_is_refused(url: str) -> None:
    with pytest.raises(DatabaseUnreachable):
        await survey(url, case_key=CASE_KEY)


async def test_a_server_that_is_not_there_is_refused_without_its_password() -> None:
    with pytest.raises(DatabaseUnreachable) as refused:
        await survey("postgresql+asyncpg://vestka:kanareika@127.0.0.1:9/v", case_key=CASE_KEY)
    assert "kanareika" not in str(refused.value)
