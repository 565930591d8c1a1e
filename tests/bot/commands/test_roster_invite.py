"""`vestka roster invite`: a link for one entry of the installed roster, or a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.commands.roster import app
from bot.errors import InputRefused, NotReady
from tests.bot.commands.paperwork import SECRETS_OF_ALL, Paperwork, furnish
from tests.rig import Rig, telegram


@pytest.fixture(scope="module")
def rig() -> Iterator[Rig]:
    with telegram() as started:
        yield started


def invite(papers: Paperwork, pseudonym: str = "m-01") -> Result:
    line = ["invite", pseudonym, "--settings", papers.settings, "--passphrase-file", papers.passphrase]
    return CliRunner().invoke(app, [str(word) for word in line])


def instance(rig: Rig, folder: Path) -> Paperwork:
    return furnish(folder, api_root=rig.api_root, token=rig.said["token"], group=str(rig.team()))


def test_a_member_gets_a_link_that_ends_soon_and_asks_for_approval(rig: Rig, tmp_path: Path) -> None:
    result = invite(instance(rig, tmp_path))
    assert result.exit_code == 0, result.exception
    assert result.stdout.startswith("https://t.me/+")
    assert "For m-01 alone" in result.stdout
    assert not any(secret in result.stdout for secret in SECRETS_OF_ALL)


def test_nobody_is_invited_who_is_not_on_the_installed_roster(rig: Rig, tmp_path: Path) -> None:
    result = invite(instance(rig, tmp_path), "m-77")
    assert isinstance(result.exception, InputRefused)
    assert "m-77 is not on the installed roster" in str(result.exception)


def test_a_group_without_the_bot_gives_no_link_but_a_sentence(rig: Rig, tmp_path: Path) -> None:
    papers = furnish(tmp_path, api_root=rig.api_root, token=rig.said["token"], group="-1009")
    result = invite(papers)
    assert isinstance(result.exception, NotReady)
    assert "vestka doctor" in str(result.exception)
