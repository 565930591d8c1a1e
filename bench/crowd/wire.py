"""HTTP/1.1 as little as bots need: POST with a length, kept alive, answered in order."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable
from email.utils import formatdate

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_HEAD = (
    b"HTTP/1.1 200 OK\r\nServer: nginx/1.18.0\r\nDate: %s\r\nContent-Type: application/json\r\n"
    b"Content-Length: %d\r\nConnection: keep-alive\r\n\r\n%s"
)

Answer = Callable[[bytes, bytes, "Wire"], bytes | None]
"""(method of the API, body, wire) to the JSON that goes back; None when it will be sent later."""


class Wire(asyncio.Protocol):
    """One connection of a bot."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._rest = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A bot has come."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, _problem: Exception | None) -> None:
        """A bot has left."""
        self._transport = None

    def data_received(self, data: bytes) -> None:
        """Answer every request that is whole."""
        data = self._rest + data if self._rest else data
        start = 0
        answers = []
        while (end := data.find(b"\r\n\r\n", start)) >= 0:
            body = end + 4
            stop = body + _length(data, start, end)
            if len(data) < stop:
                break
            answer = self._answer(_method(data, start), data[body:stop], self)
            if answer is not None:
                answers.append(_HEAD % (_date(), len(answer), answer))
            start = stop
        self._rest = data[start:]
        if answers and self._transport is not None:
            self._transport.write(b"".join(answers))

    def send(self, answer: bytes) -> None:
        """Answer a request that was left waiting."""
        if self._transport is not None:
            self._transport.write(_HEAD % (_date(), len(answer), answer))


def _length(data: bytes, start: int, end: int) -> int:
    found = _LENGTH.search(data, start, end)
    if found is None and data.startswith(b"POST", start):
        raise ValueError("a bot that sends no Content-Length is not understood here")
    return int(found[1]) if found else 0


def _method(data: bytes, start: int) -> bytes:
    """`POST /bot123:abc/sendMessage HTTP/1.1` to `sendMessage`."""
    line = data[start : data.index(b" HTTP/", start)]
    return line[line.rindex(b"/") + 1 :].partition(b"?")[0]


_now: tuple[int, bytes] = (0, b"")


def _date() -> bytes:
    """The Date header, made once a second."""
    global _now  # noqa: PLW0603  (a cache of one value)
    second = int(time.time())
    if _now[0] != second:
        _now = (second, formatdate(second, usegmt=True).encode("ascii"))
    return _now[1]
