"""The moderators' room over the years: the real bot writes into it, and every word of it is saved.

What is posted comes from the bot itself: conversation, sealing, store, sender, cards, digest. Only the wire
is missing, and the first eleven answers of each talk, which are put in place as the parsers leave them; the
drill compares some reports with the same ones told through the double of the Bot API.
"""

from __future__ import annotations

import heapq
import itertools
import json
import random
import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.instance import Instance
from bot.networks import Batch, Delete, Edit, OpenTopic, Outgoing, Post, Presses, Raw, RenameTopic, Reply
from bot.service import Service
from bot.settings import Organisation, Settings, Team
from handlers.events import Account, Event, Incoming, Pressed, Room, Wrote
from storage.store import REAL_SEALS, Store
from storage.vault import Seals
from storage.volatile import KeyRing
from tests.doubles.telegram.people import Person
from tests.drills.hajun_world import NETWORK, Telling, World, room_of, talk_of
from tests.fakes import FakeClock
from tests.journeys.house import PACK, TEXTS, House, Keys
from tests.journeys.stories import SEND

GROUP = "-1007000000001"
MODERATORS = {"m-01": "8589934701", "m-02": "8589934702"}
ROSTER_DAYS = 5000  # as if it were renewed in time
DIGEST_HOUR = 5  # UTC: eight in Minsk

Raise = Callable[[str], str]


@dataclass
class Hall:
    """A network without a wire: lays updates on a table, and saves whatever is done in the group.

    One line of `chat.jsonl` for everything that happens, with its time; files beside it. `raised` is the
    control: words that are added under a card, by its code.
    """

    folder: Path
    clock: FakeClock
    raised: Raise = lambda code: ""
    name: str = NETWORK
    group: str | None = GROUP
    laid: dict[str, Incoming] = field(default_factory=dict)
    buttons: dict[str, Presses] = field(default_factory=dict)
    cards: dict[str, str] = field(default_factory=dict)  # code: message
    _ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        (self.folder / "files").mkdir(parents=True)
        self._log = (self.folder / "chat.jsonl").open("w", encoding="utf-8")

    async def start(self) -> None:
        """Nothing to connect to."""

    async def close(self) -> None:
        """The dump is whole."""
        self._log.close()

    async def receive(self, position: str | None) -> Batch:
        """Never asked: updates are handed over by `lay`."""
        return Batch((), position or "")

    def lay(self, event: Event, room: Room, *, account: str, private: bool) -> Batch:
        """One update as a batch."""
        key = str(next(self._ids))
        self.laid[key] = Incoming(key, room, Account(NETWORK, account), event, "be", private)
        return Batch((Raw(key, b"update"),), key)

    def read(self, raw: Raw) -> Incoming | None:
        """What was laid."""
        return self.laid.pop(raw.key)

    async def deliver(self, outgoing: Outgoing) -> str | None:
        """Do it; reporters' chats are nobody's business here."""
        number = str(next(self._ids))
        if isinstance(outgoing, Reply) or outgoing.room.id != GROUP:
            return number
        self._save(number, outgoing)
        return number

    def _save(self, number: str, outgoing: Outgoing) -> None:
        match outgoing:
            case OpenTopic(title=title):
                self._note("topic", number, title=title)
            case RenameTopic(room=room, title=title, closed=closed):
                self._note("title", room.topic or "", title=title, closed=closed)
            case Edit(message=message, text=text, buttons=buttons):
                self.buttons[message] = buttons
                self._note("edit", message, text=self._raise(text), buttons=_spell(buttons))
            case Delete(messages=messages):
                self._note("delete", ",".join(messages))
            case Post(room=room, text=text, buttons=buttons, document=document):
                self.buttons[number] = buttons
                told: dict[str, Any] = {"text": self._raise(text), "buttons": _spell(buttons)}
                if document is not None:
                    self.cards[document.name.removesuffix(".age")] = number
                    (self.folder / "files" / f"{number}-{document.name}").write_bytes(document.data)
                    told |= {"file": document.name, "size": len(document.data)}
                self._note("post", number, topic=room.topic, **told)
            case _:
                raise TypeError(type(outgoing).__name__)

    def _raise(self, text: str) -> str:
        return text + self.raised(text.partition("\n")[0].split(" ")[-1])

    def _note(self, kind: str, number: str, **told: Any) -> None:
        at = int(self.clock.now().timestamp())
        self._log.write(json.dumps({"at": at, "kind": kind, "id": number, **told}, ensure_ascii=False) + "\n")


def _spell(buttons: Presses) -> list[list[str]]:
    return [[press.label, press.token] for row in buttons for press in row]


class Years:
    """One instance, from its first day to the day when everything is taken."""

    def __init__(self, hall: Hall, service: Service, chance: random.Random, *, keys: Keys) -> None:
        self.hall, self.service, self.chance, self.keys = hall, service, chance, keys
        self.truth: dict[str, Telling] = {}
        self._acts: list[tuple[datetime, int, str, str]] = []
        self._numbers = itertools.count()

    @classmethod
    async def open(
        cls, folder: Path, clock: FakeClock, chance: random.Random, *, seals: Seals = REAL_SEALS
    ) -> Years:
        """A bot in `folder`, with a dump of its group in `folder/loot`."""
        hall, keys = Hall(folder / "loot", clock), Keys()
        ring = KeyRing.open(folder / "runtime", now=clock.now(), allow_disk=True)
        store = await Store.open(
            f"sqlite+aiosqlite:///{folder / 'vestka.db'}",
            ring=ring,
            case_key=keys.case_key,
            now=clock.now,
            new_id=lambda: secrets.token_bytes(16),
            seals=seals,
        )
        people = {pseudonym: _Account(int(number)) for pseudonym, number in MODERATORS.items()}
        roster = keys.roster(people, clock.now(), days=ROSTER_DAYS)
        settings = Settings(organisation=Organisation(name="Узорная арганізацыя"), team=Team(language="en"))
        instance = Instance(settings, roster, keys.signing, ring, store, PACK, TEXTS, now=clock.now)
        years = cls(hall, Service(instance, hall, unlimited=True), chance, keys=keys)
        years.service.timers.caught_up = True
        return years

    async def live(self, world: World, *, days: Iterator[int]) -> None:
        """Day by day: reports as they come, claims, closings, retention at midnight, the digest at eight."""
        clock = self.hall.clock
        first = clock.now()
        waiting = iter([*world.tellings, None])
        telling = next(waiting)
        for day in days:
            for hour in (0.1, DIGEST_HOUR + 0.1, 24):
                until = first + timedelta(days=day, hours=hour)
                while telling is not None and telling.at < until:
                    await self._act_before(telling.at)
                    await self._tell(telling)
                    telling = next(waiting)
                await self._act_before(until)
                _set(clock, until)
                await self.service.timers.tick()
                await self.service.settle()

    async def _tell(self, telling: Telling) -> None:
        """The talk stands at its review; now it is sent."""
        _set(self.hall.clock, telling.at)
        store, room = self.service.instance.store, room_of(telling)
        talk = talk_of(telling, PACK, self.chance)
        await store.run(lambda uow: uow.talks.keep(talk))
        account = str(telling.by.account)
        batch = self.hall.lay(Wrote(SEND, "900"), room, account=account, private=True)
        await self.service.reading.dispatch.take(self.hall, batch)
        sent = await store.run(lambda uow: uow.talks.find(room))
        assert sent is not None
        self.truth[sent.code] = telling
        await self.service.settle()
        self._plan(sent.code, telling.at)

    def _plan(self, code: str, at: datetime) -> None:
        """Who takes it, who lets go of it, who closes it, and when."""
        hesitant = ("claim", "release") if self.chance.random() < 0.2 else ()
        final = ("close",) if self.chance.random() < 0.95 else ()
        for label in (*hesitant, "claim", *final):
            at += timedelta(minutes=self.chance.randrange(5, 2000))
            heapq.heappush(self._acts, (at, next(self._numbers), code, label))

    async def _act_before(self, until: datetime) -> None:
        while self._acts and self._acts[0][0] < until:
            at, _, code, label = heapq.heappop(self._acts)
            _set(self.hall.clock, at)
            message = self.hall.cards[code]
            tokens = [press.token for row in self.hall.buttons[message] for press in row]
            token = next((one for one in tokens if one.startswith(f"t:{label}:")), None)
            if token is not None:
                batch = self.hall.lay(
                    Pressed(token, message, query="1"),
                    Room(NETWORK, GROUP),
                    account=MODERATORS["m-01"],
                    private=False,
                )
                await self.service.reading.dispatch.take(self.hall, batch)
                await self.service.settle()

    async def seize(self, folder: Path) -> None:
        """The plug is pulled, and the bot is gone."""
        _copy_disk(folder)
        await self.service.sender.drain(0)
        await self.hall.close()
        await self.service.instance.store.close()


def _copy_disk(folder: Path) -> None:
    """Database and settings; neither the passphrase nor the runtime directory."""
    disk = folder / "loot" / "disk"
    disk.mkdir()
    for path in folder.glob("vestka.db*"):
        shutil.copy(path, disk)
    settings = '[organisation]\nname = "Узорная арганізацыя"\n[team]\nlanguage = "en"\n'
    (disk / "vestka.toml").write_text(settings, "utf-8")


@dataclass(frozen=True)
class _Account:
    id: int


def _set(clock: FakeClock, moment: datetime) -> None:
    """Forwards only."""
    clock.advance(seconds=max(0.0, (moment - clock.now()).total_seconds()))


async def tell_over_the_wire(house: House, telling: Telling) -> dict[str, Any]:
    """The same report, told line by line through the double of the Bot API: its card as the group sees it."""
    person: Person = house.person("Ганна Узор")
    of = telling.of
    bodies = {"omon": "АМАП", "kgb": "КДБ", "police": "міліцыя", "gubopik": "ГУБАЗіК"}
    towns = {"BY-HM": "Мінск", "BY-HR": "Гродна", "BY-BR": "Брэст", "BY-VI": "Віцебск", "BY-HO": "Гомель"}
    lines = (
        "/start", "[Так, я за мяжой]", "[Маці або бацька]", f"Ян {of.surname}, {of.birth_year}",
        of.day.strftime("%d.%m.%Y"), f"{towns[of.region]}, на працы",
        ", ".join(bodies[one] for one in of.bodies),
        "Не, невядома", "1", "прапусціць", telling.story, "далей", "Улічыць у статыстыцы без імя", SEND,
    )  # fmt: skip
    known = {shown.id for shown in house.cards()}
    await house.say(person, *lines)
    (card,) = [shown for shown in house.cards() if shown.id not in known]
    return shape(card.text, list(map(list, zip(card.labels, sum(card.data, ()), strict=True))),
                 card.document, len(house.file_of(card)))  # fmt: skip


def shape(text: str, buttons: list[list[str]], name: str, size: int) -> dict[str, Any]:
    """A card without what chance decides: its code, its case, its revision."""
    code = name.removesuffix(".age")
    kinds = [[label, token.split(":")[1], len(token.split(":")[2])] for label, token in buttons]
    return {"text": text.replace(code, "CODE"), "buttons": kinds, "name": len(name), "size": size}
