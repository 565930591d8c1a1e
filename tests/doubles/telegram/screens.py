"""What a person sees: messages as plain values, for tests to read."""

from copy import deepcopy
from dataclasses import dataclass

from tests.doubles.telegram.markup import buttons_of
from tests.doubles.telegram.state import World
from tests.doubles.telegram.world import JSON, Chat, Message

KINDS = ("document", "photo", "voice", "sticker", "contact", "location", "video")


@dataclass(frozen=True, slots=True)
class Shown:
    """One message as it stands on a screen (or stood, in `history`).

    text: text or caption; buttons: rows of labels; data: rows of callback data ("" for links);
    document: file name or ""; kind: "text", a medium, or the name of a service message.
    """

    id: int
    chat_id: int
    text: str
    from_bot: bool
    sender: str
    kind: str
    buttons: tuple[tuple[str, ...], ...] = ()
    data: tuple[tuple[str, ...], ...] = ()
    document: str = ""
    file_id: str = ""
    topic: int | None = None
    reply_to: int | None = None
    edited: bool = False
    deleted: bool = False
    protected: bool = False
    silent: bool = False
    pinned: bool = False
    preview: bool = True
    keyboard: tuple[tuple[str, ...], ...] = ()
    date: int = 0
    raw: JSON | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """All button labels, row by row."""
        return tuple(label for row in self.buttons for label in row)

    def as_json(self) -> JSON:
        """For the control API."""
        return {name: getattr(self, name) for name in self.__slots__}


def _kind(message: Message) -> str:
    return message.service or next((name for name in KINDS if name in message.body), "text")


def _file_id(body: JSON) -> str:
    for name in ("document", "voice", "sticker"):
        if name in body:
            return str(body[name]["file_id"])
    return str(body["photo"][-1]["file_id"]) if "photo" in body else ""


def _keyboard(message: Message) -> tuple[tuple[str, ...], ...]:
    rows = (message.keyboard or {}).get("keyboard", [])
    return tuple(tuple(one if isinstance(one, str) else str(one["text"]) for one in row) for row in rows)


def show(world: World, chat: Chat, message: Message) -> Shown:
    body = message.body
    sender = world.users[message.sender_id]
    rows = buttons_of(body)
    preview = message.link_preview or {}
    return Shown(
        id=message.id,
        chat_id=chat.id,
        text=str(body.get("text", body.get("caption", ""))),
        from_bot=message.sender_id == world.bot.id,
        sender=f"{sender.first_name} {sender.last_name}".strip(),
        kind=_kind(message),
        buttons=tuple(tuple(str(one["text"]) for one in row) for row in rows),
        data=tuple(tuple(str(one.get("callback_data", "")) for one in row) for row in rows),
        document=str(body.get("document", {}).get("file_name", "")),
        file_id=_file_id(body),
        topic=message.thread_id,
        reply_to=message.reply_to,
        edited=message.edited is not None,
        deleted=message.deleted is not None,
        protected=message.protected or chat.protected,
        silent=message.silent,
        pinned=message.id in chat.pinned,
        preview=not preview.get("is_disabled", False),
        keyboard=_keyboard(message),
        date=message.date,
        raw=deepcopy(body),
    )


def screen_of(
    world: World, chat: Chat, *, viewer: int | None = None, topic: int | None = None
) -> list[Shown]:
    """Visible messages, oldest first, as the viewer sees them.

    Outsiders see nothing; who joined later sees the past only if the chat shows its history.
    """
    first = 0
    if viewer is not None and not chat.private:
        member = world.member(chat, viewer)
        if not member.inside:
            return []
        admin = member.status in {"administrator", "creator"}
        first = 0 if chat.visible_history or admin else member.joined
    return [
        show(world, chat, message)
        for message in world.visible(chat)
        if message.id >= first and (topic is None or message.thread_id == topic)
    ]


class Room:
    """One chat as a test reads it."""

    def __init__(self, world: World, chat: Chat) -> None:
        self._world = world
        self._chat = chat

    @property
    def id(self) -> int:
        return self._chat.id

    @property
    def messages(self) -> list[Shown]:
        """What still stands."""
        return screen_of(self._world, self._chat)

    @property
    def deleted(self) -> list[Shown]:
        """What was removed, as it stood at the end."""
        gone = [one for one in self._chat.messages.values() if one.deleted is not None]
        return [show(self._world, self._chat, one) for one in gone]

    @property
    def history(self) -> list[Shown]:
        """Everything that ever stood here, every version of every message: for leak tests."""
        return [show(self._world, self._chat, one) for one in self._chat.history]

    @property
    def actions(self) -> list[tuple[str, int | None]]:
        """Chat actions shown ("typing"), with their topic."""
        return list(self._chat.actions)
