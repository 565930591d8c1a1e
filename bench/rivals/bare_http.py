"""HTTP/1.1 towards a Bot API, by hand: connections kept alive, one request under way in each."""

from __future__ import annotations

import asyncio
import re
from urllib.parse import urlsplit

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Connection(asyncio.Protocol):
    """One connection; the next request only when the last is answered."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._rest = b""
        self._answer: asyncio.Future[bytes] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Connected."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, problem: Exception | None) -> None:
        """Whoever waits is told."""
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(problem or ConnectionResetError())

    def data_received(self, data: bytes) -> None:
        """The answer, when it is whole."""
        self._rest += data
        end = self._rest.find(b"\r\n\r\n")
        if end < 0 or self._answer is None:
            return
        found = _LENGTH.search(self._rest, 0, end)
        stop = end + 4 + (int(found[1]) if found else 0)
        if len(self._rest) >= stop:
            body, self._rest = self._rest[end + 4 : stop], self._rest[stop:]
            self._answer.set_result(body)

    def ask(self, request: bytes) -> asyncio.Future[bytes]:
        """Send; the body of the answer comes."""
        assert self._transport is not None
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return self._answer


class Connections:
    """As many as are needed."""

    def __init__(self, root: str, token: str) -> None:
        parts = urlsplit(root)
        self._host, self._port = parts.hostname or "", parts.port or 80
        self._head = f"POST /bot{token}/%s HTTP/1.1\r\nHost: {parts.netloc}\r\n".encode() + (
            b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s"
        )
        self._free: list[Connection] = []

    async def call(self, method: bytes, body: bytes) -> bytes:
        """One call of the API."""
        connection = self._free.pop() if self._free else await self._connect()
        answer = await connection.ask(self._head % (method, len(body), body))
        self._free.append(connection)
        return answer

    async def _connect(self) -> Connection:
        loop = asyncio.get_running_loop()
        _, connection = await loop.create_connection(Connection, self._host, self._port)
        return connection
