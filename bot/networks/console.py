"""A chat network inside this process: for `vestka try`, for the README and for tests. Nothing leaves it.

It behaves as a network should: updates wait until they are acknowledged by the next position, messages
have ids, deleted ones are gone for both sides, and every room keeps what is visible in it.
"""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from bot.networks import (
    Admit,
    Album,
    Batch,
    Delete,
    Document,
    DropTopic,
    Edit,
    EndLink,
    OpenTopic,
    Outgoing,
    Pin,
    Post,
    Presses,
    Raw,
    RenameTopic,
    Reply,
)
from bot.networks.errors import NothingThere, TopicMissing, Unchanged
from handlers.events import Account, Commanded, Event, Incoming, Pressed, Room, Wrote

NAME = "console"
TEAM = "team"


@dataclass(frozen=True, slots=True)
class Message:
    """One visible message."""

    id: str
    room: str
    topic: str | None
    mine: bool
    text: str = field(repr=False)
    buttons: Presses = ()
    document: Document | None = None


class Console:
    """The network; people act on it through `write` and `press`, and read `visible`."""

    name = NAME
    group = TEAM

    def __init__(self) -> None:
        self.topics: dict[str, str] = {}
        self.toasts: list[str] = []
        self._messages: dict[str, Message] = {}
        self._places: dict[str, tuple[str, str | None]] = {}
        self._updates: list[Raw] = []
        self._ids: Iterator[int] = itertools.count(1)
        self._news = asyncio.Event()
        self._all_taken = asyncio.Event()
        self._on_change: Callable[[], None] | None = None

    def watch(self, on_change: Callable[[], None] | None) -> None:
        """Call this whenever a room may look different; None ends it."""
        self._on_change = on_change

    # --- what people do -------------------------------------------------------------------------------

    def write(self, person: str, text: str, *, room: str | None = None, hint: str | None = None) -> str:
        """A person sends a text (or a /command) to their own chat or to `room`."""
        message = self._keep(room or person, text=text, mine=False)
        where = room or person
        self._tell(kind="text", by=person, room=where, text=text, message=message.id, hint=hint)
        return message.id

    def press(self, person: str, message: str, token: str) -> None:
        """A person presses a button under a message; it may be gone by now, as quick fingers know."""
        room, topic = self._places[message]
        self._tell(kind="press", by=person, room=room, topic=topic, token=token, message=message)

    def visible(self, room: str) -> list[Message]:
        """What a room shows now, oldest first."""
        return [message for message in self._messages.values() if message.room == room]

    async def taken(self) -> None:
        """Until every update is acknowledged and the next one is waited for."""
        await self._all_taken.wait()

    # --- the port -------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Nothing to connect to."""

    async def close(self) -> None:
        """Nothing to let go of."""

    async def receive(self, position: str | None) -> Batch:
        """Wait for updates after `position`; what lies before it is forgotten."""
        known = int(position or 0)
        self._updates = [raw for raw in self._updates if int(raw.key) > known]
        while not self._updates:
            self._news.clear()
            self._all_taken.set()
            await self._news.wait()
        return Batch(tuple(self._updates), self._updates[-1].key)

    def read(self, raw: Raw) -> Incoming | None:
        """Parse one update."""
        body = json.loads(raw.body)
        room = Room(NAME, body["room"], body.get("topic"))
        sender = Account(NAME, body["by"])
        private = body["room"] == body["by"]
        return Incoming(raw.key, room, sender, _event(body), hint=body.get("hint"), private=private)

    async def deliver(self, outgoing: Outgoing) -> str | None:
        """Do one thing, at once."""
        result = self._deliver(outgoing)
        self._changed()
        return result

    def _deliver(self, outgoing: Outgoing) -> str | None:
        match outgoing:
            case Post():
                return self._post(outgoing)
            case Album(room=room, entries=entries):
                posts = (Post(room, words, document=file) for words, file in entries)
                return ",".join(self._post(post) for post in posts)
            case Edit():
                self._edit(outgoing)
            case Delete(messages=messages):
                for message in messages:
                    self._messages.pop(message, None)
            case Reply(text=text):
                if text:
                    self.toasts.append(text)
            case OpenTopic(title=title):
                topic = str(next(self._ids))
                self.topics[topic] = title
                return topic
            case RenameTopic(room=room, title=title):
                if room.topic not in self.topics:
                    raise TopicMissing("the topic is gone")
                self.topics[room.topic] = title
            case DropTopic(room=room):
                self._drop(room.topic)
            case Admit() | EndLink() | Pin():  # nobody knocks here, and all is in sight
                pass
        return None

    def _drop(self, topic: str | None) -> None:
        if topic is None or self.topics.pop(topic, None) is None:
            raise TopicMissing("the topic is gone")
        self._messages = {name: one for name, one in self._messages.items() if one.topic != topic}

    def _post(self, post: Post) -> str:
        if post.room.topic is not None and post.room.topic not in self.topics:
            raise TopicMissing("the topic is gone")
        kept = self._keep(post.room.id, text=post.text, mine=True, topic=post.room.topic)
        self._messages[kept.id] = replace(kept, buttons=post.buttons, document=post.document)
        return kept.id

    def _edit(self, edit: Edit) -> None:
        shown = self._messages.get(edit.message)
        if shown is None:
            raise NothingThere("the message is gone")
        if (shown.text, shown.buttons) == (edit.text, edit.buttons):
            raise Unchanged("the message already reads so")
        self._messages[edit.message] = replace(shown, text=edit.text, buttons=edit.buttons)

    def _keep(self, room: str, *, text: str, mine: bool, topic: str | None = None) -> Message:
        message = Message(str(next(self._ids)), room, topic, mine, text)
        self._messages[message.id] = message
        self._places[message.id] = (room, topic)
        return message

    def _tell(self, **body: str | None) -> None:
        self._updates.append(Raw(str(next(self._ids)), json.dumps(body).encode()))
        self._all_taken.clear()
        self._news.set()
        self._changed()

    def _changed(self) -> None:
        if self._on_change is not None:
            self._on_change()


def _event(body: dict[str, str]) -> Event:
    if body["kind"] == "press":
        return Pressed(body["token"], body["message"], query=body["message"])
    text = body["text"]
    if text.startswith("/"):
        name, _, argument = text[1:].partition(" ")
        return Commanded(name, argument, body["message"])
    return Wrote(text, body["message"])
