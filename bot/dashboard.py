"""The pinned message in the moderators' room: counts, what waits longest, how the bot does.

Edited in place, at most once a minute and only when it says something else; a look from time to time finds
out whether somebody deleted it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

from bot.editing import edit_in_place
from bot.instance import Instance
from bot.lockdown import tell_leads
from bot.logs import alarm
from bot.networks import Network, Pin, Post
from bot.networks.errors import NothingThere, Refused, RoomClosed, Unchanged
from bot.sending.clock import Clock, WallClock
from bot.sending.keeping import keep
from bot.sending.screens import Send
from handlers.events import Room
from handlers.guard.rules import Broken
from handlers.screens import Screen
from handlers.triage.boards import Health, dashboard
from storage.cards import CardPlace
from storage.outbox import Letter
from storage.unit_of_work import UnitOfWork

KIND = NAME = "dashboard"
PRIORITY = -1  # one call in a minute, before everything else: without it nobody sees what is going on
EVERY_SECONDS = 60.0
LOOK_SECONDS = 600.0  # it is edited after so long even if it would say the same


class Dashboard:
    """Whoever reads lets it be brought up to date (`tick`); whoever sends does it (`post`)."""

    def __init__(
        self,
        instance: Instance,
        network: Network,
        *,
        health: Callable[[], Health],
        clock: Clock | None = None,
    ) -> None:
        self._instance = instance
        self._network = network
        self._health = health
        self._clock = clock or WallClock()
        self._said = self._pinned = ""
        self._said_at = self._looked_at = self._pin_from = float("-inf")
        self._told = False

    async def tick(self) -> None:
        """Ask for it, if it is time and it would say something else."""
        now = self._clock.seconds()
        if self._network.group is None or now - self._looked_at < EVERY_SECONDS:
            return
        self._looked_at, health = now, self._health()
        text, lies = await self._instance.store.run(partial(self._look, health))
        if lies and text == self._said and now - self._said_at < LOOK_SECONDS:
            return
        await self._instance.store.run(partial(self._ask, health))
        self._said, self._said_at = text, now

    async def post(self, payload: Mapping[str, Any], send: Send) -> None:
        """Edit it where it lies; post and pin a new one where it is gone. May be run again at any time."""
        health = Health(**payload["health"])
        text, _ = await self._instance.store.run(partial(self._look, health))
        place = await self._instance.store.run(lambda uow: uow.boards.get(NAME))
        room = Room(self._network.name, self._network.group or "")
        message = place.card if place is not None else None
        if message is None or not await edit_in_place(send, room, message, text=text):
            message = await send(Post(room, text, silent=True)) or ""
            job = partial(_remember, CardPlace(room, card=message))
            await keep(self._instance.store, job, clock=self._clock)
        await self._pin(room, message, send)

    async def _pin(self, room: Room, message: str, send: Send) -> None:
        """Once for each start, as nobody tells whether it is pinned already: it may have died before that."""
        if message == self._pinned or self._clock.seconds() < self._pin_from:
            return
        try:
            await send(Pin(room, message))
        except Unchanged:
            pass
        except NothingThere:  # the next edit will find out
            return
        except (Refused, RoomClosed):  # without the right it stands there all the same
            await self._do_without_pin()
            return
        self._pinned = message

    async def _do_without_pin(self) -> None:
        """Say so, to two leads once; the right may come."""
        alarm("dashboard.unpinned")
        self._pin_from = self._clock.seconds() + LOOK_SECONDS
        if not self._told:
            self._told = True
            await self._instance.store.run(self._tell)

    async def _tell(self, uow: UnitOfWork) -> None:
        wish = Broken("bot-pin")
        screen = Screen((wish.reason, wish.remedy))
        await tell_leads(self._instance, uow, screen, network=self._network.name, slot="say:pin")

    async def _look(self, health: Health, uow: UnitOfWork) -> tuple[str, bool]:
        """What it says now, and whether it lies in the room as far as we know."""
        place = await uow.boards.get(NAME)
        cases = await self._instance.overview.look(uow)
        screen = dashboard(cases, today=self._instance.today(), health=health)
        text, _ = self._instance.texts.show(self._instance.settings.team.language, screen)
        return text, place is not None and place.card is not None

    async def _ask(self, health: Health, uow: UnitOfWork) -> None:
        payload = {"kind": KIND, "health": asdict(health)}
        letter = Letter(self._instance.chance(16), f"{KIND}:", PRIORITY, payload)
        await uow.outbox.put(letter, replace=True)


async def _remember(place: CardPlace, uow: UnitOfWork) -> None:
    await uow.boards.put(NAME, place)
