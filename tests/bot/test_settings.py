"""Settings: every fault is named with its key and a remedy, all at once, and no value is ever repeated."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.errors import SettingsRefused
from bot.settings import Settings
from bot.settings_file import KEYS, check_settings, read_settings, read_table, spell_settings

CANARY = "Kanareika-7Q"
ROOT = "ab" * 32


def write(folder: Path, text: str) -> Path:
    path = folder / "vestka.toml"
    path.write_text(text, "utf-8")
    return path


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(SettingsRefused) as refused:
        read_settings(write(folder, text))
    return str(refused.value)


def test_an_empty_file_gives_the_defaults(tmp_path: Path) -> None:
    settings = read_settings(write(tmp_path, ""))
    assert settings == Settings(base=tmp_path)
    assert (settings.organisation.digest_hour, settings.team.policy, settings.retention.days) == (
        8,
        "card",
        90,
    )


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    settings = read_settings(
        write(tmp_path, '[places]\nsecrets = "keys/s.vkf"\ndatabase = "v.db"\nruntime = "r"')
    )
    assert settings.secrets_path == tmp_path / "keys/s.vkf"
    assert settings.database_url == f"sqlite+aiosqlite:///{tmp_path.resolve()}/v.db"
    assert settings.runtime_path == tmp_path / "r"


def test_a_database_server_is_no_file(tmp_path: Path) -> None:
    settings = read_settings(write(tmp_path, '[places]\ndatabase = "postgresql+asyncpg://db/vestka"'))
    assert settings.database_file is None
    assert settings.database_url == "postgresql+asyncpg://db/vestka"


def test_the_runtime_directory_of_systemd_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUNTIME_DIRECTORY", f"{tmp_path}/run:{tmp_path}/other")
    assert Settings().runtime_path == tmp_path / "run"
    monkeypatch.delenv("RUNTIME_DIRECTORY")
    assert Settings().runtime_path.parent == Path("/dev/shm")


@pytest.mark.parametrize(
    ("text", "named", "remedy"),
    [
        (f'[team]\nlangage = "{CANARY}"', "`team.langage`", "Did you mean `team.language`?"),
        ("colour = 3", "`colour`", "docs/operating.md"),
        ("[organization]", "`organization`", "Did you mean `organisation`?"),
        ("[base]", "`base`", "Remove it"),
        ("organisation = 3", "`organisation`", "section"),
        (f'[organisation]\ntime_zone = "{CANARY}"', "`organisation.time_zone`", "Europe/Minsk"),
        (f'[organisation]\ndigest_hour = "{CANARY}"', "`organisation.digest_hour`", "whole number"),
        ("[organisation]\ndigest_hour = 24", "`organisation.digest_hour`", "23 or less"),
        ("[organisation]\ndigest_hour = true", "`organisation.digest_hour`", "whole number"),
        ("[organisation]\ndigest_hour = 8.5", "`organisation.digest_hour`", "whole number"),
        (f'[organisation]\nroots = ["{ROOT}", "{CANARY}"]', "`organisation.roots.2`", "64 hexadecimal"),
        (f'[organisation]\nroots = "{ROOT}"', "`organisation.roots`", "Write a list"),
        (f'[organisation]\nroots = ["{ROOT}"]\nsignatures = 2', "`organisation`", "more root keys"),
        ('[organisation]\nstrict = "yes"', "`organisation.strict`", "true or false"),
        ('[organisation]\nname = " "', "`organisation.name`", "a name"),
        ("[places]\nsecrets = 5", "`places.secrets`", "path"),
        ('[places]\nruntime = ""', "`places.runtime`", "leave the line out"),
        (f'[team]\npolicy = "{CANARY}"', "`team.policy`", "'card' or 'bell'"),
        ('[telegram]\napi_root = "http://example.org"', "`telegram.api_root`", "https://"),
        ('[telegram]\napi_root = "http://127.0.0.1.example.org"', "`telegram.api_root`", "https://"),
        (f'[telegram]\napi_root = "https://x:{CANARY}@example.org"', "`telegram.api_root`", "https://"),
        ("[telegram]\nlong_poll_seconds = 60", "`telegram.long_poll_seconds`", "50 or less"),
        ("[retention]\ndays = 0", "`retention.days`", "1 or more"),
    ],
)  # fmt: skip
def test_each_fault_is_named_with_a_remedy_and_without_the_value(
    tmp_path: Path, text: str, named: str, remedy: str
) -> None:
    said = refusal(tmp_path, text)
    assert str(tmp_path / "vestka.toml") in said
    assert named in said
    assert remedy in said
    assert CANARY not in said


def test_several_faults_are_told_at_once(tmp_path: Path) -> None:
    said = refusal(tmp_path, '[team]\nlangage = "be"\npolicy = "x"\n[retention]\ndays = 0')
    assert said.count("\n- ") == 3
    assert all(key in said for key in ("`team.langage`", "`team.policy`", "`retention.days`"))


@pytest.mark.parametrize("value", ["http://127.0.0.1:8081", "http://[::1]:8081", "https://api.example.org/"])
def test_another_server_can_be_named(value: str) -> None:
    table = {"telegram": {"api_root": value}}
    assert check_settings(table, told="x", base=Path()).telegram.api_root == value.rstrip("/")


@pytest.mark.parametrize(
    "content", [b"\xff\xfe", b"a = ", f"x = '{CANARY}".encode(), f"[a]\n[a]\nb='{CANARY}'".encode()]
)
def test_a_file_that_is_no_toml_is_refused_without_being_quoted(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "vestka.toml"
    path.write_bytes(content)
    with pytest.raises(SettingsRefused, match=r"vestka\.toml is not") as refused:
        read_settings(path)
    assert CANARY not in str(refused.value)


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused, match="vestka init"):
        read_settings(tmp_path / "vestka.toml")


def test_a_folder_in_the_place_of_the_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused, match="cannot be read"):
        read_settings(tmp_path)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    table: dict[str, dict[str, Any]] = {
        "organisation": {"name": 'Узор "і" \\ К\x7f'.replace("\x7f", ""), "roots": [ROOT], "digest_hour": 7},
        "places": {"allow_disk_runtime": True},
        "team": {},
    }
    path = write(tmp_path, spell_settings(table))
    assert read_table(path) == {name: keys for name, keys in table.items() if keys}
    assert read_settings(path).organisation.name == 'Узор "і" \\ К'


def test_every_key_can_be_written_and_read_again(tmp_path: Path) -> None:
    everything = Settings().model_dump(mode="json", exclude_none=True)
    everything["places"]["runtime"] = "run"
    path = write(tmp_path, spell_settings(everything))
    assert {f"{name}.{key}" for name, keys in read_table(path).items() for key in keys} == set(KEYS)
    assert read_settings(path).model_dump(mode="json") == everything
