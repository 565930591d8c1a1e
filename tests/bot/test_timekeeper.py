"""A clock in doubt posts nothing for the moderators, tells the operator once, and mends by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.timekeeper import Timekeeper, steady_seconds
from storage.store import Store
from tests.bot.sending_rig import HANNA, Rig
from tests.fakes import FakeClock


class Clocks:
    """Three clocks: the machine's may be set wrong, the steady one never is, the network's answers or not."""

    def __init__(self, clock: FakeClock) -> None:
        self.true = clock
        self.wrong = timedelta(0)
        self.answered: datetime | None = None
        self.keeper = Timekeeper(lambda: self.answered, wall=self._wall, steady=self._steady)

    def _wall(self) -> datetime:
        return self.true.now() + self.wrong

    def _steady(self) -> float:
        return self.true.now().timestamp()

    def pass_by(self, *, answered: bool = True, **span: float) -> None:
        self.true.advance(**span)
        if answered:
            self.answered = self.true.now()
        self.keeper.look()


@pytest.fixture
def clocks(clock: FakeClock) -> Clocks:
    return Clocks(clock)


def test_doubt_is_told_once_and_its_end_once(clocks: Clocks, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"):
        clocks.pass_by(minutes=1)
        clocks.wrong = timedelta(hours=-1)
        for _ in range(3):
            clocks.pass_by(minutes=1)
        clocks.wrong = timedelta(0)
        clocks.pass_by(minutes=1)
    assert not clocks.keeper.doubtful
    assert [record.getMessage() for record in caplog.records] == ["clock.doubtful", "clock.agreed"]


def test_a_jump_between_two_looks_is_noticed_at_once(clocks: Clocks) -> None:
    clocks.wrong = timedelta(days=365)
    assert clocks.keeper.doubtful
    assert clocks.keeper.now() == clocks.true.now()


def test_between_two_answers_the_networks_clock_goes_on(clocks: Clocks) -> None:
    clocks.pass_by(minutes=1)
    clocks.pass_by(hours=3, answered=False)
    assert not clocks.keeper.doubtful


def test_a_network_that_never_answered_casts_no_doubt(clocks: Clocks) -> None:
    clocks.pass_by(hours=3, answered=False)
    assert not clocks.keeper.doubtful


def test_a_network_at_the_end_of_time_casts_doubt_and_breaks_nothing(clocks: Clocks) -> None:
    clocks.answered = datetime.max.replace(tzinfo=UTC)
    clocks.pass_by(minutes=1, answered=False)
    clocks.pass_by(minutes=1, answered=False)
    assert clocks.keeper.doubtful
    assert clocks.keeper.now() == clocks.true.now()


def test_the_machines_steady_clock_counts_seconds() -> None:
    assert steady_seconds() <= steady_seconds()


async def test_while_paused_cards_wait_and_screens_go_out(store: Store, clock: FakeClock) -> None:
    rig = Rig(store, clock)
    rig.paused = True
    await rig.card("c1")
    await rig.show(HANNA, "Калі гэта было?")
    await rig.sender.settle()
    assert rig.told.cards == []
    assert rig.network.texts(HANNA) == ["Калі гэта было?"]
    rig.paused = False
    await rig.sender.settle()
    assert rig.told.cards == ["c1"]
    await rig.stop()


async def test_a_card_that_was_taken_out_before_the_doubt_waits_as_well(
    store: Store, clock: FakeClock
) -> None:
    rig = Rig(store, clock)
    await rig.card("c1")
    rig.doubts, rig.paused = iter([False]), True  # the doubt comes between claiming and sending
    await rig.sender.settle()
    assert rig.told.cards == []
    rig.paused = False
    await rig.clock.turn(600)
    assert rig.told.cards == ["c1"]
    await rig.stop()
