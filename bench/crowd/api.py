"""The Bot API that bots of the benches talk to: as quick as can be, and answering as the real one does."""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import Callable
from itertools import islice
from urllib.parse import unquote_to_bytes

from bench.crowd.cards import Cards
from bench.crowd.group import ADMINISTRATORS, COUNT, GROUP, MEMBER
from bench.crowd.lines import BOT, make_lines
from bench.crowd.people import People
from bench.crowd.script import Script
from bench.crowd.wire import Wire

UPDATES_AT_ONCE = 100
_NUMBER = rb"(?:=|\":\s*\"?|\"(?:\r\n[^\r\n]+)*\r\n\r\n)(-?\d+)"
_CHAT = re.compile(rb"\bchat_id" + _NUMBER)
_OFFSET = re.compile(rb"\boffset" + _NUMBER)
_TIMEOUT = re.compile(rb"\btimeout" + _NUMBER)
_DELETED = re.compile(rb"\bmessage_ids?(?:=|\":\s*)(?:%5B|\[)?(.+?)(?:%5D|\]|&|,\"|}|$)")
_DIGITS = re.compile(rb"\d+")
_YES = b'{"ok":true,"result":true}'
_NOTHING = b'{"ok":true,"result":[]}'
_POSTED = (
    b'{"ok":true,"result":{"message_id":%d,"from":' + BOT.encode() + b',"date":1790000000,'
    b'"chat":{"id":%s,"type":"supergroup","title":"Team","is_forum":true}}}'
)


class Api:
    """One bot's API. `ready` is set at the first poll."""

    def __init__(self, script: Script) -> None:
        self.cards = Cards()
        self.people = People(make_lines(script.turns), self._hand_out, self.cards)
        self.ready = asyncio.Event()
        self._pending: deque[tuple[int, bytes]] = deque()
        self._poll: tuple[Wire, asyncio.TimerHandle] | None = None
        self._flushing = False
        self._team_messages = 0
        self._methods: dict[bytes, Callable[[bytes, Wire], bytes | None]] = {
            b"getUpdates": self._get_updates,
            b"sendMessage": lambda body, _: self._write(body, anew=True),
            b"editMessageText": lambda body, _: self._write(body, anew=False),
            b"deleteMessages": self._delete,
            b"deleteMessage": self._delete,
            b"sendDocument": self._post_document,
            b"getMe": lambda *_: b'{"ok":true,"result":' + BOT.encode() + b"}",
            b"getWebhookInfo": lambda *_: (
                b'{"ok":true,"result":{"url":"","has_custom_certificate":false,"pending_update_count":0}}'
            ),
            b"createForumTopic": self._open_topic,
            b"getChat": lambda *_: GROUP,
            b"getChatMemberCount": lambda *_: COUNT,
            b"getChatAdministrators": lambda *_: ADMINISTRATORS,
            b"getChatMember": lambda *_: MEMBER,
        }

    def answer(self, method: bytes, body: bytes, wire: Wire) -> bytes | None:
        """One call; None when it is answered later. What is not known is agreed to."""
        name = method.decode("ascii")
        self.people.counted.calls[name] += 1
        self.cards.call(name, body)
        act = self._methods.get(method)
        return act(body, wire) if act else _YES

    # Updates ----------------------------------------------------------------------------------------

    def _hand_out(self, number: int, update: bytes) -> None:
        self._pending.append((number, update))
        if self._poll is not None and not self._flushing:
            self._flushing = True
            asyncio.get_running_loop().call_soon(self._flush)

    def _get_updates(self, body: bytes, wire: Wire) -> bytes | None:
        """Updates from `offset` on; those before it are acknowledged. `timeout` seconds if there are none."""
        self.ready.set()
        if found := _OFFSET.search(body):
            self._acknowledge(int(found[1]))
        if self._pending:
            return self._batch()
        found = _TIMEOUT.search(body)
        patience = int(found[1]) if found else 0
        if patience <= 0:
            return _NOTHING
        self._end_poll()
        timer = asyncio.get_running_loop().call_later(patience, self._end_poll)
        self._poll = (wire, timer)
        return None

    def _acknowledge(self, offset: int) -> None:
        while self._pending and self._pending[0][0] < offset:
            self._pending.popleft()

    def _batch(self) -> bytes:
        updates = [update for _, update in islice(self._pending, UPDATES_AT_ONCE)]
        return b'{"ok":true,"result":[' + b",".join(updates) + b"]}"

    def _flush(self) -> None:
        self._flushing = False
        self._end_poll(self._batch())

    def _end_poll(self, answer: bytes = _NOTHING) -> None:
        if self._poll is not None:
            wire, timer = self._poll
            self._poll = None
            timer.cancel()
            wire.send(answer)

    # Messages ---------------------------------------------------------------------------------------

    def _write(self, body: bytes, *, anew: bool) -> bytes:
        found = _CHAT.search(body)
        chat = found[1] if found else b"0"
        answer = self.people.answered(int(chat), body, anew=anew)
        return answer if answer is not None else self._posted(chat)

    def _delete(self, body: bytes, _: Wire) -> bytes:
        found = _DELETED.search(body)
        chat = _CHAT.search(body)
        if found and chat and int(chat[1]) > 0:
            self.people.shown -= len(_DIGITS.findall(unquote_to_bytes(found[1])))
        return _YES

    def _post_document(self, body: bytes, _: Wire) -> bytes:
        self.people.counted.documents += b"age-encryption.org/v1" in body
        self.cards.post(body)
        found = _CHAT.search(body)
        return self._posted(found[1] if found else b"0")

    def _open_topic(self, _: bytes, __: Wire) -> bytes:
        self._team_messages += 1
        return b'{"ok":true,"result":{"message_thread_id":%d,"name":"a","icon_color":7322096}}' % (
            self._team_messages
        )

    def _posted(self, chat: bytes) -> bytes:
        self._team_messages += 1
        return _POSTED % (self._team_messages, chat)
