"""HTTP/1.1 to one server, as far as the Bot API needs it: post, read the answer, keep the connection.

Answers are parsed by llhttp. Nothing is asked twice by itself: a post without an answer may have been done.
Whoever waits hears `OSError`, `TimeoutError` or `ValueError`, whose words never hold what was sent.
"""

from __future__ import annotations

import asyncio
import ssl
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import cast
from urllib.parse import urlsplit

import httptools

LARGEST = 64 * 1024 * 1024  # bytes of one answer, its head included
IDLE_SECONDS = 15.0  # shorter than any server's patience, so that we rarely write to a closed connection
CONNECTIONS = 40


@dataclass(frozen=True, slots=True)
class Reply:
    """Status, body, and what the Date header said."""

    status: int
    body: bytes = field(repr=False)
    date: bytes = b""


@dataclass(frozen=True, slots=True)
class Server:
    """Where to connect; `prefix` comes before every path."""

    host: str
    port: int
    secure: bool
    prefix: str

    @classmethod
    def from_root(cls, root: str) -> Server:
        """The server of `https://host[:port][/prefix]`.

        :raises ValueError: something else.
        """
        parts = urlsplit(root.rstrip("/"))
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("an address begins with https:// and names a host")
        secure = parts.scheme == "https"
        return cls(parts.hostname, parts.port or (443 if secure else 80), secure, parts.path)

    @property
    def authority(self) -> str:
        """What the Host header says."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == (443 if self.secure else 80) else f"{name}:{self.port}"


class Wire:
    """A pool of connections to one server; no answer has more than `largest` bytes."""

    def __init__(self, server: Server, *, largest: int = LARGEST) -> None:
        self._server = server
        self._largest = largest
        self._ssl = _context() if server.secure else None
        self._idle: list[_Connection] = []
        self._open: set[_Connection] = set()
        self._slots = CONNECTIONS
        self._queue: deque[asyncio.Future[None]] = deque()

    async def post(
        self, path: str, body: bytes, *, kind: str, connect_seconds: float, seconds: float
    ) -> Reply:
        """One exchange: `connect_seconds` to get a connection, `seconds` for the answer."""
        line = f"POST {self._server.prefix}{path} HTTP/1.1\r\nHost: {self._server.authority}\r\n"
        head = f"{line}Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode("ascii")
        connection = await self._take(connect_seconds)
        try:
            return await connection.exchange(head + body, seconds)
        finally:
            self._give_back(connection)

    def close(self) -> None:
        """Let go of every connection."""
        for connection in tuple(self._open):
            connection.close()
        self._idle.clear()
        self._open.clear()

    async def _take(self, seconds: float) -> _Connection:
        if self._slots > 0:
            self._slots -= 1
        else:
            await self._wait(seconds)
        while self._idle:
            connection = self._idle.pop()
            if connection.is_fresh:
                return connection
            self._drop(connection)
        try:
            return await self._connect(seconds)
        except BaseException:
            self._free()
            raise

    async def _wait(self, seconds: float) -> None:
        """For a slot that somebody hands on."""
        turn = asyncio.get_running_loop().create_future()
        self._queue.append(turn)
        try:
            async with asyncio.timeout(seconds):  # unlike `wait_for`, it swallows no cancellation
                await turn
        except BaseException:
            if turn.done() and not turn.cancelled():
                self._free()  # it was handed to us when we left
            raise

    async def _connect(self, seconds: float) -> _Connection:
        server = self._server
        loop = asyncio.get_running_loop()
        name = server.host if server.secure else None
        dial = partial(loop.create_connection, ssl=self._ssl, server_hostname=name, happy_eyeballs_delay=0.25)
        make = partial(_Connection, self._largest)
        opening: asyncio.Task[_Opened] = loop.create_task(dial(make, server.host, server.port))
        try:
            async with asyncio.timeout(seconds):
                _, connection = await asyncio.shield(opening)
        except BaseException:
            opening.add_done_callback(_hang_up)  # cancelled, it may leave a socket open: CPython's race
            raise
        self._open.add(connection)
        return connection

    def _give_back(self, connection: _Connection) -> None:
        if connection.is_reusable:
            connection.rest()
            self._idle.append(connection)
        else:
            self._drop(connection)
        self._free()

    def _drop(self, connection: _Connection) -> None:
        connection.close()
        self._open.discard(connection)

    def _free(self) -> None:
        while self._queue:
            turn = self._queue.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._slots += 1


_Opened = tuple[asyncio.Transport, "_Connection"]


def _hang_up(opening: asyncio.Task[_Opened]) -> None:
    """Nobody waits for this connection any more."""
    if not opening.cancelled() and opening.exception() is None:
        opening.result()[1].close()


class _Connection(asyncio.Protocol):
    """One connection: at most one exchange at a time."""

    def __init__(self, largest: int) -> None:
        self._largest = largest
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._parser = httptools.HttpResponseParser(self)
        self._answer: asyncio.Future[Reply] | None = None
        self._pieces: list[bytes] = []
        self._size = 0
        self._date = b""
        self._rested = 0.0
        self._keeps = True

    @property
    def is_reusable(self) -> bool:
        """Whether another exchange can follow the last one."""
        return self._transport is not None and self._keeps and self._answer is None

    @property
    def is_fresh(self) -> bool:
        """Whether the other side surely has not given up on us."""
        return self.is_reusable and self._loop.time() - self._rested < IDLE_SECONDS

    def rest(self) -> None:
        """Nothing to do for a while."""
        self._rested = self._loop.time()

    async def exchange(self, request: bytes, seconds: float) -> Reply:
        """Write a request and wait for the whole answer."""
        if self._transport is None:
            raise ConnectionResetError("the connection is gone")
        self._answer = answer = self._loop.create_future()
        self._size = 0
        alarm = self._loop.call_later(seconds, self._fail, TimeoutError("no answer in time"))
        self._transport.write(request)
        try:
            reply: Reply = await answer
        finally:
            alarm.cancel()
            if not answer.done() or answer.cancelled():
                self.close()  # its answer would be taken for that of the next request
        return reply

    def close(self) -> None:
        """Hang up."""
        self._keeps = False
        if self._transport is not None:
            self._transport.abort()

    # What asyncio says ---------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """We are through."""
        self._transport = cast("asyncio.Transport", transport)  # what create_connection makes, in any loop

    def connection_lost(self, exc: Exception | None) -> None:
        """The other side hung up, or we did."""
        self._transport = None
        self._fail(ConnectionResetError("the connection was cut"))

    def data_received(self, data: bytes) -> None:
        """A piece of the answer."""
        if self._answer is None:
            self.close()  # nobody asked
            return
        self._size += len(data)
        if self._size > self._largest:
            self._fail(ValueError("the answer is too large"))
            return
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self._fail(ValueError("the answer is no HTTP"))

    def _fail(self, problem: Exception) -> None:
        self.close()
        answer, self._answer = self._answer, None
        if answer is not None and not answer.done():
            answer.set_exception(problem)

    # What the parser says ------------------------------------------------------------------------------

    def on_message_begin(self) -> None:
        """A new answer."""
        if self._answer is None:
            self.close()  # what is left of it would be taken for that of the next request
        self._pieces, self._date = [], b""

    def on_header(self, name: bytes, value: bytes) -> None:
        """Only the date is of interest."""
        if len(name) == 4 and name.lower() == b"date":
            self._date = value

    def on_body(self, piece: bytes) -> None:
        """More of the body."""
        self._pieces.append(piece)

    def on_message_complete(self) -> None:
        """The answer is whole; a provisional one (1xx) is not the answer."""
        status = self._parser.get_status_code()
        if status < 200:
            return
        self._keeps = self._keeps and bool(self._parser.should_keep_alive())
        answer, self._answer = self._answer, None
        if answer is not None and not answer.done():
            answer.set_result(Reply(status, b"".join(self._pieces), self._date))
        self._pieces = []


def _context() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    return context


def multipart(
    fields: Iterable[tuple[str, str]], files: Iterable[tuple[str, str, bytes, str]], *, boundary: str
) -> bytes:
    """A form with files (RFC 7578): fields are (name, value), files (name, file name, content, type)."""
    mark = f"--{boundary}\r\nContent-Disposition: form-data; name="
    pieces = [f'{mark}"{_quote(name)}"\r\n\r\n{value}\r\n'.encode() for name, value in fields]
    for name, file, content, kind in files:
        head = f'{mark}"{_quote(name)}"; filename="{_quote(file)}"\r\nContent-Type: {_quote(kind)}\r\n\r\n'
        pieces += [head.encode(), content, b"\r\n"]
    return b"".join([*pieces, f"--{boundary}--\r\n".encode()])


def _quote(text: str) -> str:
    """No name ends its quotes or its line."""
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
