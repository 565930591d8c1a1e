"""`vestka roster install`: only a newer roster that the root has signed gets into the secrets."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.commands.roster import app
from bot.errors import InputRefused, PassphraseRefused, SettingsRefused
from storage.errors import SecretsRefused
from storage.operator import OperatorSecrets, load
from storage.sealing import NobodyToSealTo, RosterRefused
from tests.bot.commands.paperwork import (
    ALTERED,
    SECRETS_OF_ALL,
    STRANGER,
    WORDS,
    Paperwork,
    furnish,
    member,
    roster,
    vouched,
)


@pytest.fixture
def papers(tmp_path: Path) -> Paperwork:
    return furnish(tmp_path, api_root="https://api.example.org", roster=roster(serial=2), roster_serial=2)


def install(papers: Paperwork, document: bytes) -> Result:
    (papers.folder / "roster.json").write_bytes(document)
    line = ["install", papers.folder / "roster.json", "--settings", papers.settings]
    return CliRunner().invoke(app, [*map(str, line), "--passphrase-file", str(papers.passphrase)])


def test_without_vouchers_in_the_settings_the_root_alone_brings_somebody_in(papers: Paperwork) -> None:
    text = papers.settings.read_text("utf-8").replace("[organisation]", "[organisation]\nvouchers = 0")
    papers.settings.write_text(text, "utf-8")
    assert install(papers, roster(serial=3, members=[member(1), member(2)])).exit_code == 0


def secrets_of(papers: Paperwork) -> OperatorSecrets:
    return load(papers.home / "secrets.vkf", WORDS)


def test_a_newer_roster_takes_the_place_of_the_old_one_and_nothing_else_changes(papers: Paperwork) -> None:
    before, document = secrets_of(papers), roster(serial=3, members=[member(1), vouched(member(2), 1)])
    result = install(papers, document)
    assert result.exit_code == 0, result.exception
    assert "serial 3, 2 members" in result.stdout
    after = secrets_of(papers)
    assert (after.roster, after.roster_serial) == (document, 3)
    assert (after.signing_seed, after.case_key) == (before.signing_seed, before.case_key)
    assert (after.telegram_token, after.telegram_group) == (before.telegram_token, before.telegram_group)


def test_the_same_roster_again_changes_nothing(papers: Paperwork) -> None:
    before = secrets_of(papers)
    assert install(papers, roster(serial=2)).exit_code == 0
    assert secrets_of(papers) == before


@pytest.mark.parametrize(
    ("document", "kind", "words"),
    [
        (roster(serial=1), RosterRefused, "higher serial"),
        (roster(serial=2, members=[member(2)]), RosterRefused, "higher serial"),
        (roster(serial=3, key=None), RosterRefused, "signatures"),
        (roster(serial=3, key=STRANGER), RosterRefused, "signatures"),
        (ALTERED, RosterRefused, "changed after"),
        (roster(serial=3, members=[], recovery=None), NobodyToSealTo, "Sign a new roster"),
        (roster(serial=3, members=[member(1), member(2)]), RosterRefused, "m-02 is new"),
        (
            roster(serial=3, members=[member(1), vouched(member(2), 2)]),
            RosterRefused,
            "0 of 1 active members",
        ),
        (roster(serial=3, organisation="Іншы цэнтр"), RosterRefused, "another organisation"),
        (b"{}", RosterRefused, "vestka roster"),
    ],
)
def test_a_roster_that_must_not_be_obeyed_changes_nothing(
    papers: Paperwork, document: bytes, kind: type[Exception], words: str
) -> None:
    before = (papers.home / "secrets.vkf").read_bytes()
    result = install(papers, document)
    assert result.exit_code == 1
    assert isinstance(result.exception, kind)
    assert words in str(result.exception)
    assert not any(secret in str(result.exception) + result.output for secret in SECRETS_OF_ALL)
    assert (papers.home / "secrets.vkf").read_bytes() == before


@pytest.mark.parametrize(
    ("missing", "kind"),
    [
        ("instance/vestka.toml", SettingsRefused),
        ("instance/secrets.vkf", SecretsRefused),
        ("words.txt", PassphraseRefused),
    ],
)
def test_what_is_missing_is_named(papers: Paperwork, missing: str, kind: type[Exception]) -> None:
    (papers.folder / missing).unlink()
    result = install(papers, roster(serial=3))
    assert isinstance(result.exception, kind)


def test_a_roster_file_that_is_not_there_is_named(papers: Paperwork) -> None:
    line = ["install", "nowhere.json", "--settings", str(papers.settings)]
    assert isinstance(CliRunner().invoke(app, line).exception, InputRefused)
