"""The crowd's process: a task on its standard input, then windows; one line of JSON each, back and forth."""

from __future__ import annotations

import asyncio
import gc
import sys

import msgspec

from bench.crowd.api import Api
from bench.crowd.script import NextPoll, Refusal, Task, Window
from bench.crowd.windows import Stuck, watch
from bench.crowd.wire import Wire


async def main() -> None:
    """Serve on a free port until standard input ends."""
    lines = await _standard_input()
    task = msgspec.json.decode(await lines.readline(), type=Task)
    api = Api(task.script)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Wire(api.answer), "127.0.0.1", 0, backlog=1000)
    gc.freeze()
    _say({"port": server.sockets[0].getsockname()[1]})
    while line := await lines.readline():
        _say(await _obey(api, msgspec.json.decode(line, type=Window | NextPoll)))
    server.close()


async def _obey(api: Api, wish: Window | NextPoll) -> object:
    if isinstance(wish, NextPoll):
        api.ready.clear()
        await api.ready.wait()
        return {"ready": True}
    try:
        return await watch(api, wish)
    except Stuck as problem:
        return Refusal(str(problem))


async def _standard_input() -> asyncio.StreamReader:
    reader = asyncio.StreamReader(limit=2**24)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    return reader


def _say(told: object) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(told) + b"\n")
    sys.stdout.flush()


asyncio.run(main())
