"""The token and what people wrote stay out of every log, `repr` and exception, at any level, on any path."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import pytest
import pytest_asyncio
from aiohttp import web
from telegram import Bot
from telegram.error import TelegramError

from bot.networks import Delete, Document, Edit, OpenTopic, Post, Reply
from bot.networks.errors import NetworkError, TokenRefused, TryLater, Unreachable
from bot.networks.telegram import Telegram, TelegramProfile
from bot.networks.telegram_request import PooledRequest
from handlers.events import Room

TOKEN = "123456789:AAinvented-token-of-a-pretended-bot"
WRITTEN = "Ганна Узор з Прыкладаўска"
SENT = "Калі і дзе гэта здарылася?"
ROOM = Room("telegram", "42")

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


def said(status: int, body: str) -> Answer:
    async def answer(request: web.Request) -> web.StreamResponse:
        return web.Response(status=status, text=body.replace("TOKEN", request.match_info["token"]))

    return answer


async def cut(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.close()
    return web.Response()


async def sent_elsewhere(request: web.Request) -> web.StreamResponse:
    raise web.HTTPFound(f"/elsewhere{request.path}")


ANSWERS: dict[str, Answer] = {
    "html": said(200, f"<html>{WRITTEN} TOKEN</html>"),
    "a list": said(200, "[]"),
    "no result": said(200, '{"ok": true}'),
    "not what was promised": said(200, '{"ok": true, "result": "TOKEN"}'),
    "deep": said(200, "[" * 100_000),
    "bad gateway": said(502, f"<html>{WRITTEN} TOKEN</html>"),
    "refusal in html": said(400, f"<html>{WRITTEN} TOKEN</html>"),
    "refusal that quotes": said(400, f'{{"ok": false, "description": "Bad Request: {WRITTEN} TOKEN"}}'),
    "unauthorised": said(401, '{"ok": false, "description": "Unauthorized: TOKEN"}'),
    "forbidden": said(403, '{"ok": false, "description": "Forbidden: TOKEN"}'),
    "conflict": said(409, '{"ok": false, "description": "Conflict: TOKEN"}'),
    "too large": said(413, "TOKEN"),
    "flood": said(429, '{"ok": false, "parameters": {"retry_after": 3}, "description": "TOKEN"}'),
    "flood without a time": said(429, "TOKEN"),
    "flood of no number": said(429, '{"parameters": {"retry_after": NaN}, "description": "TOKEN"}'),
    "flood without end": said(429, f'{{"parameters": {{"retry_after": {"9" * 400}}}, "a": "TOKEN"}}'),
    "deep flood": said(429, "[" * 100_000),
    "not so": said(200, '{"ok": false, "description": "TOKEN"}'),
    "moved": said(400, '{"ok": false, "parameters": {"migrate_to_chat_id": -5}, "description": "TOKEN"}'),
    "strange parameters": said(400, '{"ok": false, "parameters": {"a": "TOKEN"}, "description": "x"}'),
    "cut": cut,
    "redirect": sent_elsewhere,
}


class Scripted:
    """A server that answers every call in one way."""

    def __init__(self) -> None:
        self.answer: Answer = cut
        self.root = ""
        self.paths: list[str] = []

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.paths.append(request.path)
        return await self.answer(request)


@pytest_asyncio.fixture
async def server() -> AsyncIterator[Scripted]:
    scripted = Scripted()
    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", scripted.handle)
    app.router.add_route("*", "/elsewhere{rest:.*}", scripted.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    scripted.root = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield scripted
    await runner.cleanup()


class Gathered(logging.Handler):
    """Every record of every logger, as somebody careless would print it."""

    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self.text = ""

    def emit(self, record: logging.LogRecord) -> None:
        self.text += f"{record.getMessage()} {record.args!r} {record.exc_info!r}\n"


@pytest.fixture
def log() -> Iterator[Gathered]:
    gathered, root = Gathered(), logging.getLogger()
    before = root.level
    root.addHandler(gathered)
    root.setLevel(logging.DEBUG)
    yield gathered
    root.removeHandler(gathered)
    root.setLevel(before)


def everything_in(problem: BaseException) -> str:
    """A report as a crash reporter writes it: whole chain, arguments, every local variable."""
    told = "".join(traceback.TracebackException.from_exception(problem, capture_locals=True).format())
    chain = [problem, problem.__cause__, problem.__context__]
    return told + "".join(f"{one!r} {one} {getattr(one, 'args', '')!r}" for one in chain)


async def every_path(adapter: Telegram) -> list[NetworkError]:
    """Call everything; nothing but our own errors may come out."""
    attempts: list[Callable[[], Awaitable[object]]] = [
        adapter.start,
        lambda: adapter.receive("7"),
        lambda: adapter.deliver(Post(ROOM, SENT)),
        lambda: adapter.deliver(Post(ROOM, SENT, document=Document("K7Q4F.age", b"x"))),
        lambda: adapter.deliver(Edit(ROOM, "1", SENT)),
        lambda: adapter.deliver(Delete(ROOM, ("1", "2"))),
        lambda: adapter.deliver(Reply("1")),
        lambda: adapter.deliver(OpenTopic(ROOM, "K7Q4F")),
    ]
    problems: list[NetworkError] = []
    for attempt in attempts:
        try:
            await attempt()
        except NetworkError as problem:
            problems.append(problem)
    return problems


@pytest.mark.parametrize("kind", ANSWERS)
async def test_no_answer_of_a_server_brings_the_token_or_a_text_out(
    server: Scripted, log: Gathered, kind: str
) -> None:
    server.answer = ANSWERS[kind]
    profile = TelegramProfile("Апісанне", "Коратка", (("start", "Пачаць"),))
    adapter = Telegram(TOKEN, api_root=server.root, profiles={"be": profile}, long_poll_seconds=0)
    problems = await every_path(adapter)
    await adapter.close()
    assert problems
    told = log.text + "".join(map(everything_in, problems)) + repr(adapter) + str(adapter)
    assert TOKEN.partition(":")[2] not in told
    assert WRITTEN not in told
    assert SENT not in log.text
    assert all(problem.__cause__ is None and problem.__context__ is None for problem in problems)
    assert server.paths[0].startswith(f"/bot{TOKEN}/")
    assert not any(path.startswith("/elsewhere") for path in server.paths)


@pytest.mark.parametrize("told", ["NaN", "Infinity", "-5", "0", "9" * 400, '"x"', "null"])
async def test_a_flood_of_no_usable_time_asks_for_a_second(server: Scripted, told: str) -> None:
    server.answer = said(429, f'{{"ok": false, "parameters": {{"retry_after": {told}}}}}')
    adapter = Telegram(TOKEN, api_root=server.root, long_poll_seconds=0)
    with pytest.raises(TryLater) as flood:
        await adapter.receive("7")
    await adapter.close()
    assert flood.value.seconds == 1.0


async def test_what_was_not_done_does_not_pass_for_done(server: Scripted) -> None:
    server.answer = said(200, '{"ok": false, "result": true}')
    adapter = Telegram(TOKEN, api_root=server.root)
    with pytest.raises(Unreachable):
        await adapter.deliver(Edit(ROOM, "1", SENT))
    await adapter.close()


@pytest.mark.parametrize(
    "root",
    ["http://127.0.0.1:1", "ftp://127.0.0.1", "http://[", "http://127.0.0.1:x"],
)
async def test_no_way_not_to_get_there_brings_the_token_out(log: Gathered, root: str) -> None:
    adapter = Telegram(TOKEN, api_root=root, long_poll_seconds=0)
    problems = await every_path(adapter)
    await adapter.close()
    assert {type(problem) for problem in problems} == {Unreachable}
    told = log.text + "".join(map(everything_in, problems))
    assert TOKEN.partition(":")[2] not in told


async def never(request: web.Request) -> web.StreamResponse:
    """Say nothing until the other side hangs up."""
    await asyncio.Event().wait()
    return web.Response()


async def test_a_server_that_never_answers_is_given_up_on(server: Scripted, log: Gathered) -> None:
    server.answer = never
    request = PooledRequest(TOKEN, api_root=server.root, read_seconds=0.05)
    with pytest.raises(TelegramError) as caught:
        await request.post(f"{server.root}/botSTAND-IN/getMe", write_timeout=0.0)
    await request.shutdown()
    told = log.text + everything_in(caught.value)
    assert TOKEN.partition(":")[2] not in told


async def test_the_bare_library_does_let_the_token_out(server: Scripted, log: Gathered) -> None:
    """The control: what these tests look for is really there when the library holds the token itself."""
    server.answer = ANSWERS["unauthorised"]
    bare = Bot(TOKEN, base_url=f"{server.root}/bot")
    with pytest.raises(TelegramError) as caught:
        await bare.initialize()
    await bare.shutdown()
    logged, raised = log.text, everything_in(caught.value)
    assert TOKEN.partition(":")[2] in logged
    assert TOKEN.partition(":")[2] in raised


async def test_a_refused_token_is_not_quoted() -> None:
    with pytest.raises(TokenRefused) as caught:
        Telegram("1:secret words")
    assert "secret" not in str(caught.value) + repr(caught.value)
