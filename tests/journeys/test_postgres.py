"""The same stories over PostgreSQL: the whole way, crashes, and a database server that goes away."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from tests.journeys.house import House, furnish
from tests.journeys.stories import MOTHER, SEND
from tests.journeys.test_crashes import (
    test_a_power_cut_erases_the_talk_says_so_and_keeps_the_checkpoint,
    test_a_restart_in_the_middle_forgets_nothing,
    test_an_update_read_before_a_crash_comes_again_unless_it_was_acknowledged_early,
    test_many_write_at_once_and_nobody_waits_for_a_poisonous_update,
)
from tests.journeys.test_whole_way import (
    test_a_mothers_report_reaches_a_coordinator_sealed,
    test_everybody_on_the_roster_and_the_recovery_key_open_it_and_nobody_else,
    test_moderators_claim_release_and_close_with_buttons,
    test_retention_deletes_a_closed_report_after_thirty_days_and_any_after_ninety,
    test_the_digest_comes_at_its_hour_also_when_it_is_empty_and_in_one_size,
    test_two_who_claim_at_once_get_one_winner_and_one_kind_answer,
)

__all__ = [  # told again here, in a house over this database
    "test_a_mothers_report_reaches_a_coordinator_sealed",
    "test_a_power_cut_erases_the_talk_says_so_and_keeps_the_checkpoint",
    "test_a_restart_in_the_middle_forgets_nothing",
    "test_an_update_read_before_a_crash_comes_again_unless_it_was_acknowledged_early",
    "test_everybody_on_the_roster_and_the_recovery_key_open_it_and_nobody_else",
    "test_many_write_at_once_and_nobody_waits_for_a_poisonous_update",
    "test_moderators_claim_release_and_close_with_buttons",
    "test_retention_deletes_a_closed_report_after_thirty_days_and_any_after_ninety",
    "test_the_digest_comes_at_its_hour_also_when_it_is_empty_and_in_one_size",
    "test_two_who_claim_at_once_get_one_winner_and_one_kind_answer",
]

pytestmark = pytest.mark.postgres


@pytest.fixture
async def house(tmp_path: Path, postgres_url: str) -> AsyncIterator[House]:
    """The house of the other journeys, over PostgreSQL."""
    async with furnish(tmp_path) as made:
        made.url = postgres_url
        yield made
        assert made.tg.violations == []
    assert not has_database(tmp_path)  # the embedded one took no part


def has_database(folder: Path) -> bool:
    return any(folder.glob("*.db*"))


async def cut_off(url: str) -> int:
    """The server ends every connection to this database, as it does when it is restarted."""
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    cut: int = await connection.fetchval(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    await connection.close()
    return cut


async def test_a_database_server_that_is_restarted_in_mid_talk_loses_no_answer(house: House) -> None:
    mother = house.person()
    cut = 0
    async with house.running():
        for number, line in enumerate((*MOTHER, SEND)):
            if number in {2, 5, len(MOTHER)}:
                cut += await cut_off(house.url)
            await house.say(mother, line)
        (card,) = house.cards()
        answers = house.report(card)["answers"]
    assert cut >= 3
    assert answers["person"]["words"] == "Ян Прыклад, 1990"
    assert answers["narrative"]["value"] == "Прыйшлі двое ў масках, прычыны не назвалі."
    assert len(mother.screen()) == 1
