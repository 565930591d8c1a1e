"""kill -9 at any point: what was acknowledged is kept, nothing is half kept, nothing is kept twice."""

from __future__ import annotations

import asyncio
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.store import Store
from storage.unit_of_work import UnitOfWork
from storage.volatile import KeyRing

_ROOT = Path(__file__).parents[2]
_NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
_LAST = 30


@dataclass(frozen=True, slots=True)
class Found:
    """What a fresh start finds: numbers of the updates whose case, object, letter is there; the position."""

    cases: list[int]
    objects: list[int]
    letters: list[int]
    position: int
    acknowledged: int

    @property
    def whole(self) -> bool:
        """Exactly what the position says, each once; and nothing acknowledged that is not there."""
        expected = list(range(1, self.position + 1))
        same = self.cases == self.objects == self.letters == expected
        return same and self.acknowledged <= self.position


def start(folder: Path, *, mode: str, die_at: int = 0) -> subprocess.Popen[bytes]:
    arguments = [sys.executable, "-m", "tests.storage.keeper", str(folder), str(_LAST), mode, str(die_at)]
    return subprocess.Popen(
        arguments, cwd=_ROOT, env={"PYTHONPATH": ":".join(["."] + [p for p in sys.path if p])}
    )


def run(folder: Path, *, mode: str, die_at: int = 0) -> bool:
    """Let it run; True if it was killed."""
    code = start(folder, mode=mode, die_at=die_at).wait(60)
    assert code in {0, -signal.SIGKILL}
    return code != 0


async def look(folder: Path) -> Found:
    """Open what is left, as the next start would."""
    ring = KeyRing.open(folder / "runtime", now=_NOW, allow_disk=True)
    url = f"sqlite+aiosqlite:///{folder / 'vestka.db'}"
    store = await Store.open(url, ring=ring, case_key=bytes(32), now=lambda: _NOW, new_id=lambda: bytes(16))
    found = await store.run(lambda unit: _look(unit, folder))
    await store.close()
    return found


async def _look(unit: UnitOfWork, folder: Path) -> Found:
    acknowledged = folder / "acknowledged"
    cases = sorted(int.from_bytes(case.id, "big") for case in await unit.cases.all())
    kept = await unit.objects.of_days(_NOW.date(), _NOW.date())
    letters = sorted(letter.payload["n"] for letter in await unit.outbox.take(10_000))
    return Found(
        cases,
        sorted(int.from_bytes(one.id, "big") - 1000 for one in kept),
        letters,
        int(await unit.positions.get("telegram") or 0),
        int(acknowledged.read_text().split()[-1]) if acknowledged.exists() else 0,
    )


async def test_a_kill_at_any_point_of_a_batch_loses_and_doubles_nothing(tmp_path: Path) -> None:
    for die_at in range(1, 13):  # a batch of three passes nine points
        assert run(tmp_path, mode="whole", die_at=die_at) or die_at > 9
        assert (await look(tmp_path)).whole
    run(tmp_path, mode="whole")
    found = await look(tmp_path)
    assert found.whole
    assert found.position == _LAST


@pytest.mark.slow
def test_kills_from_outside_at_any_moment_lose_and_double_nothing(tmp_path: Path) -> None:
    chance = random.Random(20261123)  # noqa: S311  (moments, not secrets)
    for _ in range(8):
        process = start(tmp_path, mode="whole")
        time.sleep(chance.uniform(0.6, 1.6))  # the whole point: any moment
        process.kill()
        process.wait(60)
        assert asyncio.run(look(tmp_path)).whole
    run(tmp_path, mode="whole")
    assert asyncio.run(look(tmp_path)).cases == list(range(1, _LAST + 1))


async def test_acknowledging_before_the_commit_would_lose_a_report(tmp_path: Path) -> None:
    assert run(tmp_path, mode="early", die_at=2)
    assert not run(tmp_path, mode="early")
    found = await look(tmp_path)
    assert not found.whole
    assert found.cases == list(range(4, _LAST + 1))


async def test_a_letter_apart_from_the_position_would_be_doubled(tmp_path: Path) -> None:
    assert run(tmp_path, mode="split", die_at=2)
    assert not run(tmp_path, mode="split")
    found = await look(tmp_path)
    assert not found.whole
    assert found.letters[:6] == [1, 1, 2, 2, 3, 3]
