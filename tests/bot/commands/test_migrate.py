"""`vestka migrate`: the way back to an older Vestka, and up again, with every row that has a place there."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.commands.migrate import migrate
from bot.errors import InputRefused, NotReady
from bot.settings_file import read_settings
from bot.sole import lock_path, sole
from storage.errors import MoveRefused
from storage.migrate import HEAD, list_revisions
from tests.storage.whole import change_to, connected, contents, describe, fill


@pytest.fixture
def settings(tmp_path: Path, url: str) -> Path:
    """An instance with something in every table of the first version."""
    path = tmp_path / "vestka.toml"
    path.write_text(f'[places]\ndatabase = "{url}"\n' if url.startswith("postgresql") else "", "utf-8")
    asyncio.run(change_to(url, list_revisions()[0]))
    asyncio.run(fill(url))
    return path


@pytest.mark.both
def test_up_and_back_keeps_what_was_there(
    settings: Path, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    first, last = list_revisions()[0], list_revisions()[-1]
    rows, schema = asyncio.run(contents(url)), asyncio.run(describe(url))
    migrate(HEAD, settings)
    assert f"those of {last}" in capsys.readouterr().out
    migrate(first, settings)
    assert asyncio.run(contents(url)) == rows
    assert asyncio.run(describe(url)) == schema


@pytest.mark.parametrize("to", ["base", "9999", ""])
def test_an_unknown_version_is_refused_and_nothing_changes(settings: Path, url: str, to: str) -> None:
    before = asyncio.run(contents(url))
    with pytest.raises(InputRefused, match="0001"):
        migrate(to, settings)
    assert asyncio.run(contents(url)) == before


def test_a_running_bot_keeps_its_tables(settings: Path) -> None:
    with sole(lock_path(read_settings(settings))), pytest.raises(NotReady):
        migrate(HEAD, settings)


@pytest.mark.only("postgres")
async def test_a_bot_that_runs_elsewhere_keeps_its_tables(settings: Path, url: str) -> None:
    async with connected(url):
        with pytest.raises(MoveRefused, match="Somebody else"):
            await asyncio.to_thread(migrate, HEAD, settings)
