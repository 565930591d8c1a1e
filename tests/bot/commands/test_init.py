"""`vestka init`: a whole instance or none, secrets under the passphrase alone, keys that stay."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.errors import InputRefused, PassphraseRefused, SettingsRefused, VestkaError
from bot.settings_file import read_settings
from bot.setup.answers import read_answers
from bot.trust import bot_key
from storage.errors import SecretsRefused
from storage.operator import OperatorSecrets, load, save
from storage.sealing import FLOOR, NobodyToSealTo, RosterRefused
from tests.bot.commands.paperwork import (
    ALTERED,
    GROUP,
    ROOT,
    SECRETS_OF_ALL,
    STRANGER,
    TOKEN,
    WORDS,
    Paperwork,
    bring,
    furnish,
    roster,
)

Run = Callable[..., Result]


@pytest.fixture
def papers(tmp_path: Path) -> Paperwork:
    """Everything an operator brings."""
    return bring(tmp_path)


@pytest.fixture
def instance(tmp_path: Path) -> Paperwork:
    """An instance that is there already."""
    return furnish(tmp_path, api_root="https://api.example.org")


def run(arguments: list[str]) -> Result:
    return CliRunner().invoke(app, arguments)


def refusal(result: Result, kind: type[Exception]) -> str:
    """The sentence; nothing secret in it."""
    assert result.exit_code == 1
    assert isinstance(result.exception, kind), result.exception
    said = str(result.exception)
    assert not any(secret in said + result.output for secret in SECRETS_OF_ALL)
    return said


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def secrets_of(papers: Paperwork) -> OperatorSecrets:
    return load(papers.home / "secrets.vkf", WORDS)


def test_an_instance_is_set_up_without_a_question(papers: Paperwork) -> None:
    result = run(papers.arguments("--light", digest_hour=7, retention_days=60))
    assert result.exit_code == 0, result.exception
    settings, secrets = read_settings(papers.settings), secrets_of(papers)
    assert settings.organisation.roots == (ROOT.public.hex(),)
    assert (settings.organisation.digest_hour, settings.team.language, settings.retention.days) == (
        7,
        "en",
        60,
    )
    assert (secrets.telegram_token, secrets.telegram_group) == (TOKEN, GROUP)
    assert (secrets.roster, secrets.roster_serial) == (roster(), 1)
    assert bot_key(secrets) in result.output
    assert not any(secret in result.output for secret in SECRETS_OF_ALL)


def test_both_files_are_their_owners_alone_and_the_settings_hold_no_secret(papers: Paperwork) -> None:
    assert run(papers.arguments("--light")).exit_code == 0
    assert sorted(path.name for path in papers.home.iterdir()) == ["secrets.vkf", "vestka.toml"]
    assert {mode(path) for path in papers.home.iterdir()} == {0o600}
    assert mode(papers.home) == 0o700
    assert not any(secret in papers.settings.read_text("utf-8") for secret in SECRETS_OF_ALL)


def test_a_root_can_be_named_by_its_public_file(papers: Paperwork) -> None:
    from bot.keys.public import PublicKeys

    keys = PublicKeys("root", {"root": ROOT.public.hex()})
    (papers.folder / "root.public").write_text(json.dumps(keys.to_json()), "utf-8")
    told = read_answers(papers.put(root=["root.public", STRANGER.public.hex()], signatures=1), renew=False)
    assert told.settings["organisation"]["roots"] == [ROOT.public.hex(), STRANGER.public.hex()]


def test_an_instance_is_never_overwritten_by_mistake(instance: Paperwork) -> None:
    before = {path: path.read_bytes() for path in instance.home.iterdir()}
    assert "--renew" in refusal(run(instance.arguments("--light")), InputRefused)
    instance.settings.unlink()  # the secrets alone are worth as much
    before.pop(instance.settings)
    refusal(run(instance.arguments("--light")), SecretsRefused)
    assert {path: path.read_bytes() for path in instance.home.iterdir()} == before


def test_renewing_keeps_the_keys_and_whatever_is_not_answered(instance: Paperwork) -> None:
    before = secrets_of(instance)
    with instance.settings.open("a", encoding="utf-8") as file:
        file.write("\n[retention]\ndays = 45\n")
    instance.answers = {"passphrase_file": "words.txt", "policy": "bell", "token_file": "new.txt"}
    (instance.folder / "new.txt").write_text("8589934592:BBanother-token-of-nobody-0123", "utf-8")
    result = run(instance.arguments("--renew"))
    assert result.exit_code == 0, result.exception
    settings, after = read_settings(instance.settings), secrets_of(instance)
    assert (settings.team.policy, settings.team.language, settings.retention.days) == ("bell", "en", 45)
    assert after.telegram_token == "8589934592:BBanother-token-of-nobody-0123"
    assert after.telegram_group == before.telegram_group
    assert (after.signing_seed, after.case_key, after.roster) == (
        before.signing_seed, before.case_key, before.roster,
    )  # fmt: skip
    assert bot_key(before) in result.output


def test_renewing_takes_only_a_newer_roster(instance: Paperwork) -> None:
    instance.answers = {"passphrase_file": "words.txt", "roster": "roster.json"}
    path = instance.folder / "roster.json"
    path.write_bytes(roster(serial=4))
    assert run(instance.arguments("--renew")).exit_code == 0
    assert secrets_of(instance).roster_serial == 4
    path.write_bytes(roster(serial=3))
    assert "higher serial" in refusal(run(instance.arguments("--renew")), RosterRefused)
    assert secrets_of(instance).roster_serial == 4


def test_renewing_with_another_passphrase_changes_nothing(instance: Paperwork) -> None:
    before = {path: path.read_bytes() for path in instance.home.iterdir()}
    (instance.folder / "words.txt").write_text("нешта зусім іншае", "utf-8")
    assert "passphrase" in refusal(run(instance.arguments("--renew")), SecretsRefused)
    assert {path: path.read_bytes() for path in instance.home.iterdir()} == before


def test_the_credential_of_systemd_is_the_passphrase(
    instance: Paperwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(instance.folder))
    instance.answers = {"policy": "bell"}
    asked = refusal(run(instance.arguments("--renew")), PassphraseRefused)
    assert "nothing is asked" in asked
    instance.passphrase.rename(instance.folder / "vestka-passphrase")
    assert run(instance.arguments("--renew")).exit_code == 0
    assert read_settings(instance.settings).team.policy == "bell"


@pytest.mark.parametrize(
    ("changes", "kind", "words"),
    [
        ({"group": "1008589934592"}, InputRefused, "negative number"),
        ({"group": "@dziazhurstva"}, InputRefused, "negative number"),
        ({"group": True}, InputRefused, "negative number"),
        ({"group": None}, InputRefused, "missing: `group`"),
        ({"language": "pl"}, SettingsRefused, "`team.language`"),
        ({"time_zone": "Mars"}, SettingsRefused, "Europe/Minsk"),
        ({"digest_hour": "8"}, SettingsRefused, "whole number"),
        ({"root": "zz"}, InputRefused, "64 hexadecimal digits"),
        ({"root": 7}, InputRefused, "`root`"),
        ({"root": STRANGER.public.hex()}, RosterRefused, "signatures"),
        ({"signatures": 2}, SettingsRefused, "more root keys"),
        ({"roster": "nowhere.json"}, InputRefused, "cannot be read"),
        ({"roster": "token.txt"}, RosterRefused, "vestka roster"),
        ({"token_file": "roster.json"}, InputRefused, "no bot token"),
        ({"token_file": 5}, InputRefused, "`token_file`"),
        ({"passphrase_file": "nowhere"}, PassphraseRefused, "cannot be read"),
        ({"passphrase_file": None}, PassphraseRefused, "nothing is asked"),
        ({"api_root": "http://example.org"}, SettingsRefused, "https://"),
        ({"tokn": "x"}, InputRefused, "unknown key `tokn`"),
    ],
)
def test_a_wrong_answer_is_named_and_nothing_is_written(
    papers: Paperwork, changes: dict[str, Any], kind: type[VestkaError], words: str
) -> None:
    assert words in refusal(run(papers.arguments("--light", **changes)), kind)
    assert not papers.home.exists()


@pytest.mark.parametrize(
    ("document", "kind", "words"),
    [
        (roster(key=None), RosterRefused, "signatures"),
        (roster(key=STRANGER), RosterRefused, "signatures"),
        (ALTERED, RosterRefused, "changed after"),
        (roster(members=[], recovery=None), NobodyToSealTo, "Sign a new roster"),
        (b"", RosterRefused, "vestka roster"),
    ],
)
def test_a_roster_that_must_not_be_obeyed_is_refused(
    papers: Paperwork, document: bytes, kind: type[Exception], words: str
) -> None:
    (papers.folder / "roster.json").write_bytes(document)
    if not document:  # an empty file is no roster at all
        kind, words = Exception, "roster"
    assert words in refusal(run(papers.arguments("--light")), kind)
    assert not papers.home.exists()


def test_a_weak_passphrase_is_refused(papers: Paperwork) -> None:
    papers.passphrase.write_text("кароткая", "utf-8")
    assert "seven random words" in refusal(run(papers.arguments("--light")), PassphraseRefused)


@pytest.mark.parametrize("content", ["a = ", "\ud800"])
def test_answers_that_are_no_toml_are_refused(papers: Paperwork, content: str) -> None:
    arguments = papers.arguments("--light")
    (papers.folder / "answers.toml").write_bytes(content.encode("utf-8", "surrogatepass"))
    assert "cannot be read as TOML" in refusal(run(arguments), InputRefused)


def test_missing_answers_are_refused_in_a_sentence(papers: Paperwork) -> None:
    arguments = papers.arguments("--light")
    (papers.folder / "answers.toml").unlink()
    assert "cannot be read" in refusal(run(arguments), InputRefused)


def test_a_folder_that_cannot_be_made_is_refused(papers: Paperwork) -> None:
    papers.home.write_text("in the way", "utf-8")
    assert "Choose one" in refusal(run(papers.arguments("--light")), InputRefused)


def test_without_the_settings_the_secrets_do_not_stay_either(papers: Paperwork) -> None:
    papers.home.mkdir()
    (papers.home / "vestka.toml").symlink_to("gone.toml")  # looks absent, and cannot be made
    refusal(run(papers.arguments("--light")), InputRefused)
    assert not (papers.home / "secrets.vkf").exists()


def test_the_cost_of_the_secrets_stays_when_they_are_renewed(instance: Paperwork) -> None:
    from storage.sealing.keyfile import cost_of

    instance.answers = {"passphrase_file": "words.txt"}
    assert run(instance.arguments("--renew")).exit_code == 0
    path = instance.home / "secrets.vkf"
    assert cost_of(path.read_bytes()) == FLOOR
    save(path, secrets_of(instance), passphrase=WORDS, replace=True)
    assert cost_of(path.read_bytes()) == FLOOR
