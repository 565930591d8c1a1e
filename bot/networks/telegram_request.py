"""Requests to the Bot API: the library's request class over our own wire, and the only holder of the token.

The library is given `STAND_IN` instead of the token. The real one is put into the address here, at the
last moment, and every failure is raised anew without a cause: so no log line, `repr`, message or chained
exception above this module can carry it.
"""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import IO, Annotated, Any, Literal, NoReturn
from urllib.parse import urlencode

import msgspec
from telegram import Bot
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.networks.telegram_wire import Server, Wire, multipart

STAND_IN = "STAND-IN"
READ_SECONDS = 15.0
CONNECT_SECONDS = 10.0
WRITE_SECONDS = 30.0
FORM, JSON, OCTETS = "application/x-www-form-urlencoded", "application/json", "application/octet-stream"
_NO_ANSWER = "the answer is not what the Bot API promises"


class Client(Bot):
    """The library's typed client without its log: at DEBUG it would write down every text we send or get."""

    __slots__ = ()
    _LOGGER = logging.Logger("mute", logging.CRITICAL + 1)  # noqa: LOG001  # alone: no setting turns it on


def connect(request: PooledRequest, *, api_root: str) -> Client:
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


class _Answer(msgspec.Struct):
    """What the Bot API wraps around a result."""

    ok: Literal[True]
    result: msgspec.Raw = msgspec.Raw()


class _Patience(msgspec.Struct):
    retry_after: Annotated[float, msgspec.Meta(ge=1.0)]


class _Flood(msgspec.Struct):
    parameters: _Patience


_read_answer = msgspec.json.Decoder(_Answer).decode
_read_flood = msgspec.json.Decoder(_Flood).decode
_write_json = msgspec.json.Encoder().encode


class PooledRequest(BaseRequest):
    """One keep-alive pool to the Bot API at `api_root`; no redirects, no proxies from the environment."""

    def __init__(self, token: str, *, api_root: str, read_seconds: float = READ_SECONDS) -> None:
        self._token = token
        self._root = api_root.rstrip("/")
        self._read_seconds = read_seconds
        self._wire: Wire | None = None
        self._date = b""

    @property
    def server_time(self) -> datetime | None:
        """What the last answer's Date header said."""
        return _read_date(self._date.decode("latin-1"))

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer where the caller names none."""
        return self._read_seconds

    async def initialize(self) -> None:
        """Nothing: the pool opens with the first request."""

    def _opened(self) -> Wire:
        if self._wire is None:
            self._wire = Wire(Server.from_root(self._root))
        return self._wire

    async def shutdown(self) -> None:
        """Close the pool."""
        wire, self._wire = self._wire, None
        if wire is not None:
            wire.close()

    async def ask(
        self, name: str, parameters: Mapping[str, object], *, read_seconds: float | None = None
    ) -> msgspec.Raw:
        """Call a method with plain values and hand back its result undecoded: for what is called most.

        Raises TelegramError as the library's own calls do.
        """
        seconds = WRITE_SECONDS + (self._read_seconds if read_seconds is None else read_seconds)
        return await self._call(name, _write_json(parameters), kind=JSON, seconds=seconds)

    async def upload(
        self, name: str, parameters: Mapping[str, object], *files: tuple[str, str, bytes], seconds: float
    ) -> msgspec.Raw:
        """As `ask`, with files: which parameter each is, its own name, what is in it."""
        fields = [(key, _spell(value)) for key, value in parameters.items()]
        kind, body = _form(fields, [(*file, OCTETS) for file in files])
        return await self._call(name, body, kind=kind, seconds=seconds)

    async def _call(self, name: str, body: bytes, *, kind: str, seconds: float) -> msgspec.Raw:
        status, told = await self._exchange(f"/bot{STAND_IN}/{name}", body, kind=kind, seconds=seconds)
        _check_status(status, told)
        if status != 200:
            await _Told(status, told).post(name)
        try:
            return _read_answer(told).result
        except (msgspec.DecodeError, RecursionError):
            pass
        raise NetworkError(_NO_ANSWER)

    async def do_request(  # noqa: PLR0917  # the library's signature
        self,
        url: str,
        method: str,  # what it posts; it gets nothing but files, and we fetch none
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # one limit covers both
    ) -> tuple[int, bytes]:
        """Send one request of the library; HTTP status and body come back."""
        seconds = _chosen(read_timeout, self._read_seconds) + _chosen(write_timeout, WRITE_SECONDS)
        kind, body = _encode(request_data)
        status, told = await self._exchange(
            url.removeprefix(self._root),
            body,
            kind=kind,
            seconds=seconds,
            connect_seconds=_chosen(connect_timeout, CONNECT_SECONDS),
        )
        _check_status(status, told)
        return status, told

    async def _exchange(
        self, path: str, body: bytes, *, kind: str, seconds: float, connect_seconds: float = CONNECT_SECONDS
    ) -> tuple[int, bytes]:
        failure: TelegramError
        try:
            reply = await self._opened().post(
                self._address(path), body, kind=kind, connect_seconds=connect_seconds, seconds=seconds
            )
        except TimeoutError:
            failure = TimedOut("no answer in time")
        except Exception as problem:  # whatever it is, its words may hold the address
            failure = NetworkError(f"no answer: {type(problem).__name__}")
        else:
            self._date = reply.date
            return reply.status, reply.body
        raise failure  # outside `except`, so that nothing is chained to it

    def _address(self, path: str) -> str:
        return path.replace(STAND_IN, self._token, 1)

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Decode an answer; unlike the library's, a broken one is neither logged nor quoted."""
        answer: Any = None
        try:
            answer = json.loads(payload)
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict):
            raise NetworkError(_NO_ANSWER)
        return answer


class _Told(PooledRequest):
    """A refusal that is here already, for the library to make its error of."""

    def __init__(self, status: int, body: bytes) -> None:
        self._told = status, body

    async def do_request(self, *_: Any, **__: Any) -> tuple[int, bytes]:
        """What was told."""
        return self._told


def _read_date(header: str) -> datetime | None:
    """HTTP's Date (RFC 9110, 6.6.1); a proxy may leave it out or spoil it."""
    try:
        told = parsedate_to_datetime(header)
    except (TypeError, ValueError, OverflowError):
        return None
    return told if told.tzinfo else told.replace(tzinfo=UTC)


def _chosen(given: Any, default: float) -> float:
    """The library marks "not given" with an object of its own."""
    return default if given is BaseRequest.DEFAULT_NONE or given is None else float(given)


def _encode(data: RequestData | None) -> tuple[str, bytes]:
    """Content type and body: a form; with files as multipart."""
    if data is None:
        return FORM, b""
    if not data.contains_files:
        return FORM, urlencode(data.json_parameters).encode("ascii")
    parts = data.multipart_data.items()
    files = [(name, file, _whole(content), mime) for name, (file, content, mime) in parts]
    return _form(data.json_parameters.items(), files)


def _form(
    fields: Iterable[tuple[str, str]], files: Iterable[tuple[str, str, bytes, str]]
) -> tuple[str, bytes]:
    boundary = secrets.token_hex(16)
    return f"multipart/form-data; boundary={boundary}", multipart(fields, files, boundary=boundary)


def _spell(value: object) -> str:
    """A form's values are text: words as they are, everything else as JSON."""
    return value if isinstance(value, str) else _write_json(value).decode()


def _whole(content: bytes | IO[bytes]) -> bytes:
    return content if isinstance(content, bytes) else content.read()


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
        seconds = _read_flood(body).parameters.retry_after
    except (msgspec.DecodeError, RecursionError):
        seconds = 1.0
    raise Flooded(seconds)
