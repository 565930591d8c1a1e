"""The wire to the Bot API: the library's request class over aiohttp, and the only holder of the token.

The library is given `STAND_IN` instead of the token. The real one is put into the address here, at the
last moment, and every failure is raised anew without a cause: so no log line, `repr`, message or chained
exception above this module can carry it.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, NoReturn

import aiohttp
from telegram import Bot
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter

STAND_IN = "STAND-IN"
READ_SECONDS = 15.0
CONNECT_SECONDS = 10.0
WRITE_SECONDS = 30.0
IDLE_SECONDS = 15.0  # shorter than any server's patience, so that we rarely write to a closed connection
CONNECTIONS = 40


class Client(Bot):
    """The library's typed client without its log: at DEBUG it would write down every text we send or get."""

    __slots__ = ()
    _LOGGER = logging.Logger("mute", logging.CRITICAL + 1)  # noqa: LOG001  # alone: no setting turns it on


def connect(request: AiohttpRequest, *, api_root: str) -> Client:
    """A client for the Bot API at `api_root`, over our transport and without the token."""
    root = api_root.rstrip("/")
    return Client(
        STAND_IN,
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=request,
        get_updates_request=request,
    )


class Flooded(TelegramError):
    """429: come back after `seconds`. (The library's own class warns about its units when it is built.)"""

    __slots__ = ("seconds",)

    def __init__(self, seconds: float) -> None:
        super().__init__("too many requests")
        self.seconds = seconds


class Oversized(TelegramError):
    """413: what was sent is too large; sending it again will not help."""

    __slots__ = ()


class AiohttpRequest(BaseRequest):
    """One keep-alive pool to one Bot API server; no redirects, no proxies from the environment."""

    def __init__(self, token: str, *, read_seconds: float = READ_SECONDS) -> None:
        self._token = token
        self._read_seconds = read_seconds
        self._session: aiohttp.ClientSession | None = None
        self.server_time: datetime | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for bytes of an answer where the caller names none."""
        return self._read_seconds

    async def initialize(self) -> None:
        """Open the pool; again and again does nothing."""
        await self._opened()

    async def _opened(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=IDLE_SECONDS),
                cookie_jar=aiohttp.DummyCookieJar(),
                trust_env=False,
            )
        return self._session

    async def shutdown(self) -> None:
        """Close the pool."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def call(self, url: str, parameters: Mapping[str, object], *, read_seconds: float) -> Any:
        """Post plain parameters and hand back the undecoded `result`: for polls, which nobody may parse."""
        data = RequestData([RequestParameter.from_input(key, value) for key, value in parameters.items()])
        return await self.post(url, data, read_timeout=read_seconds)

    async def do_request(  # noqa: PLR0917  # the library's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Send one request; HTTP status and body come back."""
        limits = _timeouts(
            read=_chosen(read_timeout, self._read_seconds),
            connect=_chosen(connect_timeout, CONNECT_SECONDS),
            write=_chosen(write_timeout, WRITE_SECONDS),
            pool=_chosen(pool_timeout, CONNECT_SECONDS),
        )
        failure: TelegramError
        try:
            status, body = await self._exchange(url, method, data=_form(request_data), limits=limits)
        except TimeoutError:
            failure = TimedOut("no answer in time")
        except Exception as problem:  # whatever it is, its words may hold the address
            failure = NetworkError(f"no answer: {type(problem).__name__}")
        else:
            _check_status(status, body)
            return status, body
        raise failure  # outside `except`, so that nothing is chained to it

    async def _exchange(
        self, url: str, method: str, *, data: aiohttp.FormData | None, limits: aiohttp.ClientTimeout
    ) -> tuple[int, bytes]:
        session = await self._opened()
        async with session.request(
            method, self._address(url), data=data, timeout=limits, allow_redirects=False
        ) as answer:
            self.server_time = _read_date(answer.headers.get("Date", ""))
            return answer.status, await answer.read()

    def _address(self, url: str) -> str:
        return url.replace(STAND_IN, self._token, 1)

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Decode an answer; unlike the library's, a broken one is neither logged nor quoted."""
        answer: Any = None
        try:
            answer = json.loads(payload)
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict):
            raise NetworkError("the answer is not what the Bot API promises")
        return answer


def _read_date(header: str) -> datetime | None:
    """HTTP's Date (RFC 9110, 6.6.1); a proxy may leave it out or spoil it."""
    try:
        told = parsedate_to_datetime(header)
    except (TypeError, ValueError):
        return None
    return told if told.tzinfo else told.replace(tzinfo=UTC)


def _chosen(given: Any, default: float) -> float | None:
    """The library marks "not given" with an object of its own."""
    if given is BaseRequest.DEFAULT_NONE:
        return default
    return None if given is None else float(given)


def _timeouts(
    *, read: float | None, connect: float | None, write: float | None, pool: float | None
) -> aiohttp.ClientTimeout:
    """Whole exchange bounded, too: a server that drips bytes must not hold a connection for ever."""
    parts = [part for part in (read, connect, write, pool) if part is not None]
    total = sum(parts) if len(parts) == 4 else None
    return aiohttp.ClientTimeout(total=total, connect=pool, sock_connect=connect, sock_read=read)


def _form(data: RequestData | None) -> aiohttp.FormData | None:
    """Fields as a form; with files as multipart."""
    if data is None:
        return None
    form = aiohttp.FormData(default_to_multipart=data.contains_files, charset="utf-8")
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in (data.multipart_data if data.contains_files else {}).items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form


def _check_status(status: int, body: bytes) -> None:
    """What the library has no proper class for: floods, oversize, a server in trouble."""
    if status == 429:
        _refuse_flood(body)
    if status >= 500:
        raise NetworkError(f"the server is in trouble: {status}")
    if status == 413:
        raise Oversized("too large")
    if status >= 300 and not _is_answer(body):
        raise NetworkError(f"not an answer of the Bot API: {status}")  # the library would quote the body


def _is_answer(body: bytes) -> bool:
    try:
        return isinstance(json.loads(body), dict)
    except (ValueError, RecursionError):
        return False


def _refuse_flood(body: bytes) -> NoReturn:
    seconds = 1.0
    try:
        seconds = float(json.loads(body)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        seconds = 1.0
    raise Flooded(max(seconds, 1.0))
