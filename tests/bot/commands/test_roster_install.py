"""`vestka roster install`: only a newer roster that the root has signed gets into the secrets."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.commands.roster import app
from bot.errors import InputRefused, PassphraseRefused, SettingsRefused
from bot.instance import utc_now
from bot.settings_file import read_settings
from handlers.suspensions import Suspension
from storage.errors import DatabaseUnreachable, SecretsRefused
from storage.operator import OperatorSecrets, load
from storage.sealing import NobodyToSealTo, Roster, RosterRefused, SigningKey, sign_roster
from storage.store import Store
from storage.volatile import KeyRing
from tests.bot.commands.paperwork import (
    ALTERED,
    ROOT,
    SECRETS_OF_ALL,
    STRANGER,
    TODAY,
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


TEAM = [member(number) for number in (1, 2, 3)]
SECOND, THIRD = (SigningKey.from_seed(bytes([seed]) * 32) for seed in (21, 22))


def suspend(papers: Paperwork, pseudonym: str) -> None:
    """Two of the team did so in the chat."""
    settings = read_settings(papers.settings)
    ring = KeyRing.open(settings.runtime_path, now=utc_now(), allow_disk=True)
    one = Suspension(bytes(16), pseudonym, "m-01", "m-03", day=TODAY.isoformat(), serial=2)

    async def keep() -> None:
        store = await Store.open(
            settings.database_url, ring=ring, case_key=bytes(32), now=utc_now, new_id=lambda: bytes(16)
        )
        await store.run(lambda uow: uow.suspensions.keep(one))
        await store.close()

    asyncio.run(keep())


@pytest.mark.parametrize(("suspended", "taken"), [("m-02", False), ("m-03", True), ("", True)])
def test_a_voucher_of_whoever_was_suspended_in_the_chat_does_not_count(
    tmp_path: Path, suspended: str, taken: bool
) -> None:
    """The controls: somebody else was suspended, or nobody."""
    told: dict[str, Any] = {"roster": roster(serial=2, members=TEAM), "roster_serial": 2}
    papers = furnish(tmp_path, api_root="https://api.example.org", **told)
    if suspended:
        suspend(papers, suspended)
    result = install(papers, roster(serial=3, members=[*TEAM, vouched(member(4), 1, 2)]))
    assert (result.exit_code == 0) is taken
    assert secrets_of(papers).roster_serial == (3 if taken else 2)
    if not taken:
        assert "m-04 is new" in str(result.exception)
        assert "1 of 2 active members" in str(result.exception)


def test_a_database_that_cannot_be_read_lets_nobody_new_in(papers: Paperwork) -> None:
    (papers.home / "vestka.db").write_bytes(b"no database at all" * 300)
    result = install(papers, roster(serial=3, members=[member(1), vouched(member(2), 1)]))
    assert isinstance(result.exception, DatabaseUnreachable)
    assert secrets_of(papers).roster_serial == 2


def signed_by(*keys: SigningKey) -> bytes:
    """One signature after the other, as on different machines; the same key twice makes two."""
    draft = Roster.from_bytes(roster(serial=3, key=None))
    signatures = [Roster.from_bytes(sign_roster(draft, [key])).signatures[0] for key in keys]
    return replace(draft, signatures=tuple(signatures)).to_bytes()


@pytest.mark.parametrize(
    ("keys", "count"),
    [
        ((ROOT, SECOND), 2),
        ((ROOT, THIRD), 2),
        ((THIRD, SECOND), 2),
        ((ROOT, SECOND, THIRD), 3),
        ((), 0),
        ((SECOND,), 1),
        ((STRANGER, THIRD), 1),
        ((STRANGER, SigningKey.from_seed(bytes(32))), 0),
        ((ROOT, ROOT), 1),
    ],
)
def test_any_two_of_three_roots_sign_and_nothing_less(
    papers: Paperwork, keys: tuple[SigningKey, ...], count: int
) -> None:
    named = json.dumps([key.public.hex() for key in (ROOT, SECOND, THIRD)])
    text = papers.settings.read_text("utf-8").replace(json.dumps([ROOT.public.hex()]), named)
    papers.settings.write_text(text.replace("[organisation]", "[organisation]\nsignatures = 2"), "utf-8")
    result = install(papers, signed_by(*keys))
    assert (result.exit_code == 0) is (count >= 2), result.exception
    assert secrets_of(papers).roster_serial == (3 if count >= 2 else 2)
    if count < 2:
        assert f"{count} of 2 signatures" in str(result.exception)


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
