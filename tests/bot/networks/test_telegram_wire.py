"""HTTP as servers really speak it, and as they should not: whole answers only, each to its own request."""

from __future__ import annotations

import asyncio
import gc
import warnings
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
import pytest_asyncio
from telegram.error import NetworkError

from bot.networks import telegram_wire
from bot.networks.telegram_request import PooledRequest
from bot.networks.telegram_wire import Reply, Server, Wire, multipart

OK = b"HTTP/1.1 200 OK\r\nDate: Mon, 23 Nov 2026 10:00:00 GMT\r\nContent-Length: 2\r\n\r\nok"


@dataclass
class Scripted:
    """A server that answers request after request with the bytes it was given; b"" hangs up."""

    answers: list[bytes] = field(default_factory=list)
    requests: list[bytes] = field(default_factory=list)
    connections: int = 0
    port: int = 0
    writers: list[asyncio.StreamWriter] = field(default_factory=list)
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    crowded: asyncio.Event = field(default_factory=asyncio.Event)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.writers.append(writer)
        while head := await reader.readuntil(b"\r\n\r\n"):
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            self.requests.append(head + await reader.readexactly(length))
            self.asked.set()
            if len(self.requests) == telegram_wire.CONNECTIONS:
                self.crowded.set()
            answer = self.answers.pop(0)
            if not answer:
                break
            if answer != b"silence":
                writer.write(answer)
        writer.close()

    async def _guarded(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self.serve(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()


@pytest_asyncio.fixture
async def server() -> AsyncIterator[Scripted]:
    scripted = Scripted()
    listening = await asyncio.start_server(scripted._guarded, "127.0.0.1", 0)
    scripted.port = listening.sockets[0].getsockname()[1]
    yield scripted
    listening.close()
    for writer in scripted.writers:
        writer.close()


@pytest.fixture
def wire(server: Scripted) -> Wire:
    return Wire(Server.from_root(f"http://127.0.0.1:{server.port}/api/"))


async def post(wire: Wire, body: bytes = b"{}", *, seconds: float = 5.0) -> Reply:
    return await wire.post("/bot/getMe", body, kind="application/json", connect_seconds=5.0, seconds=seconds)


async def test_a_connection_is_kept_and_used_again(server: Scripted, wire: Wire) -> None:
    server.answers = [OK, OK]
    assert await post(wire, b'{"a":1}') == Reply(200, b"ok", b"Mon, 23 Nov 2026 10:00:00 GMT")
    assert (await post(wire)).body == b"ok"
    assert server.connections == 1
    assert server.requests[0].startswith(b"POST /api/bot/getMe HTTP/1.1\r\nHost: 127.0.0.1:")
    assert server.requests[0].endswith(b'Content-Length: 7\r\n\r\n{"a":1}')
    wire.close()


@pytest.mark.parametrize(
    ("answer", "body"),
    [
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n3\r\n, y\r\n0\r\n\r\n", b"ok, y"),
        (b"HTTP/1.1 100 Continue\r\n\r\n" + OK, b"ok"),
        (b"HTTP/1.1 502 Bad\r\nContent-Length: 0\r\n\r\n", b""),
    ],
)
async def test_answers_in_pieces_are_put_together(
    server: Scripted, wire: Wire, answer: bytes, body: bytes
) -> None:
    server.answers = [answer, OK]
    assert (await post(wire)).body == body
    assert (await post(wire)).body == b"ok"
    assert server.connections == 1
    wire.close()


async def test_a_server_that_wants_to_close_is_not_written_to_again(server: Scripted, wire: Wire) -> None:
    server.answers = [OK.replace(b"Date", b"Connection: close\r\nDate"), OK]
    assert (await post(wire)).body == b"ok"
    assert (await post(wire)).body == b"ok"
    assert server.connections == 2
    wire.close()


@pytest.mark.parametrize("answer", [b"", OK[:-1] + b"", b"nonsense\r\n\r\n", OK[:20]])
async def test_half_an_answer_is_none_and_nothing_is_asked_twice(
    server: Scripted, wire: Wire, answer: bytes
) -> None:
    server.answers = [answer, b"", OK]
    with pytest.raises((OSError, ValueError)):
        await post(wire, seconds=0.2)
    assert len(server.requests) == 1
    wire.close()


async def test_a_late_answer_is_not_taken_for_that_of_the_next_request(server: Scripted, wire: Wire) -> None:
    server.answers = [b"silence", OK.replace(b"ok", b"no")]
    with pytest.raises(TimeoutError):
        await post(wire, seconds=0.05)
    assert (await post(wire)).body == b"no"
    assert server.connections == 2
    wire.close()


async def test_whoever_leaves_takes_the_connection_along(server: Scripted, wire: Wire) -> None:
    server.answers = [b"silence", OK]
    asking = asyncio.ensure_future(post(wire))
    await server.asked.wait()
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    assert (await post(wire)).body == b"ok"
    assert server.connections == 2
    wire.close()


async def test_what_nobody_asked_for_closes_the_connection(server: Scripted, wire: Wire) -> None:
    server.answers = [OK + OK, OK]
    assert (await post(wire)).body == b"ok"
    assert (await post(wire)).body == b"ok"
    assert server.connections == 2
    wire.close()


async def test_what_is_left_of_an_answer_is_not_taken_for_that_of_the_next_request(
    server: Scripted, wire: Wire
) -> None:
    server.answers = [OK + OK[:-1], b"k", OK.replace(b"ok", b"no")]
    assert (await post(wire)).body == b"ok"
    server.answers.pop(0)
    assert (await post(wire)).body == b"no"
    assert server.connections == 2
    wire.close()


@pytest.mark.parametrize("where", [b"Date", b"ok"])
async def test_an_answer_without_end_is_too_large_wherever_it_grows(server: Scripted, where: bytes) -> None:
    wire = Wire(Server.from_root(f"http://127.0.0.1:{server.port}"), largest=1000)
    long = OK.replace(b"Length: 2", b"Length: 2000").replace(b"ok", b"o" * 2000)
    server.answers = [
        OK,
        long if where == b"ok" else OK.replace(where, b"X: " + b"x" * 1000 + b"\r\n" + where),
    ]
    assert (await post(wire)).body == b"ok"
    with pytest.raises(ValueError, match="too large"):
        await post(wire)
    wire.close()


async def test_whoever_is_told_to_leave_leaves_even_when_its_turn_comes(server: Scripted, wire: Wire) -> None:
    server.answers = [b"silence"] * telegram_wire.CONNECTIONS + [OK] * 2
    crowd = [asyncio.ensure_future(post(wire)) for _ in range(telegram_wire.CONNECTIONS)]
    await server.crowded.wait()
    last = asyncio.ensure_future(post(wire))
    await asyncio.sleep(0)
    crowd[0].cancel()
    await asyncio.sleep(0)  # its slot has just been handed on
    last.cancel()
    with pytest.raises(asyncio.CancelledError):
        await last
    assert (await post(wire)).body == b"ok"
    wire.close()
    await asyncio.gather(*crowd, return_exceptions=True)


@pytest.mark.parametrize("steps", range(8))
async def test_a_connection_that_is_called_off_while_it_opens_is_closed(
    server: Scripted, wire: Wire, steps: int
) -> None:
    server.answers = [b"silence"]
    leaving = asyncio.ensure_future(post(wire))
    for _ in range(steps):
        await asyncio.sleep(0)
    leaving.cancel()
    with warnings.catch_warnings(record=True) as told:
        await asyncio.gather(leaving, return_exceptions=True)
        await asyncio.sleep(0.02)
        del leaving
        gc.collect()
    assert told == []  # least of all that a socket was left open


async def test_a_crowd_shares_the_connections_and_everybody_gets_an_answer(
    server: Scripted, wire: Wire
) -> None:
    count = telegram_wire.CONNECTIONS * 3
    server.answers = [OK] * count
    replies = await asyncio.gather(*[post(wire) for _ in range(count)])
    assert {reply.body for reply in replies} == {b"ok"}
    assert server.connections <= telegram_wire.CONNECTIONS
    wire.close()


async def test_a_slot_comes_back_whatever_happens(server: Scripted, wire: Wire) -> None:
    server.answers = [b""] * (telegram_wire.CONNECTIONS + 5)
    for _ in range(telegram_wire.CONNECTIONS + 5):
        with pytest.raises(OSError, match="cut"):
            await post(wire)
    server.answers = [OK]
    assert (await post(wire)).body == b"ok"
    wire.close()


async def test_nobody_there_is_an_error() -> None:
    wire = Wire(Server.from_root("http://127.0.0.1:1"))  # a port that nobody listens on
    with pytest.raises(OSError, match=r".*"):
        await post(wire)


@pytest.mark.parametrize("root", ["ftp://example.org", "example.org", "https://", ""])
def test_only_addresses_of_the_web_are_taken(root: str) -> None:
    with pytest.raises(ValueError, match="https://"):
        Server.from_root(root)


def test_the_usual_port_is_not_named_to_the_server() -> None:
    assert Server.from_root("https://api.example.org/").authority == "api.example.org"
    assert Server.from_root("http://[::1]:8081").authority == "[::1]:8081"


def test_a_form_with_files_keeps_names_in_their_quotes() -> None:
    body = multipart([("chat_id", "5")], [("document", 'a"\r\nb.age', b"\x00bytes", "x/y")], boundary="edge")
    assert body == (
        b'--edge\r\nContent-Disposition: form-data; name="chat_id"\r\n\r\n5\r\n'
        b'--edge\r\nContent-Disposition: form-data; name="document"; filename="a%22%0D%0Ab.age"\r\n'
        b"Content-Type: x/y\r\n\r\n\x00bytes\r\n--edge--\r\n"
    )


DATES = [
    "",
    "yesterday",
    "Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
    "Mon, 23 Nov 2026 10:00:00 -99999999999999",
]


@pytest.mark.parametrize("date", DATES)
async def test_a_date_that_is_none_tells_no_time(server: Scripted, date: str) -> None:
    server.answers = [OK.replace(b"Mon, 23 Nov 2026 10:00:00 GMT", date.encode())]
    request = PooledRequest("1:invented", api_root=f"http://127.0.0.1:{server.port}")
    with pytest.raises(NetworkError):  # "ok" is no answer of the Bot API
        await request.ask("getMe", {})
    assert request.server_time is None
    await request.shutdown()
