"""An instance at a desk: real store, real handlers, no loop, no network; a test hands things in."""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from bot.dispatch import Dispatch, Outcome
from bot.instance import Instance
from bot.networks import Batch, Network, Outgoing, Raw
from bot.settings import Organisation, Settings, Team
from handlers.events import Account, Event, Incoming, Pressed, Room, Wrote
from handlers.events import Commanded as Command
from handlers.intake.flow import Pack
from handlers.texts import Texts
from storage.outbox import Letter
from storage.sealing import (
    IdentityKey,
    Member,
    RecoveryKey,
    Roster,
    SigningKey,
    VerifiedRoster,
    sign_roster,
    verify_roster,
)
from storage.store import Store
from storage.volatile import KeyRing
from tests.fakes import FakeClock

PACK, TEXTS = Pack.load(), Texts.load()
GROUP = "-1007000000001"
NAME = "telegram"


@dataclass
class Chance:
    """Random bytes, unless a test has laid some ready: `draws` are handed out first, to whoever wants 32.

    Deciding an event takes 32: while it `fails`, no event can be decided.
    """

    draws: list[bytes] = field(default_factory=list)
    fails: Exception | None = None

    def __call__(self, size: int) -> bytes:
        if size == 32 and self.fails is not None:
            raise self.fails
        return self.draws.pop(0) if size == 32 and self.draws else secrets.token_bytes(size)


@dataclass
class Slate:
    """A network that only reads: what was laid on it, or the error that is to come instead."""

    laid: dict[str, Incoming | Exception | None] = field(default_factory=dict)
    name: str = NAME
    group: str | None = GROUP

    async def start(self) -> None: ...

    async def receive(self, position: str | None) -> Batch:
        return Batch((), position or "")

    def read(self, raw: Raw) -> Incoming | None:
        found = self.laid[raw.key]
        if isinstance(found, Exception):
            raise found
        return found

    async def deliver(self, outgoing: Outgoing) -> str | None:
        return None

    async def close(self) -> None: ...


def make_member(number: int, today: date, **changes: Any) -> tuple[Member, IdentityKey]:
    """m-01 with account 9001, and so on."""
    own = IdentityKey.generate(f"m-{number:02}")
    member = Member(
        pseudonym=f"m-{number:02}",
        accounts={NAME: str(9000 + number)},
        recipient=own.identity.recipient,
        identity_key=own.signing.public,
        role="moderator",
        not_before=today - timedelta(days=1),
        expires=today + timedelta(days=90),
    )
    return replace(member, **changes), own


def make_roster(today: date, *members: Member, serial: int = 1, recovery: bool = True) -> VerifiedRoster:
    """Signed by a root of its own."""
    root = SigningKey.generate()
    key = RecoveryKey.generate().identity.recipient if recovery else None
    document = sign_roster(Roster("Узорны цэнтр", serial, today, members, key), [root])
    return verify_roster(document, roots=[root.public])


class Desk:
    """Hands batches to a dispatch and looks at what was kept."""

    def __init__(
        self, store: Store, ring: KeyRing, clock: FakeClock, *, roster: VerifiedRoster, **organisation: Any
    ) -> None:
        self.clock = clock
        self.chance = Chance()
        told: dict[str, Any] = {"name": "Узорны цэнтр", "digest_hour": 8}
        told |= {"strict": roster.recovery is None} | organisation
        settings = Settings(organisation=Organisation(**told), team=Team(language="en"))
        self.instance = Instance(
            settings, roster, SigningKey.generate(), ring, store, PACK, TEXTS,
            now=clock.now, chance=self.chance,
        )  # fmt: skip
        self.network = Slate()
        self.outcomes: list[Outcome] = []
        self.dispatch = Dispatch(self.instance, after=self._after)
        self._numbers: Iterator[int] = itertools.count(101)

    @property
    def store(self) -> Store:
        return self.instance.store

    async def _after(self, _network: Network, outcome: Outcome) -> None:
        self.outcomes.append(outcome)

    def lay(
        self,
        event: Event | Exception,
        room: Room,
        *,
        sender: str | None = None,
        private: bool = True,
        hint: str = "be",
    ) -> Raw:
        """An update as the network would bring it."""
        key = str(next(self._numbers))
        account = Account(NAME, sender or room.id)
        found = event if isinstance(event, Exception) else Incoming(key, room, account, event, hint, private)
        self.network.laid[key] = found
        return Raw(key, f"update {key}".encode())

    async def take(self, *raws: Raw) -> None:
        """One batch."""
        await self.dispatch.take(self.network, Batch(raws, str(int(raws[-1].key) + 1)))

    async def say(self, room: Room, *lines: str) -> None:
        """Lines of a story, each a batch of its own; [brackets] tap a button."""
        for line in lines:
            await self.take(self.lay(await self._event(room, line), room))

    async def _event(self, room: Room, line: str) -> Event:
        message = str(next(self._numbers))
        if line.startswith("["):
            return Pressed(await self._token(room, line.strip("[]")), message, query=f"q{message}")
        return Command(line[1:], "", message) if line.startswith("/") else Wrote(line, message)

    async def _token(self, room: Room, label: str) -> str:
        rows = (await self.shown(room)).payload["buttons"]
        return next(str(token) for row in rows for words, token in row if words == label)

    async def letters(self, kind: str) -> list[Letter]:
        """What waits in the outbox."""
        waiting = await self.store.run(lambda uow: uow.outbox.take(1000))
        return [letter for letter in waiting if letter.payload["kind"] == kind]

    async def drop(self, letter: Letter) -> None:
        """It was sent, or is lost."""
        await self.store.run(lambda uow: uow.outbox.done(letter.id))

    async def shown(self, room: Room) -> Letter:
        """The screen that waits for a room."""
        return next(one for one in await self.letters("show") if one.payload["room"] == room.id)

    async def position(self) -> str | None:
        """How far the network was read."""
        return await self.store.run(lambda uow: uow.positions.get(NAME))
