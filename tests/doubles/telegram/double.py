"""The double itself: started in a test, driven by people, read by assertions."""

from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Self

from aiohttp import web

from tests.doubles.telegram.calls import Call, Violation
from tests.doubles.telegram.clock import Clock, as_clock
from tests.doubles.telegram.faults import FaultPlan
from tests.doubles.telegram.flood import FloodGate
from tests.doubles.telegram.groups import Group
from tests.doubles.telegram.people import Person
from tests.doubles.telegram.server import Desk, build_app
from tests.doubles.telegram.state import BOT_ID, World
from tests.doubles.telegram.waiting import PATIENCE, wait_until
from tests.doubles.telegram.world import Member

TOKEN = f"{BOT_ID}:TEST-TOKEN-invented-for-the-double"


class TelegramDouble:
    """A pretended Telegram with one bot, on a loopback port.

    clock: anything with `now()` (aware UTC), or a function; by default the wall's, which can be advanced.
    strict: refuse unknown parameters and note them (default); otherwise ignore them like the real one.
    """

    def __init__(
        self, *, clock: Clock | Callable[[], datetime] | None = None, strict: bool = True,
        token: str = TOKEN, port: int = 0,
    ) -> None:  # fmt: skip
        self.clock = as_clock(clock)
        self.world = World(self.clock)
        self.desk = Desk(self.world, token, strict=strict)
        self.token = token
        self.port = port
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Group] = {}
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self, app: web.Application | None = None) -> None:
        """Listen; with port 0 on a free port."""
        self._runner = web.AppRunner(app or build_app(self.desk), access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """End waiting polls and dropped calls, then the server."""
        self.desk.closing.set()
        self.desk.poller.closing = True
        self.world.bell.ring()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    @property
    def api_root(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def base_url(self) -> str:
        """For python-telegram-bot's `Bot(base_url=…)`."""
        return f"{self.api_root}/bot"

    @property
    def base_file_url(self) -> str:
        return f"{self.api_root}/file/bot"

    @property
    def calls(self) -> list[Call]:
        return self.desk.calls

    @property
    def violations(self) -> list[Violation]:
        return self.desk.violations

    @property
    def faults(self) -> FaultPlan:
        return self.desk.faults

    @property
    def flood(self) -> FloodGate:
        return self.desk.flood

    def calls_of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    def person(
        self, name: str, *, language: str = "be", id: int | None = None, username: str = ""  # noqa: A002
    ) -> Person:  # fmt: skip
        """Somebody new; ids are above 2**33 unless given."""
        user = self.world.add_user(name, identity=id, language=language, username=username)
        self.people[user.id] = Person(self.world, user)
        return self.people[user.id]

    def group(self, title: str) -> Group:
        """A basic group with an invented owner in it."""
        return self._group("group", title, forum=False)

    def supergroup(self, title: str, *, forum: bool = False) -> Group:
        """A supergroup, with topics if asked."""
        return self._group("supergroup", title, forum=forum)

    def _group(self, kind: str, title: str, *, forum: bool) -> Group:
        owner = self.world.add_user(f"Уладальнік {self.world.number('owner')}")
        chat = self.world.add_chat(kind, title, forum=forum)
        chat.members[owner.id] = Member(owner.id, status="creator")
        group = Group(self.world, chat, owner=owner)
        self.groups[chat.id] = group
        return group

    def intrude(self) -> bool:
        """Somebody else with the same token polls once: the bot's poll in progress gets 409."""
        return self.desk.poller.send_away()

    async def wait_polling(self, timeout: float = PATIENCE) -> None:  # noqa: ASYNC109  # a test's own patience
        """Until the bot waits in getUpdates."""

        def look() -> bool | None:
            return self.desk.poller.waiting or None

        await wait_until(self.world, look, seconds=timeout, what="the bot to poll")

    async def wait_idle(self, timeout: float = PATIENCE) -> None:  # noqa: ASYNC109  # a test's own patience
        """Until the bot has confirmed every update and waits for more."""

        def look() -> bool | None:
            waiting = self.world.updates.pending(self.world.moment())
            return True if self.desk.poller.waiting and not waiting else None

        await wait_until(self.world, look, seconds=timeout, what="the bot to take every update")

    async def wait_call(
        self, method: str, when: Callable[[Call], bool] | None = None,
        timeout: float = PATIENCE, *, count: int = 1,  # noqa: ASYNC109  # a test's own patience
    ) -> Call:  # fmt: skip
        """The `count`th finished call of a method (for which `when` holds)."""

        def look() -> Call | None:
            found = [c for c in self.calls_of(method) if c.answered is not None and (not when or when(c))]
            return found[count - 1] if len(found) >= count else None

        return await wait_until(self.world, look, seconds=timeout, what=f"a call of {method}")
