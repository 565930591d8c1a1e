"""Echoes, and after the last turn makes the calls that a card takes, one after the other, on bare sockets."""

from __future__ import annotations

import asyncio
import sys

from bench.dialogues import QUESTIONS
from bench.rivals.bare_echo import UPDATE
from bench.rivals.bare_http import Connections

_LAST = b"answer-%d-" % QUESTIONS
_LETTERS = bytes.maketrans(b"0123456789", b"ABCDEFGHJK")
_FILE = b'filename="%s.age"\r\n\r\n' + bytes(23_000)  # as long as a sealed report


async def _post_card(api: Connections, chat: bytes, text: bytes, *, number: int) -> None:
    code = (b"%05d" % (number % 100_000)).translate(_LETTERS)
    await api.call(b"answerCallbackQuery", b"callback_query_id=1")
    await api.call(b"sendMessage", b"chat_id=%s&text=%s+%s" % (chat, text, code))
    await api.call(b"createForumTopic", b"chat_id=-1&name=" + code)
    await api.call(b"sendDocument", b"chat_id=-1&" + _FILE % code)


async def main(root: str, token: str) -> None:
    """Poll for ever."""
    api = Connections(root, token)
    offset = b"0"
    under_way: set[asyncio.Task[object]] = set()
    while True:
        batch = await api.call(b"getUpdates", b"timeout=10&offset=" + offset)
        for update, chat, text in UPDATE.findall(batch):
            number = int(update)
            offset = b"%d" % (number + 1)
            if text.startswith(_LAST):
                task: asyncio.Task[object] = asyncio.create_task(_post_card(api, chat, text, number=number))
            else:
                task = asyncio.create_task(api.call(b"sendMessage", b"chat_id=%s&text=%s" % (chat, text)))
            under_way.add(task)
            task.add_done_callback(under_way.discard)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:3]))
