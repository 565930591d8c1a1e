"""`vestka doctor`: every finding with a remedy; it looks and changes nothing, also beside a running bot."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.checks import Finding, Grade
from bot.checks.instance import check_clock, check_database, check_roster, check_running, check_runtime
from bot.checks.network import compare_clocks
from bot.commands.doctor import examine
from bot.settings import Settings
from bot.settings_file import read_settings
from bot.sole import lock_path, sole
from bot.trust import bot_key
from storage.operator import OperatorSecrets
from storage.store import Store
from storage.tables import cases
from storage.volatile import KeyRing
from tests.bot.commands.paperwork import (
    ALTERED,
    ROOT,
    SECRETS_OF_ALL,
    TODAY,
    Paperwork,
    furnish,
    member,
    roster,
)
from tests.fakes import CountingIds, FakeClock
from tests.rig import Rig, telegram
from tests.storage.samples import flip, make_case, make_sealed

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
SECRETS = OperatorSecrets(signing_seed=bytes(32), case_key=bytes(32), roster=roster(), roster_serial=1)


@pytest.fixture(scope="module")
def rig() -> Iterator[Rig]:
    with telegram() as started:
        yield started


@pytest.fixture
def papers(rig: Rig, on_disk: Path) -> Paperwork:
    """An instance whose bot, token and group are in order."""
    return furnish(on_disk, api_root=rig.api_root, token=rig.said["token"], group=str(rig.team()))


def findings(papers: Paperwork) -> dict[str, list[Finding]]:
    """What the doctor found, by subject; nothing secret is in it, and what is wrong has a remedy."""
    found: dict[str, list[Finding]] = {}
    for finding in examine(papers.settings, papers.passphrase):
        assert finding.remedy or finding.grade is Grade.OK
        found.setdefault(finding.subject, []).append(finding)
    secrets = (*SECRETS_OF_ALL, "TEST-TOKEN", "-100")
    assert not any(secret in repr(found) for secret in secrets)
    return found


def grades(papers: Paperwork) -> dict[str, set[str]]:
    return {subject: {one.grade.value for one in found} for subject, found in findings(papers).items()}


def doctor(papers: Paperwork, *more: str) -> tuple[int, str]:
    arguments = ["--settings", str(papers.settings), "--passphrase-file", str(papers.passphrase), *more]
    result = CliRunner().invoke(app, ["doctor", *arguments])
    return result.exit_code, result.stdout


def test_an_instance_in_order_has_nothing_wrong(papers: Paperwork) -> None:
    told = grades(papers)
    assert told.pop("group") == {"ok", "warn"}  # only one person would hear the alarm
    assert told.pop("runtime directory") == {"warn"}  # it lies on a disk here
    assert set(told) == {
        "cryptography", "clock", "settings", "process", "secrets", "bot key", "roster", "database",
        "token",
    }  # fmt: skip
    assert all(each == {"ok"} for each in told.values()), told


def test_the_json_is_one_object_with_the_public_key_of_the_bot(papers: Paperwork) -> None:
    status, printed = doctor(papers, "--json")
    told = json.loads(printed)
    assert (status, told["ok"]) == (0, True)
    assert [one["value"] for one in told["findings"] if one["subject"] == "bot key"] == [bot_key(SECRETS)]
    assert {"subject", "grade", "words", "remedy", "value"} == set(told["findings"][0])


def test_a_person_gets_a_table(papers: Paperwork) -> None:
    status, printed = doctor(papers)
    assert status == 0
    assert "vestka_test_bot" in printed


def test_nothing_is_made_and_nothing_is_changed(papers: Paperwork) -> None:
    def look() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in papers.folder.rglob("*") if path.is_file()}

    before = look()
    findings(papers)
    assert look() == before
    assert not (papers.home / "runtime").exists()
    assert not (papers.home / "vestka.db").exists()


async def test_a_running_instance_is_not_disturbed(papers: Paperwork, new_id: CountingIds) -> None:
    settings = read_settings(papers.settings)
    ring = KeyRing.open(settings.runtime_path, now=datetime.now(UTC), allow_disk=True)
    keys = ring.today.key
    store = await Store.open(
        settings.database_url, ring=ring, case_key=bytes(32), now=lambda: datetime.now(UTC), new_id=new_id
    )
    with sole(lock_path(settings)):
        await store.run(lambda uow: uow.positions.set("telegram", "7"))
        found = await asyncio.to_thread(findings, papers)
        await store.run(lambda uow: uow.positions.set("telegram", "8"))
        assert await store.truncate_log()
    assert await store.run(lambda uow: uow.positions.get("telegram")) == "8"
    await store.close()
    assert found["database"][0].words.endswith("up to date.")
    assert "is running" in found["process"][0].words
    assert KeyRing.open(settings.runtime_path, now=datetime.now(UTC), allow_disk=True).today.key == keys


def test_settings_that_cannot_be_read_end_the_examination(papers: Paperwork) -> None:
    papers.settings.write_text("colour = 3", "utf-8")
    status, printed = doctor(papers, "--json")
    assert status == 1
    assert "`colour`" in json.loads(printed)["findings"][-1]["words"]


@pytest.mark.parametrize("words", ["няправільныя словы", ""])
def test_secrets_that_do_not_open_end_the_examination(papers: Paperwork, words: str) -> None:
    papers.passphrase.write_text(words, "utf-8")
    assert grades(papers)["secrets"] == {"fail"}


def test_secrets_that_others_may_read_are_a_warning(papers: Paperwork) -> None:
    (papers.home / "secrets.vkf").chmod(0o640)
    (finding,) = findings(papers)["secrets"]
    assert (finding.grade, finding.remedy[:14]) == (Grade.WARN, "Run: chmod 600")


@pytest.mark.parametrize(
    ("document", "grade", "words"),
    [
        (b"", Grade.FAIL, "no roster yet"),
        (roster(key=None), Grade.FAIL, "signatures"),
        (ALTERED, Grade.FAIL, "changed after"),
        (roster(members=[member(expires=TODAY + timedelta(days=3))]), Grade.WARN, "m-01 expires"),
        (roster(members=[member(expires=TODAY - timedelta(days=1))]), Grade.FAIL, "No moderator"),
        (roster(recovery=None), Grade.WARN, "no recovery"),
        (roster(), Grade.OK, "sealed to 2 keys"),
    ],
)
def test_the_roster_is_judged(document: bytes, grade: Grade, words: str) -> None:
    settings = Settings.model_validate({"organisation": {"roots": [ROOT.public.hex()]}})
    found = check_roster(settings, replace(SECRETS, roster=document), TODAY)
    assert any(one.grade is grade and words in one.words for one in found), found


def test_an_older_roster_than_the_one_accepted_is_a_failure() -> None:
    settings = Settings.model_validate({"organisation": {"roots": [ROOT.public.hex()]}})
    (finding,) = check_roster(settings, replace(SECRETS, roster_serial=2), TODAY)
    assert (finding.grade, "higher serial" in finding.words) == (Grade.FAIL, True)


@pytest.mark.parametrize(
    ("places", "grade"),
    [
        ({"runtime": "runtime"}, Grade.FAIL),
        ({"runtime": "runtime", "allow_disk_runtime": True}, Grade.WARN),
        ({"runtime": "file", "allow_disk_runtime": True}, Grade.FAIL),
        ({"runtime": "file/below", "allow_disk_runtime": True}, Grade.FAIL),
    ],
)
def test_the_runtime_directory_is_judged(on_disk: Path, places: dict[str, Any], grade: Grade) -> None:
    (on_disk / "file").touch()
    (finding,) = check_runtime(Settings.model_validate({"places": places, "base": on_disk}))
    assert (finding.grade, bool(finding.remedy)) == (grade, True)


async def test_a_file_that_is_no_database_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "vestka.db").write_bytes(b"not a database at all" * 100)
    (finding,) = await check_database(Settings(base=tmp_path), SECRETS)
    assert finding.grade is Grade.FAIL
    assert (tmp_path / "vestka.db").read_bytes() == b"not a database at all" * 100


async def test_a_damaged_case_is_named_by_the_beginning_of_its_id(
    tmp_path: Path, ring: KeyRing, clock: FakeClock, new_id: CountingIds
) -> None:
    """The control is the same database before."""
    settings, case = Settings(base=tmp_path), make_case(7)
    store = await Store.open(
        settings.database_url, ring=ring, case_key=SECRETS.case_key, now=clock.now, new_id=new_id
    )
    await store.run(lambda uow: uow.cases.add(case))
    await store.run(lambda uow: uow.objects.keep(make_sealed(), case=case.id, signature=b"", day=TODAY))
    await store.close()
    assert [finding.grade for finding in await check_database(settings, SECRETS)] == [Grade.OK]
    await flip(settings.database_url, cases)
    sound, damaged = await check_database(settings, SECRETS)
    assert (sound.grade, damaged.grade) == (Grade.OK, Grade.WARN)
    assert case.id.hex()[:8] in damaged.words
    assert damaged.remedy


async def test_a_folder_that_is_missing_is_a_failure(tmp_path: Path) -> None:
    (finding,) = await check_database(Settings(base=tmp_path / "nowhere"), SECRETS)
    assert finding.grade is Grade.FAIL


def test_a_process_that_does_not_run_is_said(tmp_path: Path) -> None:
    (finding,) = check_running(Settings(base=tmp_path))
    assert "not running" in finding.words


@pytest.mark.parametrize(("year", "grade"), [(1970, Grade.FAIL), (2026, Grade.OK)])
def test_a_clock_without_a_battery_is_noticed(year: int, grade: Grade) -> None:
    (finding,) = check_clock(datetime(year, 6, 1, tzinfo=UTC))
    assert finding.grade is grade


@pytest.mark.parametrize(("minutes", "words"), [(-30, "30 minutes behind"), (45, "45 minutes ahead of")])
def test_a_clock_that_differs_from_telegrams_is_named(minutes: int, words: str) -> None:
    (finding,) = compare_clocks(NOW + timedelta(minutes=minutes), NOW)
    assert words in finding.words


def test_a_clock_that_agrees_or_cannot_be_compared_is_no_finding() -> None:
    assert compare_clocks(NOW + timedelta(seconds=50), NOW) == []
    assert compare_clocks(NOW, None) == []


def test_a_token_that_telegram_does_not_know_is_a_failure(rig: Rig, tmp_path: Path) -> None:
    papers = furnish(tmp_path, api_root=rig.api_root)
    assert grades(papers)["token"] == {"fail"}
    assert doctor(papers)[0] == 1


def test_a_server_that_does_not_answer_is_a_failure(tmp_path: Path) -> None:
    papers = furnish(tmp_path, api_root="http://127.0.0.1:9")
    assert grades(papers)["telegram"] == {"fail"}


def test_a_group_that_the_bot_is_not_in_is_a_failure(rig: Rig, tmp_path: Path) -> None:
    papers = furnish(tmp_path, api_root=rig.api_root, token=rig.said["token"])
    (finding,) = findings(papers)["group"]
    assert "cannot see" in finding.words


def test_a_group_left_open_is_named_rule_by_rule(rig: Rig, tmp_path: Path) -> None:
    group = rig.ask("group", title="Адкрытая", forum=False, rights=[])["id"]
    rig.ask("settings", chat=group, values={"visible_history": True})
    papers = furnish(tmp_path, api_root=rig.api_root, token=rig.said["token"], group=str(group))
    words = " ".join(finding.words for finding in findings(papers)["group"])
    for fault in ("Topics", "History", "delete messages", "manage topics", "forwarded", "seven days"):
        assert fault in words


def test_a_bot_that_may_not_pin_is_a_warning_and_closes_nothing(rig: Rig, tmp_path: Path) -> None:
    group = rig.team()
    rights = ["can_delete_messages", "can_restrict_members", "can_manage_topics", "can_invite_users"]
    rig.ask("bot", chat=group, rights=rights)
    papers = furnish(tmp_path, api_root=rig.api_root, token=rig.said["token"], group=str(group))
    found = findings(papers)["group"]
    assert {finding.grade for finding in found} == {"ok", "warn"}
    assert any("Pin messages" in finding.remedy for finding in found)


def test_a_webhook_is_named_and_left_alone(rig: Rig, papers: Paperwork) -> None:
    import httpx

    base = f"{rig.said['base_url']}{rig.said['token']}"
    httpx.post(f"{base}/setWebhook", json={"url": "https://example.org/hook"})
    try:
        assert grades(papers)["webhook"] == {"warn"}
        assert httpx.post(f"{base}/getWebhookInfo").json()["result"]["url"]
    finally:
        httpx.post(f"{base}/deleteWebhook")
