"""A whole instance for tests: real loop, store, sealing and Telegram adapter, against the double."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import msgspec

from bot.instance import Instance
from bot.networks.telegram import Telegram
from bot.profiles import profiles
from bot.service import Service
from bot.settings import Organisation, Settings, Team
from handlers.intake.flow import Pack
from handlers.texts import Texts
from storage.sealing import (
    IdentityKey,
    Member,
    Opened,
    RecoveryKey,
    Roster,
    SigningKey,
    VerifiedRoster,
    open_sealed,
    sign_roster,
    verify_roster,
)
from storage.store import REAL_SEALS, Store
from storage.vault import Seals
from storage.volatile import KeyRing
from tests.doubles.telegram import TOKEN, TelegramDouble
from tests.doubles.telegram.groups import Group
from tests.doubles.telegram.people import Person
from tests.doubles.telegram.screens import Shown
from tests.fakes import FakeClock

PACK, TEXTS = Pack.load(), Texts.load()


class HasId(Protocol):
    """Somebody with an account."""

    @property
    def id(self) -> int: ...


@dataclass
class Keys:
    """Everybody's keys; a real server never sees most of them."""

    root: SigningKey = field(default_factory=SigningKey.generate)
    recovery: RecoveryKey = field(default_factory=RecoveryKey.generate)
    signing: SigningKey = field(default_factory=SigningKey.generate)
    case_key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    moderators: dict[str, IdentityKey] = field(default_factory=dict)

    def roster(
        self, people: Mapping[str, HasId], now: datetime, *, role: str = "moderator", days: int = 90
    ) -> VerifiedRoster:
        """A signed roster of these people by pseudonym."""
        members = []
        for pseudonym, person in people.items():
            own = self.moderators.setdefault(pseudonym, IdentityKey.generate(pseudonym))
            members.append(
                Member(
                    pseudonym=pseudonym,
                    accounts={"telegram": str(person.id)},
                    recipient=own.identity.recipient,
                    identity_key=own.signing.public,
                    role=role,
                    not_before=now.date() - timedelta(days=1),
                    expires=now.date() + timedelta(days=days),
                )
            )
        roster = Roster(
            "Узорная арганізацыя", 1, now.date(), tuple(members), self.recovery.identity.recipient
        )
        return verify_roster(sign_roster(roster, [self.root]), roots=[self.root.public])


@dataclass
class House:
    """The pretended Telegram, the people in it, and how to start and stop the bot."""

    tg: TelegramDouble
    clock: FakeClock
    folder: Path
    group: Group
    moderators: dict[str, Person]
    keys: Keys = field(default_factory=Keys)
    service: Service | None = None
    url: str = ""  # of the database, when it is not the embedded one
    role: str = "moderator"  # of everybody on the roster
    now: Callable[[], datetime] | None = None  # what the bot takes the time to be, when it is not the clock's

    def person(self, name: str = "Ганна Узор", *, language: str = "be") -> Person:
        """Somebody who writes to the bot."""
        return self.tg.person(name, language=language)

    @asynccontextmanager
    async def running(self, *, service: Service | None = None, **how: Any) -> AsyncIterator[Service]:
        """The bot, started on what lies in the folder, stopped at the end."""
        service = service or await self.open(**how)
        stop = asyncio.Event()
        task = asyncio.create_task(service.run(stop))
        try:
            await self.tg.wait_polling()
            yield service
        finally:
            stop.set()
            await task
            self.tg.desk.poller.send_away()  # else it looks as if the next one polled already

    async def open(
        self,
        *,
        long_poll: int = 5,
        seals: Seals = REAL_SEALS,
        group: int | None = None,
        guarded: bool = True,
        **team: Any,
    ) -> Service:
        """The bot, put together and not started; `group`: the id it knows the moderators' group by."""
        now = self.now or self.clock.now
        ring = KeyRing.open(self.folder / "runtime", now=now(), allow_disk=True)
        store = await Store.open(
            self.url or f"sqlite+aiosqlite:///{self.folder / 'vestka.db'}",
            ring=ring,
            case_key=self.keys.case_key,
            now=now,
            new_id=lambda: secrets.token_bytes(16),
            seals=seals,
        )
        network = Telegram(
            self.tg.token,
            api_root=self.tg.api_root,
            group=str(group or self.group.id),
            profiles=profiles(TEXTS),
            long_poll_seconds=long_poll,
        )
        settings = Settings(
            organisation=Organisation(name="Узорная арганізацыя", digest_hour=8),
            team=Team(**({"language": "en"} | team)),
        )
        instance = Instance(
            settings,
            self.keys.roster(self.moderators, self.clock.now(), role=self.role),
            self.keys.signing,
            ring,
            store,
            PACK,
            TEXTS,
            now=now,
        )
        watched = network if guarded else None
        self.service = Service(instance, network, watched=watched, unlimited=True)
        return self.service

    async def settled(self) -> None:
        """Until every update is taken and everything that can be sent is sent."""
        assert self.service is not None
        await self.tg.wait_idle()
        await self.service.settle()

    async def say(self, person: Person, *lines: str) -> None:
        """Send lines one after the other, each when the last one is answered; [brackets] tap a button."""
        for line in lines:
            if line.startswith("["):
                await person.click(line.strip("[]"))
            else:
                await person.send(line)
            await self.settled()

    def cards(self) -> list[Shown]:
        """The cards in the moderators' group, oldest first."""
        return [shown for shown in self.group.messages if shown.from_bot and shown.document]

    def open_card(self, card: Shown, pseudonym: str = "m-01") -> Opened:
        """Download the file of a card and open it with a moderator's key."""
        return open_sealed(self.file_of(card), [self.keys.moderators[pseudonym].identity])

    def file_of(self, card: Shown) -> bytes:
        """The bytes behind a card."""
        return self.tg.world.files[card.file_id].data

    def report(self, card: Shown) -> dict[str, Any]:
        """The report behind a card."""
        return msgspec.json.decode(self.open_card(card).body, type=dict[str, Any])


@asynccontextmanager
async def furnish(
    folder: Path,
    *,
    clock: FakeClock | None = None,
    token: str = TOKEN,
    accounts: tuple[int, int] | None = None,
) -> AsyncIterator[House]:
    """A group with topics, two moderators in it (with these `accounts`), nobody else."""
    clock = clock or FakeClock()
    async with TelegramDouble(clock=clock.now, token=token) as tg:
        group = tg.supergroup("Дзяжурства", forum=True)
        first, second = accounts or (None, None)
        moderators = {
            "m-01": tg.person("Дзяжурны Адзін", id=first),
            "m-02": tg.person("Дзяжурная Два", id=second),
        }
        for person in moderators.values():
            group.add(person)
        group.add_bot()
        group.put_in_order(moderators["m-01"])
        yield House(tg, clock, folder, group, moderators)


Furnish = Callable[[Path], Any]
