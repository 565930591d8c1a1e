"""`vestka move-store`: rows move, settings follow, no password is shown, a running bot is left alone."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.errors import InputRefused, NotReady, SettingsRefused
from bot.settings_file import change_setting, read_settings, read_table
from bot.sole import lock_path, sole
from storage.errors import MoveRefused
from storage.migrate import HEAD
from tests.storage.whole import Contents, change_to, contents, fill

COMMENTED = """# ours
[places]
runtime = "run"   # a tmpfs
database = "vestka.db"   # the embedded one

[team]
language = "en"
"""


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    """An instance whose store holds something in every table."""
    path = tmp_path / "instance" / "vestka.toml"
    path.parent.mkdir()
    path.write_text(COMMENTED, "utf-8")
    here = f"sqlite+aiosqlite:///{path.parent / 'vestka.db'}"
    asyncio.run(change_to(here, HEAD))
    asyncio.run(fill(here))
    return path


def move(settings: Path, to: object, *more: str) -> Result:
    """Run the command; a refusal comes through."""
    arguments = ["move-store", "--settings", str(settings), "--to", str(to), *more]
    result = CliRunner().invoke(app, arguments)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def rows(settings: Path) -> Contents:
    return asyncio.run(contents(read_settings(settings).database_url))


@pytest.mark.both
def test_the_store_moves_and_the_settings_follow_with_their_comments(settings: Path, url: str) -> None:
    before = rows(settings)
    told = json.loads(move(settings, url, "--switch", "--json").stdout)
    assert told["tables"] == {name: len(of_one) for name, of_one in before.items()}
    assert told["rows"] == sum(told["tables"].values())
    assert told["switched"]
    assert rows(settings) == before
    assert read_settings(settings).database_url.partition("?")[0] == url.partition("?")[0]
    text = settings.read_text("utf-8")
    assert all(words in text for words in ("# ours", "# a tmpfs", "# the embedded one", 'language = "en"'))


@pytest.mark.only("postgres")
@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_the_usual_spelling_of_a_server_is_taken_and_written_in_full(
    settings: Path, url: str, scheme: str
) -> None:
    before = rows(settings)
    move(settings, url.replace("postgresql+asyncpg", scheme), "--switch")
    assert read_settings(settings).database_url == url
    assert rows(settings) == before


@pytest.mark.both
def test_there_and_back_and_the_old_file_erased(settings: Path, url: str) -> None:
    before = rows(settings)
    old = settings.parent / "vestka.db"
    move(settings, url, "--switch", "--erase-source")
    assert not [path for path in settings.parent.glob("vestka.db*") if not path.name.endswith(".lock")]
    move(settings, old, "--switch")
    assert read_table(settings)["places"]["database"] == "vestka.db"
    assert rows(settings) == before


def test_without_switch_the_line_to_write_is_told_and_nothing_is_written(
    settings: Path, tmp_path: Path
) -> None:
    said = move(settings, tmp_path / "new.db").stdout
    assert f'database = "{tmp_path.resolve()}/new.db"' in said.replace("\n", "")
    assert "shred -u" in said
    assert settings.read_text("utf-8") == COMMENTED


@pytest.mark.parametrize(
    "to",
    [
        "postgresql+asyncpg://vestka:Kanareika7@db/vestka",
        "postgresql+asyncpg://vestka@db/vestka?password=Kanareika7",
        "postgres://vestka:Kanareika7@db/vestka",
    ],
)
def test_a_password_on_the_command_line_is_refused_and_not_repeated(settings: Path, to: str) -> None:
    with pytest.raises(InputRefused, match="PGPASSFILE") as refused:
        move(settings, to)
    assert "Kanareika" not in str(refused.value)


def test_a_running_bot_is_not_moved_under_its_feet(settings: Path, tmp_path: Path) -> None:
    with sole(lock_path(read_settings(settings))), pytest.raises(NotReady, match="running already"):
        move(settings, tmp_path / "new.db")
    assert not (tmp_path / "new.db").exists()


def test_a_bot_that_runs_in_the_new_place_is_noticed_too(settings: Path, tmp_path: Path) -> None:
    with sole(tmp_path / "new.db.lock"), pytest.raises(NotReady, match="running already"):
        move(settings, tmp_path / "new.db")


def test_the_place_where_everything_lies_already_is_refused(settings: Path) -> None:
    with pytest.raises(InputRefused, match="already"):
        move(settings, settings.parent / "vestka.db")


def test_erasing_needs_settings_that_point_elsewhere(settings: Path, tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="--switch"):
        move(settings, tmp_path / "new.db", "--erase-source")
    assert rows(settings)


@pytest.mark.only("postgres")
def test_a_database_on_a_server_is_dropped_there(settings: Path, url: str, tmp_path: Path) -> None:
    move(settings, url, "--switch")
    with pytest.raises(InputRefused, match="dropdb"):
        move(settings, tmp_path / "new.db", "--switch", "--erase-source")


def test_a_second_move_to_the_same_place_is_refused(settings: Path, tmp_path: Path) -> None:
    move(settings, tmp_path / "new.db")
    with pytest.raises(MoveRefused, match="not empty"):
        move(settings, tmp_path / "new.db")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing yet\n",
        "[team]\nlanguage = 'be'\n",
        "[places]\n",
        "[places]\ndatabase='a' # b\n[team]\n",
    ],
)
def test_a_setting_is_written_wherever_it_belongs(tmp_path: Path, text: str) -> None:
    path = tmp_path / "vestka.toml"
    path.write_text(text, "utf-8")
    before = read_table(path)
    change_setting(path, "places", "database", 'new "quoted" \\ place')
    assert read_table(path) == before | {"places": {"database": 'new "quoted" \\ place'}}
    assert text.count("#") == path.read_text("utf-8").count("#")


def test_a_file_that_only_a_person_should_change_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "vestka.toml"
    text = 'places = { database = "a" }\n'
    path.write_text(text, "utf-8")
    with pytest.raises(SettingsRefused, match="Write there yourself"):
        change_setting(path, "places", "database", "b")
    assert path.read_text("utf-8") == text
