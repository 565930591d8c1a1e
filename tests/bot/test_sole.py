"""One bot per database; a look at the lock disturbs nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import NotReady
from bot.settings import Settings
from bot.sole import lock_path, running, sole


def test_the_second_is_refused_and_the_next_is_not(tmp_path: Path) -> None:
    path = tmp_path / "vestka.db.lock"
    with sole(path), pytest.raises(NotReady, match="running already"), sole(path):
        pass
    with sole(path):
        assert running(path)
    assert running(path) is None


def test_a_lock_is_lifted_when_the_bot_fails(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with pytest.raises(RuntimeError), sole(path):
        raise RuntimeError
    with sole(path):
        pass


def test_several_share_the_mark_of_a_database_server_and_nobody_gets_it_alone(tmp_path: Path) -> None:
    path = tmp_path / "secrets.vkf.lock"
    with sole(path, shared=True), sole(path, shared=True):
        assert running(path) is not None
        with pytest.raises(NotReady, match="running already"), sole(path):
            pass
    with sole(path):
        assert running(path)
    assert running(path) is None


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match="cannot be written"), sole(tmp_path / "nowhere" / "lock"):
        pass


def test_without_a_lock_nobody_runs(tmp_path: Path) -> None:
    assert running(tmp_path / "nothing") is None


def test_the_lock_lies_beside_the_database_or_the_secrets(tmp_path: Path) -> None:
    assert lock_path(Settings(base=tmp_path)) == tmp_path / "vestka.db.lock"
    server = Settings.model_validate({"places": {"database": "postgresql+asyncpg://db/v"}, "base": tmp_path})
    assert lock_path(server) == tmp_path / "secrets.vkf.lock"
