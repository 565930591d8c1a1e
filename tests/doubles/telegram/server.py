"""The HTTP side: token check, parameters, faults, flood limits, answers."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.doubles.telegram.access import find_chat
from tests.doubles.telegram.calls import Call, Violation
from tests.doubles.telegram.faults import AFTER, Fault, FaultPlan, Kind
from tests.doubles.telegram.flood import FloodGate
from tests.doubles.telegram.methods import HANDLERS
from tests.doubles.telegram.methods.files import find_offered
from tests.doubles.telegram.parameters import check, plain, spell
from tests.doubles.telegram.polling import Poller
from tests.doubles.telegram.reading import read_parameters
from tests.doubles.telegram.refusals import MISTAKES, Because, Refused, flooded
from tests.doubles.telegram.state import World
from tests.doubles.telegram.world import JSON

BODY_LIMIT = 64 * 1024 * 1024


@dataclass(slots=True)
class Desk:
    """Everything the server needs to answer; shared with the driver."""

    world: World
    token: str = field(repr=False)
    strict: bool = True
    faults: FaultPlan = field(default_factory=FaultPlan)
    flood: FloodGate = field(default_factory=FloodGate)
    calls: list[Call] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    poller: Poller = field(init=False)

    def __post_init__(self) -> None:
        self.poller = Poller(self.world)


def build_app(desk: Desk) -> web.Application:
    """Routes of the Bot API."""
    app = web.Application(client_max_size=BODY_LIMIT)

    async def call(request: web.Request) -> web.StreamResponse:
        return await answer_call(desk, request)

    async def download(request: web.Request) -> web.StreamResponse:
        return await answer_download(desk, request)

    app.router.add_route("*", "/bot{token}/{method}", call)
    app.router.add_get("/file/bot{token}/{path:.+}", download)
    return app


def check_token(desk: Desk, request: web.Request) -> None:
    token = request.match_info["token"]
    number, _, secret = token.partition(":")
    if not (number.isdigit() and secret):
        raise Refused(Because.BAD_TOKEN)
    if token != desk.token:
        raise Refused(Because.UNAUTHORIZED)
    if desk.world.logged_out:
        raise Refused(Because.LOGGED_OUT)


async def answer_call(desk: Desk, request: web.Request) -> web.StreamResponse:
    """One method call from the first byte to the last."""
    name = request.match_info["method"]
    call: Call | None = None
    try:
        check_token(desk, request)
        raw = await read_parameters(request)
        call = Call(name, plain(raw), desk.world.clock.now())
        desk.calls.append(call)
        call.method = spell(name)
        fault = desk.faults.strike(call.method, call.parameters)
        if fault is not None:
            call.fault = fault.kind.value
            return await suffer(desk, request, call=call, fault=fault, raw=raw)
        return await respond(desk, call=call, raw=raw)
    except Refused as refusal:
        return refuse(desk, refusal, call=call)
    finally:
        desk.world.bell.ring()


async def respond(desk: Desk, *, call: Call, raw: JSON) -> web.StreamResponse:
    """Apply the call and answer it."""
    result = await apply(desk, call=call, raw=raw)
    call.status, call.answered, call.result = 200, True, result
    return web.json_response({"ok": True, "result": result})


async def apply(desk: Desk, *, call: Call, raw: JSON) -> Any:
    """Check and carry out, without answering."""
    values = check(call.method, raw, strict=desk.strict)
    if "chat_id" in values:
        chat = find_chat(desk.world, values["chat_id"])
        desk.flood.pass_call(call.method, chat, now=desk.world.moment())
    if call.method == "getUpdates":
        result: Any = await desk.poller.get_updates(values)
    else:
        if call.method == "setWebhook":
            desk.poller.send_away(Because.WEBHOOK_SET)
        result = HANDLERS[call.method](desk.world, values)
    call.applied = True
    return result


def refuse(desk: Desk, refusal: Refused, *, call: Call | None) -> web.Response:
    """`ok: false` with the refusal's code; a mistake of the bot is written down as well."""
    body: JSON = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    if call is not None:
        call.status, call.answered, call.description = refusal.code, True, refusal.description
        if refusal.because in MISTAKES:
            desk.violations.append(Violation(call.method, refusal.description, call.parameters))
    return web.json_response(body, status=refusal.code)


async def suffer(
    desk: Desk, request: web.Request, *, call: Call, fault: Fault, raw: JSON
) -> web.StreamResponse:
    """Let a planned fault have its way with a call."""
    if fault.kind is Kind.FLOOD:
        raise flooded(int(fault.seconds))
    if fault.kind is Kind.DELAY:
        await _sleep(desk, fault.seconds)
        return await respond(desk, call=call, raw=raw)
    if fault.kind in AFTER:
        call.result = await apply(desk, call=call, raw=raw)
    call.answered = False
    if fault.kind in {Kind.DROP, Kind.LOSE_SILENT}:
        await desk.closing.wait()
        return await cut(request)
    if fault.kind in {Kind.CLOSE, Kind.LOSE}:
        return await cut(request)
    return _planned_answer(call, fault)


def _planned_answer(call: Call, fault: Fault) -> web.Response:
    """A server error in HTML as a proxy sends it, or a refusal in the test's own words."""
    call.status, call.answered, call.description = fault.status, True, fault.description
    if fault.kind is Kind.REFUSE:
        body = {"ok": False, "error_code": fault.status, "description": fault.description}
        return web.json_response(body, status=fault.status)
    return web.Response(text="<html>Server Error</html>", content_type="text/html", status=fault.status)


async def cut(request: web.Request) -> web.StreamResponse:
    """Begin an answer and cut the connection in the middle of it."""
    response = web.StreamResponse(headers={"Content-Length": "1000", "Content-Type": "application/json"})
    await response.prepare(request)
    await response.write(json.dumps({"ok": True, "result": {}})[:12].encode())
    if request.transport is not None:
        request.transport.close()
    return response


async def _sleep(desk: Desk, seconds: float) -> None:
    """A delay that ends with the server."""
    try:
        async with asyncio.timeout(seconds):
            await desk.closing.wait()
    except TimeoutError:
        return


async def answer_download(desk: Desk, request: web.Request) -> web.StreamResponse:
    """A stored file while the link from getFile is good."""
    try:
        check_token(desk, request)
    except Refused as refusal:
        return refuse(desk, refusal, call=None)
    stored = find_offered(desk.world, request.match_info["path"])
    if stored is None:
        return refuse(desk, Refused(Because.BAD_TOKEN), call=None)
    return web.Response(body=stored.data, content_type="application/octet-stream")
