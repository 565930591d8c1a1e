"""Reading a request's parameters: query string, form, JSON or multipart."""

from typing import Any

from aiohttp import BodyPartReader, web

from tests.doubles.telegram.kinds import Upload
from tests.doubles.telegram.refusals import mistaken
from tests.doubles.telegram.world import JSON


async def read_parameters(request: web.Request) -> JSON:
    """Everything the call brought, texts and uploads, by name."""
    raw: JSON = dict(request.query)
    kind = request.content_type
    if kind == "application/json":
        raw |= await _read_json(request)
    elif kind == "multipart/form-data":
        raw |= await _read_multipart(request)
    elif kind == "application/x-www-form-urlencoded":
        raw |= {name: str(value) for name, value in (await request.post()).items()}
    return raw


async def _read_json(request: web.Request) -> JSON:
    try:
        found: Any = await request.json()
    except ValueError:
        raise mistaken("can't parse request body as JSON") from None
    if not isinstance(found, dict):
        raise mistaken("request body must be a JSON object")
    return found


async def _read_multipart(request: web.Request) -> JSON:
    raw: JSON = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        data = bytes(await part.read(decode=False))
        if part.filename is None:
            raw[part.name] = data.decode()
        else:
            mime = part.headers.get("Content-Type", "application/octet-stream")
            raw[part.name] = Upload(part.filename, mime, data)
    return raw
