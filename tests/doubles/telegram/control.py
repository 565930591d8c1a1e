"""The control API: people driven over HTTP in JSON, by programs in any language.

Every request is a POST of one JSON object to /control/NAME and is answered with
`{"ok": true, "result": …}` or, with status 400, `{"ok": false, "error": "a sentence"}`.
GET /control lists the names with what they take.
"""

import inspect
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web

from tests.doubles.telegram import control_people, control_rig
from tests.doubles.telegram.double import TelegramDouble
from tests.doubles.telegram.refusals import Refused
from tests.doubles.telegram.screens import Shown
from tests.doubles.telegram.server import build_app
from tests.doubles.telegram.world import JSON

Action = Callable[..., Awaitable[Any]]
ACTIONS: Mapping[str, Action] = {**control_people.ACTIONS, **control_rig.ACTIONS}


def build_controlled_app(double: TelegramDouble) -> web.Application:
    """The Bot API and the control API in one server."""
    app = build_app(double.desk)

    async def act(request: web.Request) -> web.Response:
        return await answer(double, request)

    async def index(_: web.Request) -> web.Response:
        return web.json_response({"ok": True, "result": describe()})

    app.router.add_get("/control", index)
    app.router.add_post("/control/{name}", act)
    return app


def describe() -> JSON:
    """Each action's name, what it takes and what it does."""
    out: JSON = {}
    for name, action in sorted(ACTIONS.items()):
        parameters = list(inspect.signature(action).parameters.values())[1:]
        takes = {one.name: "required" if one.default is one.empty else one.default for one in parameters}
        out[name] = {"takes": takes, "does": inspect.getdoc(action) or ""}
    return out


async def answer(double: TelegramDouble, request: web.Request) -> web.Response:
    """Run one action; what is wrong with it is said in a sentence."""
    name = request.match_info["name"]
    try:
        given = await request.json() if request.can_read_body else {}
        result = await run(double, name, given=given)
    except (LookupError, ValueError, TypeError, AssertionError, Refused) as error:
        sentence = str(error.args[0]) if error.args else str(error)
        return web.json_response({"ok": False, "error": sentence}, status=400)
    return web.json_response({"ok": True, "result": plain(result)})


async def run(double: TelegramDouble, name: str, *, given: Any) -> Any:
    """Find the action and give it the JSON object's fields as keywords."""
    if name not in ACTIONS:
        raise LookupError(f"no action {name!r}; GET /control lists them")
    if not isinstance(given, dict):
        raise TypeError("the body must be one JSON object")
    action = ACTIONS[name]
    try:
        inspect.signature(action).bind(double, **given)
    except TypeError as error:
        raise ValueError(f"{name}: {error}; GET /control says what it takes") from None
    return await action(double, **given)


def plain(value: Any) -> Any:
    """Messages and lists of them as JSON."""
    if isinstance(value, Shown):
        return value.as_json()
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value
