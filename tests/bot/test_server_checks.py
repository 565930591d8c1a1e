"""What `vestka doctor` says of a PostgreSQL server: each rule can fail, and each remedy mends it."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.checks import Grade
from bot.checks.server import RULES, check_server, judge_server
from bot.settings import Places, Settings
from storage.server import ServerState, ask_server
from tests.rig import ROOT
from tests.storage.cluster import Cluster, run_cluster, tell

GOOD = ServerState(
    {
        "log_statement": "none", "log_min_error_statement": "panic", "log_error_verbosity": "terse",
        "log_parameter_max_length_on_error": "0", "log_parameter_max_length": "0",
        "log_min_duration_statement": "-1", "log_min_duration_sample": "-1",
        "log_transaction_sample_rate": "0", "log_duration": "off",
        "debug_print_parse": "off", "debug_print_plan": "off",
        "debug_print_rewritten": "off", "synchronous_commit": "on", "fsync": "on", "full_page_writes": "on",
        "archive_mode": "off", "wal_level": "replica", "data_checksums": "on",
    },
    unlogged=0, private_line=True, slots=0,
)  # fmt: skip
BAD = {
    "log_statement": "all", "log_min_error_statement": "error", "log_error_verbosity": "default",
    "log_parameter_max_length": "-1", "log_min_duration_statement": "500", "log_min_duration_sample": "100",
    "log_transaction_sample_rate": "0.5", "log_duration": "on", "debug_print_parse": "on",
    "debug_print_plan": "on", "debug_print_rewritten": "on", "fsync": "off", "full_page_writes": "off",
}  # fmt: skip
OK_WORDS = judge_server(GOOD)[0].words


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        *(({"settings": {**GOOD.settings, name: value}}, name) for name, value in BAD.items()),
        ({"settings": {**GOOD.settings, "log_parameter_max_length_on_error": "-1"}}, "values of failing"),
        ({"settings": {**GOOD.settings, "synchronous_commit": "off"}}, "acknowledged before"),
        ({"settings": {**GOOD.settings, "archive_mode": "on"}}, "archived"),
        ({"settings": {**GOOD.settings, "wal_level": "logical"}}, "wal_level"),
        ({"settings": {**GOOD.settings, "data_checksums": "off"}}, "checksums"),
        ({"settings": {**GOOD.settings, "auto_explain.log_min_duration": "0"}}, "auto_explain"),
        ({"unlogged": 1}, "UNLOGGED"),
        ({"private_line": False}, "not encrypted"),
        ({"slots": 1}, "slot"),
    ],
)
def test_each_rule_of_the_server_can_fail(broken: dict[str, Any], words: str) -> None:
    (finding,) = judge_server(replace(GOOD, **broken))
    assert words in finding.words
    assert finding.remedy


def test_a_good_server_is_one_good_finding() -> None:
    (finding,) = judge_server(GOOD)
    assert finding.grade is Grade.OK
    assert len(RULES) == 22


@pytest.fixture
def careless(cluster: Cluster) -> Iterator[Cluster]:
    """A server that is told everything wrong, and has a role without rights of its own."""
    with run_cluster(cluster.programs, options=BAD) as running:
        yield running


def statements(words: str) -> list[str]:
    return re.findall(r"(?:ALTER SYSTEM|SELECT pg_reload)[^;]*;", words)


@pytest.mark.postgres
def test_every_remedy_that_needs_no_restart_mends_what_it_is_for(careless: Cluster) -> None:
    before = judge_server(asyncio.run(ask_server(careless.url())))
    assert {name for name in BAD for finding in before if name in finding.words} == set(BAD)
    asyncio.run(tell(careless.url(), *(one for finding in before for one in statements(finding.remedy))))
    after = judge_server(asyncio.run(ask_server(careless.url())))
    assert [finding.words for finding in after if "checksums" not in finding.words] in ([], [OK_WORDS])


@pytest.mark.postgres
def test_the_commands_of_the_handbook_make_a_server_that_the_doctor_likes(careless: Cluster) -> None:
    text = (ROOT / "docs" / "operating.md").read_text("utf-8")
    (block,) = re.findall(r"<!-- postgresql: settings -->\n```sh\n(.*?)```", text, re.DOTALL)
    path = f"{careless.programs}:{os.environ['PATH']}"
    told = {
        "PATH": path,
        "PGHOST": str(careless.folder),
        "PGUSER": "vestka",
        "ROLE": "intake",
        "DATABASE": "kept",
    }
    done = subprocess.run(
        ["sh", "-c", block], env=told, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    url = careless.url("kept", role="intake")
    findings = asyncio.run(check_server(Settings(places=Places(database=url))))
    assert [finding.words for finding in findings if finding.grade is Grade.FAIL] == []
    assert [one.words for one in findings if "checksums" not in one.words] in ([], [OK_WORDS])
    asyncio.run(tell(url, "CREATE UNLOGGED TABLE fleeting (word text)"))  # the role owns its database
    findings = asyncio.run(check_server(Settings(places=Places(database=url))))
    assert [finding.grade for finding in findings if "UNLOGGED" in finding.words] == [Grade.FAIL]


async def test_a_file_has_no_server_and_one_that_is_away_is_told_of_elsewhere(tmp_path: Path) -> None:
    assert await check_server(Settings(base=tmp_path)) == []
    away = Places(database=f"postgresql+asyncpg://vestka@/v?host={tmp_path}")
    assert await check_server(Settings(places=away)) == []


@pytest.mark.postgres
def test_a_password_in_the_settings_is_pointed_out_and_not_repeated(cluster: Cluster) -> None:
    url = cluster.url(role="vestka:Kanareika7")
    findings = asyncio.run(check_server(Settings(places=Places(database=url))))
    assert any(".pgpass" in finding.remedy for finding in findings)
    assert "Kanareika" not in str(findings)
