"""`vestka audit verify`: what was done since a head that somebody kept, in words and as JSON."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.commands.audit import _WORDS, NOT_WHOLE, read_since
from bot.errors import InputRefused
from bot.settings_file import read_settings
from storage.auditing import Fault
from storage.errors import DatabaseUnreachable
from storage.sealing import SigningKey, sign_head
from storage.sealing.audit import Head
from storage.store import Store
from storage.tables import audit
from storage.volatile import KeyRing
from tests.bot.commands.paperwork import TODAY, Paperwork, furnish
from tests.fakes import CountingIds
from tests.storage.samples import make_sealed
from tests.storage.whole import connected

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
SIGNING = SigningKey.from_seed(bytes(32))


@pytest.fixture
def papers(tmp_path: Path) -> Paperwork:
    """An instance that has not run yet."""
    return furnish(tmp_path, api_root="http://127.0.0.1:9")


async def seal(papers: Paperwork, *numbers: int) -> Head:
    """What a bot does in a day: some objects come, and the head is what it would post."""
    settings = read_settings(papers.settings)
    ring = KeyRing.open(settings.runtime_path, now=NOW, allow_disk=True)
    store = await Store.open(
        settings.database_url, ring=ring, case_key=bytes(32), now=lambda: NOW, new_id=CountingIds()
    )
    try:
        for number in numbers:
            sealed = make_sealed(number)
            await store.run(
                lambda unit, sealed=sealed: unit.objects.keep(  # type: ignore[misc]
                    sealed, case=None, signature=bytes(64), day=TODAY
                )
            )
        return await store.run(lambda unit: unit.audit.head())
    finally:
        await store.close()


def verify(papers: Paperwork, *more: str) -> Result:
    arguments = ["audit", "verify", "--settings", str(papers.settings)]
    result = CliRunner().invoke(app, [*arguments, "--passphrase-file", str(papers.passphrase), *more])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


async def forget_the_last(papers: Paperwork) -> None:
    """Cut the log, as somebody with the database does."""
    async with connected(read_settings(papers.settings).database_url) as connection, connection.begin():
        some = sa.select(audit.c.id).limit(1)
        await connection.execute(sa.delete(audit).where(audit.c.id.in_(some)))


def test_a_whole_log_is_said_to_be_whole(papers: Paperwork) -> None:
    head = asyncio.run(seal(papers, 1, 2))
    result = verify(papers)
    assert result.exit_code == 0
    assert "Everything follows" in result.output
    assert head.hash.hex() in result.output
    told = json.loads(verify(papers, "--json").stdout)
    assert told == {
        "ok": True, "entries": 2, "objects": 2, "heads": 0, "head": head.hash.hex(), "since": None,
        "faults": [],
    }  # fmt: skip


@pytest.mark.parametrize("form", ["file", "caption", "hex"])
def test_a_head_that_was_kept_is_found_in_the_log(papers: Paperwork, tmp_path: Path, form: str) -> None:
    head = asyncio.run(seal(papers, 1))
    asyncio.run(seal(papers, 2))
    note = sign_head(SIGNING, head, TODAY)
    kept = tmp_path / "head.txt"
    kept.write_text(
        note if form == "file" else f"Зводка за 2026-11-23.\n\nТут стаіць журнал:\n{note.strip()}", "utf-8"
    )
    result = verify(papers, "--since", head.hash.hex() if form == "hex" else str(kept))
    assert result.exit_code == 0
    assert "from the head you gave" in result.output


def test_a_log_without_the_kept_head_is_not_whole(papers: Paperwork) -> None:
    asyncio.run(seal(papers, 1))
    result = verify(papers, "--since", "ab" * 32, "--json")
    assert result.exit_code == NOT_WHOLE
    assert json.loads(result.stdout)["faults"] == [{"fault": "since", "entry": None, "day": None}]


def test_a_log_that_somebody_cut_is_told_in_words_with_what_to_do(papers: Paperwork) -> None:
    asyncio.run(seal(papers, 1, 2, 3))
    asyncio.run(forget_the_last(papers))
    result = verify(papers)
    assert result.exit_code == NOT_WHOLE
    assert "copy the database" in result.output


def test_what_is_no_head_is_refused_in_one_sentence(papers: Paperwork, tmp_path: Path) -> None:
    asyncio.run(seal(papers, 1))
    other = tmp_path / "other.txt"
    other.write_text(sign_head(SigningKey.from_seed(bytes([1]) * 32), Head(), TODAY), "utf-8")
    for given, words in ((str(other), "Copy all lines"), ("nonsense", "After --since")):
        with pytest.raises(InputRefused, match=words):
            verify(papers, "--since", given)


def test_a_head_is_read_in_both_spellings_of_its_hash() -> None:
    hashed = bytes(range(32))
    assert read_since(hashed.hex(), SIGNING.public).hash == hashed
    assert (
        read_since(sign_head(SIGNING, Head(1, hashed), TODAY).splitlines()[1], SIGNING.public).hash == hashed
    )


def test_an_instance_that_has_not_run_has_no_log(papers: Paperwork) -> None:
    with pytest.raises(DatabaseUnreachable, match="no database yet"):
        verify(papers)
    assert not (read_settings(papers.settings).database_file or Path()).exists()


def test_every_fault_has_its_words() -> None:
    assert set(_WORDS) == {fault.value for fault in Fault}
