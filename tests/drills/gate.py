"""The group is opened only while nobody can read it who may not: random histories beside the truth."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from handlers import approvals
from handlers.approvals import Approval, Matter, Request, hash_words
from handlers.guard.rules import judge
from handlers.guard.standing import Looked, Standing, State, Unlocked, step
from tests.drills.drill import Drill, Outcome, Show, Size, Sizes
from tests.drills.gate_world import MOVES, Channel, change, found, read

START = date(2026, 11, 23)
MEMBERS = {"m-01": "", "m-02": ""}
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


@dataclass
class Plea:
    """Who asked for this lock to be opened and when, and what the rules made of it."""

    lock: int = 0
    asked: list[tuple[str, date, int]] = field(default_factory=list)
    approval: Approval | None = None

    def hear(self, by: str, day: date) -> bool:
        """Somebody asks, perhaps the same as before, perhaps too late: whether two have agreed."""
        self.asked.append((by, day, self.lock))
        now = Request(Matter.UNLOCK, words=hash_words(str(self.lock)))
        if self.approval is not None:
            agreed = approvals.agree(self.approval, now, by=by, day=day, members=MEMBERS)
            used = isinstance(agreed, Approval) and approvals.use(agreed, now, day=day, members=MEMBERS)
            if isinstance(used, Approval):
                self.approval = None
                return True
        known = [self.approval] if self.approval else []
        answer = approvals.ask(now, key=bytes(16), by=by, day=day, members=MEMBERS, known=known)
        self.approval = answer if isinstance(answer, Approval) else None
        return False

    def is_of_two(self) -> bool:
        """What really happened: two people, on one day, about this lock."""
        _, day, lock = self.asked[-1]
        return len({by for by, when, what in self.asked if (when, what) == (day, lock)}) > 1


def _plead(standing: Standing, plea: Plea, *, by: str, day: date, tally: Tally) -> Standing:
    if not plea.hear(by, day):
        return standing
    tally.unlocked_alone += not plea.is_of_two()
    plea.lock += 1
    return step(standing, Unlocked())[0]


def _live(chance: random.Random, tally: Tally, *, readings: int) -> None:
    """One history: things happen, the guard looks, people ask."""
    channel, standing, plea, day = found(chance), Standing(), Plea(), START
    for _ in range(chance.randint(1, readings)):
        for _ in range(chance.choice((0, 1, 1, 2, 3))):
            change(channel, chance)
        if standing.state is State.LOCKED and chance.random() < 0.6:
            day += timedelta(days=chance.random() < 0.3)
            standing = _plead(standing, plea, by=chance.choice(tuple(MEMBERS)), day=day, tally=tally)
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
