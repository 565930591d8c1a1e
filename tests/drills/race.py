"""A stranger comes into the moderators' group at every moment around a post: before any call to the network.

Three cards wait each time. The stranger comes in the open (the network tells of it), in silence (the update
is lost), or in the place of a moderator who leaves in the same moment, so that the count stays the same. What
they can read is taken from the group's own history. Afterwards they are put out, and two moderators reopen.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import cast

from bot.guard import Guard
from bot.posting import post_card
from bot.service import Service
from bot.standings import load_standing
from handlers.guard.standing import Standing, State
from storage.unit_of_work import UnitOfWork
from tests.doubles.telegram.faults import Fault, FaultPlan
from tests.doubles.telegram.people import Person
from tests.doubles.telegram.world import JSON, Member
from tests.drills.databases import own_database
from tests.drills.drill import Drill, Outcome, Show, Size, Sizes
from tests.drills.race_stale import Stale
from tests.journeys.house import House, furnish
from tests.storage.samples import make_case, make_sealed

OPENLY, SILENTLY, SWAPPED = "openly", "silently", "in_place_of_a_moderator"
WAYS = (OPENLY, SILENTLY, SWAPPED)
CARDS = 3
PATIENCE = 2_000  # looks of a hundredth of a second


class Trap(FaultPlan):
    """Runs something just before the call of that number; polls are not counted."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = 0
        self._spring: Callable[[], None] | None = None
        self._at = 0

    def set(self, at: int, spring: Callable[[], None]) -> None:
        """From now on calls are counted."""
        self.seen, self._at, self._spring = 0, at, spring

    @property
    def sprung(self) -> bool:
        """Whether it has happened."""
        return self._spring is None

    def strike(self, method: str, parameters: JSON) -> Fault | None:
        if method != "getUpdates":
            if self._spring is not None and self.seen >= self._at:
                spring, self._spring = self._spring, None
                spring()
            self.seen += 1
        return None


@dataclass
class Race:
    """A running house, the stranger, and what was seen."""

    house: House
    service: Service
    stranger: Person
    trap: Trap = field(default_factory=Trap)
    tally: Counter[str] = field(default_factory=Counter)
    numbers: count[int] = field(default_factory=lambda: count(1))
    joined: int = 0

    def come(self, way: str) -> None:
        """In they are; `joined` is the first message they can read."""
        group = self.house.group
        self.joined = group.state.last_id + 1
        if way == OPENLY:
            return group.add(self.stranger)
        if way == SWAPPED:
            second = self.house.moderators["m-02"].id
            group.state.members[second] = Member(second, status="left")
        group.state.members[self.stranger.id] = Member(self.stranger.id, joined=self.joined)
        return None

    def leave(self) -> None:
        """Out they are, and everybody else is back, without a word of the network's."""
        members, second = self.house.group.state.members, self.house.moderators["m-02"].id
        members.pop(self.stranger.id, None)
        members[second] = Member(second)

    def exposed(self) -> int:
        """Cards that were posted while the stranger was inside."""
        return sum(
            1 for one in self.house.group.history if one.document and one.from_bot and one.id >= self.joined
        )

    async def put_cards(self, uow: UnitOfWork) -> None:
        """Some cases whose cards wait."""
        instance = self.service.instance
        for _ in range(CARDS):
            number = next(self.numbers)
            case = make_case(number, code=f"C{number:04}")
            await uow.cases.add(case)
            sealed = make_sealed(number)
            await uow.objects.keep(sealed, case=case.id, signature=bytes(64), day=instance.today())
            await post_card(instance, uow, case)

    async def forget_cards(self, uow: UnitOfWork) -> None:
        """Each moment has its own cards."""
        for case in await uow.cases.all():
            await uow.cases.delete(case.id)

    async def state(self) -> State:
        """How the group stands, as it is kept."""
        standing = await self.service.instance.store.run(
            lambda uow: load_standing(self.service.instance, uow, Standing())
        )
        return standing.state

    async def wait(self, wanted: State) -> bool:
        """Until the group stands so, and everybody knows."""
        guard = cast(Guard, self.service.guard)
        for _ in range(PATIENCE):
            if await self.state() is wanted and guard.closed is (wanted is not State.OPEN):
                return True
            await asyncio.sleep(0.01)
        return False

    async def emptied(self) -> bool:
        """Until neither a card nor a title lies in the group."""
        for _ in range(PATIENCE):
            if not self.house.cards() and not self.house.group.topics:
                return True
            await asyncio.sleep(0.01)
        return False


async def _run_once(race: Race, at: int, way: str) -> bool:
    """One moment; False when the cards were all posted before it came."""
    store = race.service.instance.store
    race.trap.set(at, lambda: race.come(way))
    await store.run(race.put_cards)
    race.service.sender.wake()
    await race.service.settle()
    if not race.trap.sprung:
        race.trap.set(0, lambda: None)
        return False
    race.service.instance.bell.ring()  # the look that comes every minute
    race.tally["moments"] += 1
    locked = await race.wait(State.LOCKED)
    race.tally["not_locked"] += not locked
    race.tally["left_lying"] += not await race.emptied()
    exposed = race.exposed()
    race.tally["with_a_card_exposed"] += exposed > 0
    race.tally["most_exposed_at_once"] = max(race.tally["most_exposed_at_once"], exposed)
    await _reopen(race)
    return True


async def _reopen(race: Race) -> None:
    """The stranger is put out, and two moderators ask."""
    await race.service.instance.store.run(race.forget_cards)
    race.leave()
    for person in race.house.moderators.values():
        await person.send("/reopen")
        await race.house.tg.wait_idle()
    race.service.instance.bell.ring()
    race.tally["not_reopened"] += not await race.wait(State.OPEN)
    await race.service.settle()


@asynccontextmanager
async def _begin(*, careless: bool, database: str = "") -> AsyncIterator[Race]:
    """A house with the guard; a careless one takes the look before a post for the one after it."""
    with tempfile.TemporaryDirectory() as folder:
        async with furnish(Path(folder)) as house:
            house.url = database
            service = await house.open()
            if careless:
                stale = Stale(service.network)
                service = Service(service.instance, stale, watched=stale, unlimited=True)
                house.service = service
            race = Race(house, service, house.tg.person("Чужы Чалавек"))
            for person in house.moderators.values():
                await person.send("/start")
            house.tg.desk.faults = race.trap
            async with house.running(service=service):
                await race.wait(State.OPEN)
                yield race


async def _all_moments(race: Race, every: int, show: Show, words: str) -> None:
    for way in WAYS:
        for at in show.each(count(0, every), f"{words}, {way}"):
            if not await _run_once(race, at, way):
                break


async def hold(sizes: Sizes, show: Show) -> Outcome:
    """With the guard, then with one that does not look again after a post."""
    async with own_database(sizes.database) as place, _begin(careless=False, database=place.url) as race:
        await _all_moments(race, sizes["every"], show, "guarded")
    async with _begin(careless=True) as control:
        for at in show.each(range(0, 32, 4), "careless"):
            await _run_once(control, at, SILENTLY)
            if control.tally["most_exposed_at_once"] > 1:  # a look by the clock may just have come in between
                break
    figures = dict(race.tally)
    most = control.tally["most_exposed_at_once"]
    faults = [f"{race.tally[name]} {name}" for name in ("not_locked", "left_lying", "not_reopened")
              if race.tally[name]]  # fmt: skip
    faults += ["more than one card was exposed"] if race.tally["most_exposed_at_once"] > 1 else []
    faults += [] if race.tally["with_a_card_exposed"] else ["no moment was close enough to a post"]
    return Outcome(figures, faults, {"most_exposed_at_once": most}, fired=most > 1)


DRILL = Drill(
    "race",
    "Whoever comes in at any moment around a post reads one card at most; it is deleted, the group locked.",
    {"every": Size(20, 1, "moments: before every so manyth call to the network")},
    hold,
)
