"""The group is opened only while nobody can read it who may not: random histories beside the truth."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from handlers.guard.rules import judge
from handlers.guard.standing import Approval, Looked, Standing, State, step
from tests.drills.drill import Drill, Outcome, Show, Size, Sizes
from tests.drills.gate_world import MOVES, Channel, change, found, read

START = datetime(2026, 11, 23, tzinfo=UTC)
WITHOUT = {
    "without_the_count": frozenset({"strangers", "count"}),
    "without_the_second_count": frozenset({"moving"}),
    "without_the_history": frozenset({"history"}),
    "without_the_public_name": frozenset({"public"}),
    "without_the_roster_of_today": frozenset({"suspended", "lapsed"}),
}


@dataclass
class Tally:
    """What was seen over all histories."""

    readings: int = 0
    opened: int = 0
    unsafe: int = 0
    kept_closed: int = 0  # readings at which nobody could have read who may not, and the rules said no
    kept_locked: int = 0
    unlocked_alone: int = 0
    needless: Counter[str] = field(default_factory=Counter)
    control: Counter[str] = field(default_factory=Counter)


def _look(channel: Channel, chance: random.Random, tally: Tally) -> Looked:
    """One reading, during which somebody may move; judged beside the truth at its end."""
    at = chance.randrange(3) if chance.random() < 0.1 else -1
    view = read(channel, lambda after: change(channel, chance, MOVES) if after == at else None)
    broken = judge(view)
    names = {rule.name for rule in broken}
    tally.readings += 1
    if channel.is_unsafe():
        for control, missing in WITHOUT.items():
            tally.control[control] += names <= missing
    elif names:
        tally.kept_closed += 1
        if len(names) == 1:
            tally.needless.update(names)
    return Looked(broken)


def _plead(standing: Standing, now: datetime, chance: random.Random, tally: Tally) -> Standing:
    """Somebody asks for reopening, perhaps the same as before, perhaps too late."""
    by = chance.choice(("m-01", "m-02"))
    within = [one for one in standing.approvals if now - one.at <= timedelta(minutes=30)]
    alone = not any(one.by != by for one in within)
    after, _ = step(standing, Approval(by, now))
    tally.unlocked_alone += after.state is not State.LOCKED and alone
    return after


def _live(chance: random.Random, tally: Tally, *, readings: int) -> None:
    """One history: things happen, the guard looks, people ask."""
    channel, standing, now = found(chance), Standing(), START
    for _ in range(chance.randint(1, readings)):
        for _ in range(chance.choice((0, 1, 1, 2, 3))):
            change(channel, chance)
        if standing.state is State.LOCKED and chance.random() < 0.6:
            now += timedelta(minutes=chance.randint(1, 50))
            standing = _plead(standing, now, chance, tally)
        before = standing.state
        standing, _ = step(standing, _look(channel, chance, tally))
        tally.opened += standing.state is State.OPEN
        tally.unsafe += standing.state is State.OPEN and channel.is_unsafe()
        tally.kept_locked += before is State.LOCKED and not channel.is_unsafe()


async def hold(sizes: Sizes, show: Show) -> Outcome:
    """Live through the histories; a reading that opens is unsafe if anybody could read who may not."""
    chance, tally = random.Random(sizes.seed), Tally()
    for _ in show.each(range(sizes["histories"]), "histories"):
        _live(chance, tally, readings=sizes["readings"])
    safe = tally.opened + tally.kept_closed
    figures = {
        "readings": tally.readings,
        "opened": tally.opened,
        "unsafe_openings": tally.unsafe,
        "unlocked_by_one_person": tally.unlocked_alone,
        "safe_and_kept_closed": tally.kept_closed,
        "share_of_safe_readings_kept_closed": round(tally.kept_closed / max(1, safe), 3),
        "of_these_for_one_rule_alone": dict(tally.needless.most_common()),
        "safe_and_waiting_for_two_moderators": tally.kept_locked,
    }
    faults = [f"{tally.unsafe} unsafe openings"] if tally.unsafe else []
    faults += ["the lock was opened by one person"] if tally.unlocked_alone else []
    faults += [] if tally.opened else ["the group was never opened"]
    control = {name: tally.control[name] for name in WITHOUT}
    return Outcome(figures, faults, control, fired=all(control.values()))


DRILL = Drill(
    "gate",
    "The moderators' group is written to only while nobody can read it who may not, now or later.",
    {
        "histories": Size(2_500, 1_000_000, "random histories of a group"),
        "readings": Size(8, 8, "readings in one history, at most"),
    },
    hold,
)
