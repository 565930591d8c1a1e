"""Many cases of one event in one topic: their files in albums, a line each, and one count that is edited.

A case's errand hands it over, with the place that it is to have; the event's own errand posts whatever was
handed over, ten files in a call, so that a crowd costs few calls. What is left to do is seen from the rows
alone: a case that is unposted, and whether its place has a message yet.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.editing import edit_in_place
from bot.instance import Instance
from bot.networks import Album, Delete, Document, Edit, Network, OpenTopic, Post
from bot.networks.errors import NothingThere, TopicMissing, Unchanged
from bot.occasions import ask, lose, mark, put_home, remember
from bot.posting import post_card
from bot.sending.clock import Clock, WallClock
from bot.sending.keeping import keep
from bot.sending.pressure import Pressure
from bot.sending.screens import Send
from handlers.events import Room
from handlers.screens import Line
from handlers.triage.cases import Case
from handlers.triage.clusters import (
    Occasion,
    cluster_title,
    count,
    entry,
    has_formed,
    members_of,
    occasions_of,
    stands_alone,
)
from storage.cards import CardPlace
from storage.objects import Kept
from storage.sealing import REPORTS
from storage.unit_of_work import UnitOfWork

ALBUM = 10  # files in one call
GATHER_SECONDS = 20.0  # for an album to fill, while calls have to queue
COUNT_SECONDS = 60.0  # between two edits of a count, while calls have to queue


@dataclass(frozen=True, slots=True)
class _Work:
    """What is next: cases without a message, with their files; or cases whose line is out of date."""

    fresh: Sequence[tuple[Case, Kept]] = ()
    stale: Sequence[tuple[Case, CardPlace]] = ()


@dataclass(frozen=True, slots=True)
class _Move:
    """To which event's topic a case goes, if to any, and whether its message there stays as it is."""

    to: Occasion | None
    stays: bool = False


class Clusters:
    """Posts the topics of mass events; an errand may be run again at any time."""

    def __init__(self, instance: Instance, network: Network, *, clock: Clock | None = None) -> None:
        self._instance = instance
        self._network = network
        self._clock = clock or WallClock()
        self._said: dict[Occasion, str] = {}
        self._pressure = Pressure(self._clock)

    async def take_over(self, case: Case, place: CardPlace | None, kept: Kept, send: Send) -> bool:
        """Whether a case is told of in the topic of its event, and not in one of its own.

        A case that had a topic of its own before keeps it; one that has become urgent gets one.
        """
        if place is not None and not place.cluster:
            return False
        move = await self._instance.store.run(partial(self._decide, case, place, kept))
        if move.to is None and place is None:
            return False
        if place is not None and place.card is not None and not move.stays:  # first, as with all cards
            with contextlib.suppress(NothingThere):
                await send(Delete(self._here(place.room.topic), (place.card,)))
        await self._instance.store.run(partial(self._hand_over, case, move))
        return move.to is not None

    async def post(self, payload: Mapping[str, Any], send: Send) -> None:
        """Bring the topic of one event up to date."""
        occasion = Occasion(payload["day"], payload["region"], payload["facility"])
        send, counted = self._pressure.watch(send), f"count:{occasion.name}"
        topic = await self._topic(occasion, send)
        try:
            while await self._post_some(occasion, topic, send):
                if not self._pressure.pause(counted, every=COUNT_SECONDS):
                    await self._count(occasion, topic, send)
            if pause := self._pressure.pause(counted, every=COUNT_SECONDS):
                await self._clock.sleep(pause)
            await self._count(occasion, topic, send)
        except TopicMissing:  # somebody deleted it: the next attempt begins anew
            await self._instance.store.run(partial(self._begin_anew, occasion))
            raise

    async def _post_some(self, occasion: Occasion, topic: Room, send: Send) -> bool:
        """One call with files, or the lines that are out of date; whether there was anything to do."""
        work = await self._instance.store.run(partial(self._next, occasion))
        pause = self._pressure.pause(occasion.name, every=GATHER_SECONDS)
        if pause and 0 < len(work.fresh) < ALBUM:
            await self._clock.sleep(pause)
            work = await self._instance.store.run(partial(self._next, occasion))
        if not work.fresh:
            return await self._edit_lines(work.stale, topic, send)
        await self._post_files(work.fresh, topic, send, event=occasion.name)
        self._pressure.note(occasion.name)
        return True

    async def _decide(self, case: Case, place: CardPlace | None, kept: Kept, uow: UnitOfWork) -> _Move:
        """It stays where it lies; else it goes to the first of its events that has formed."""
        occasions = () if stands_alone(case) else occasions_of(case)
        here = next((one for one in occasions if place is not None and place.event == one.name), None)
        if place is not None and here is not None and await self._is_home(uow, here, place):
            return _Move(here, stays=place.card is not None and place.object == kept.id)
        cases = await self._instance.overview.look(uow) if occasions else ()
        return _Move(next((one for one in occasions if has_formed(cases, one)), None))

    @staticmethod
    async def _is_home(uow: UnitOfWork, occasion: Occasion, place: CardPlace) -> bool:
        home = await uow.boards.get(occasion.name)
        return home is not None and place.room.topic in {home.room.topic, None}

    async def _hand_over(self, case: Case, move: _Move, uow: UnitOfWork) -> None:
        """Keep the decision; the event's errand sees from the rows what is left to do."""
        if move.to is None:
            await uow.cards.drop(case.id)
            return
        await ask(self._instance, uow, move.to)
        if not move.stays:
            await uow.cards.put(case.id, CardPlace(self._here(None), cluster=True, event=move.to.name))
            await uow.cases.unpost(case.id)

    async def _next(self, occasion: Occasion, uow: UnitOfWork) -> _Work:
        fresh: list[tuple[Case, Kept]] = []
        stale: list[tuple[Case, CardPlace]] = []
        waiting = await uow.cases.unposted_ids()
        cases = await self._instance.overview.look(uow)
        for case in members_of((case for case in cases if case.id in waiting), occasion):
            place = await uow.cards.get(case.id)
            if place is None or place.event != occasion.name:
                continue
            if place.card is not None:
                stale.append((case, place))
            elif objects := await uow.objects.of_case(case.id, *REPORTS):
                fresh.append((case, objects[-1]))
            if len(fresh) == ALBUM:
                break
        return _Work(fresh, stale)

    async def _post_files(
        self, fresh: Sequence[tuple[Case, Kept]], topic: Room, send: Send, *, event: str
    ) -> None:
        files = tuple(
            (self._entry(case), Document(f"{case.code}.age", kept.sealed.data)) for case, kept in fresh
        )
        if len(files) == 1:
            messages = await send(Post(topic, files[0][0], document=files[0][1], silent=True))
        else:
            messages = await send(Album(topic, files))
        places = [
            (case, CardPlace(topic, card=message, object=kept.id, cluster=True, event=event))
            for (case, kept), message in zip(fresh, (messages or "").split(","), strict=True)
        ]
        surplus = await keep(self._instance.store, partial(remember, places), clock=self._clock)
        if surplus:
            with contextlib.suppress(NothingThere):
                await send(Delete(topic, surplus))

    async def _edit_lines(self, stale: Sequence[tuple[Case, CardPlace]], topic: Room, send: Send) -> bool:
        """Whether there was anything to edit; a message that is gone is posted anew."""
        for case, place in stale:
            edit = Edit(topic, place.card or "", self._entry(case), caption=True)
            try:
                with contextlib.suppress(Unchanged):
                    await send(edit)
            except NothingThere:
                await self._instance.store.run(partial(lose, case, place))
            else:
                await self._instance.store.run(partial(mark, case))
        return bool(stale)

    async def _topic(self, occasion: Occasion, send: Send) -> Room:
        """The event's topic; a new one is remembered at once."""
        home = await self._instance.store.run(lambda uow: uow.boards.get(occasion.name))
        if home is not None:
            return self._here(home.room.topic)
        title = cluster_title(occasion, policy=self._instance.settings.team.policy)
        topic = self._here(await send(OpenTopic(self._here(None), self._say(title))))
        await self._keep_home(occasion, CardPlace(topic))
        return topic

    async def _count(self, occasion: Occasion, topic: Room, send: Send) -> None:
        """Post the count, or edit it where it lies: many letters ask for it, and only news costs a call."""
        home, members = await self._instance.store.run(partial(self._look, occasion))
        team = self._instance.settings.team
        text, _ = self._instance.texts.show(team.language, count(occasion, members, policy=team.policy))
        card = home.card if home else None
        if card is not None and self._said.get(occasion) == text:
            return
        if card is None or not await edit_in_place(send, topic, card, text=text):
            card = await send(Post(topic, text, silent=True))
            await self._keep_home(occasion, CardPlace(topic, card=card))
        self._pressure.note(f"count:{occasion.name}")
        self._said[occasion] = text  # only now: what was not said is tried again

    async def _look(self, occasion: Occasion, uow: UnitOfWork) -> tuple[CardPlace | None, Sequence[Case]]:
        members = members_of(await self._instance.overview.look(uow), occasion)
        return await uow.boards.get(occasion.name), members

    async def _begin_anew(self, occasion: Occasion, uow: UnitOfWork) -> None:
        """Everything that lay in the topic went with it."""
        await uow.boards.drop(occasion.name)
        for case in members_of(await self._instance.overview.look(uow), occasion):
            place = await uow.cards.get(case.id)
            if place is not None and place.event == occasion.name:
                await uow.cards.drop(case.id)
                await uow.cases.unpost(case.id)
                await post_card(self._instance, uow, case)

    async def _keep_home(self, occasion: Occasion, place: CardPlace) -> None:
        job = partial(put_home, occasion.name, place)
        await keep(self._instance.store, job, clock=self._clock)

    def _entry(self, case: Case) -> str:
        return self._say(entry(case, policy=self._instance.settings.team.policy))

    def _say(self, line: Line) -> str:
        return self._instance.texts.say(self._instance.settings.team.language, line)

    def _here(self, topic: str | None) -> Room:
        """A topic of the moderators' room as it is now."""
        return Room(self._network.name, self._network.group or "", topic)
