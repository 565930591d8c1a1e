"""The least that can answer: no JSON is read, no object made. It shows what the crowd itself can bear."""

from __future__ import annotations

import asyncio
import re
import sys

from bench.rivals.bare_http import Connections

UPDATE = re.compile(rb'"update_id":(\d+),"message":.*?"chat":{"id":(\d+).*?"text":"([^"]*)"')


async def main(root: str, token: str) -> None:
    """Poll for ever."""
    api = Connections(root, token)
    offset = b"0"
    under_way: set[asyncio.Task[bytes]] = set()
    while True:
        batch = await api.call(b"getUpdates", b"timeout=10&offset=" + offset)
        for number, chat, text in UPDATE.findall(batch):
            offset = b"%d" % (int(number) + 1)
            task = asyncio.create_task(api.call(b"sendMessage", b"chat_id=%s&text=%s" % (chat, text)))
            under_way.add(task)
            task.add_done_callback(under_way.discard)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:3]))
