"""People: what somebody with a phone does, one method per gesture."""

from collections.abc import Callable, Sequence

from tests.doubles.telegram import gestures
from tests.doubles.telegram.files import (
    TINY_JPEG,
    document_body,
    photo_body,
    sticker_body,
    store_file,
    voice_body,
)
from tests.doubles.telegram.groups import Group
from tests.doubles.telegram.membership import set_member
from tests.doubles.telegram.posting import remove
from tests.doubles.telegram.presses import Press, press
from tests.doubles.telegram.rendering import render_user
from tests.doubles.telegram.screens import Room, Shown, screen_of, show
from tests.doubles.telegram.state import World
from tests.doubles.telegram.waiting import PATIENCE, wait_until
from tests.doubles.telegram.world import JSON, Chat, Member, User

Where = Group | None
Wanted = str | Callable[[Shown], bool]


def matches(wanted: Wanted, shown: Shown) -> bool:
    """A part of the text, or whatever a function says."""
    return wanted in shown.text if isinstance(wanted, str) else wanted(shown)


class Person:
    """Somebody with a phone; `in_` is a group, without it the private chat with the bot is meant."""

    def __init__(self, world: World, user: User) -> None:
        self._world = world
        self.user = user
        self.id = user.id
        self.name = f"{user.first_name} {user.last_name}".strip()

    @property
    def chat(self) -> Room:
        """The private chat with the bot."""
        return Room(self._world, self._world.private_chat(self.user))

    def _chat(self, where: Where) -> Chat:
        return where.state if where is not None else self._world.private_chat(self.user)

    def _say(
        self, body: JSON, *, in_: Where, topic: int | None, reply_to: Shown | int | None = None
    ) -> Shown:
        chat = self._chat(in_)
        quoted = reply_to.id if isinstance(reply_to, Shown) else reply_to
        message = gestures.say(self._world, chat, user=self.user, body=body, topic=topic, reply_to=quoted)
        return show(self._world, chat, message)

    async def send(
        self, text: str, *, in_: Where = None, topic: int | None = None, reply_to: Shown | int | None = None
    ) -> Shown:
        """Write; over 4096 characters it goes as several messages, as phones do (the last is returned)."""
        parts = gestures.split_text(text)
        for part in parts[:-1]:
            self._say(gestures.text_body(part), in_=in_, topic=topic, reply_to=reply_to)
        return self._say(gestures.text_body(parts[-1]), in_=in_, topic=topic, reply_to=reply_to)

    async def send_photo(
        self, data: bytes = TINY_JPEG, *, caption: str = "", in_: Where = None, topic: int | None = None
    ) -> Shown:
        body = photo_body(store_file(self._world, data, kind="photo", name="photo.jpg", mime="image/jpeg"))
        return self._say(gestures.captioned(body, caption), in_=in_, topic=topic)

    async def send_album(
        self, photos: Sequence[bytes] = (TINY_JPEG, TINY_JPEG), *, caption: str = "", in_: Where = None
    ) -> list[Shown]:
        """Several photos under one media_group_id; the caption belongs to the first."""
        group = str(9_000_000_000 + self._world.number("album"))
        sent = []
        for number, data in enumerate(photos):
            body = photo_body(
                store_file(self._world, data, kind="photo", name="photo.jpg", mime="image/jpeg")
            )
            body |= {"media_group_id": group}
            sent.append(self._say(gestures.captioned(body, "" if number else caption), in_=in_, topic=None))
        return sent

    async def send_document(
        self, data: bytes, name: str = "file.pdf", *, caption: str = "", mime: str = "application/pdf",
        in_: Where = None,
    ) -> Shown:  # fmt: skip
        body = document_body(store_file(self._world, data, kind="document", name=name, mime=mime))
        return self._say(gestures.captioned(body, caption), in_=in_, topic=None)

    async def send_voice(
        self, data: bytes = b"OggS invented", *, seconds: int = 3, in_: Where = None
    ) -> Shown:
        stored = store_file(self._world, data, kind="voice", mime="audio/ogg")
        return self._say(voice_body(stored, seconds), in_=in_, topic=None)

    async def send_sticker(self, emoji: str = "🙂", *, in_: Where = None) -> Shown:
        stored = store_file(self._world, b"RIFF invented", kind="sticker", name="s.webp", mime="image/webp")
        return self._say(sticker_body(stored, emoji), in_=in_, topic=None)

    async def send_contact(self, phone: str, first_name: str) -> Shown:
        body = {"contact": {"phone_number": phone, "first_name": first_name}}
        return self._say(body, in_=None, topic=None)

    async def send_location(self, latitude: float, longitude: float) -> Shown:
        return self._say({"location": {"latitude": latitude, "longitude": longitude}}, in_=None, topic=None)

    async def forward(self, message: Shown, *, in_: Where = None, hidden: bool = False) -> Shown:
        """Pass on a message; `hidden`: its author's account is not linked."""
        original = self._world.chats[message.chat_id].messages[message.id]
        if original.protected or self._world.chats[message.chat_id].protected:
            raise ValueError("this message is protected: a phone does not forward it")
        author = self._world.users[original.sender_id]
        origin: JSON = {"type": "user", "date": original.date, "sender_user": render_user(author)}
        if hidden:
            name = f"{author.first_name} {author.last_name}".strip()
            origin = {"type": "hidden_user", "date": original.date, "sender_user_name": name}
        kept = {name: part for name, part in original.body.items() if name != "reply_markup"}
        return self._say(kept | {"forward_origin": origin}, in_=in_, topic=None)

    async def edit(self, message: Shown | int, text: str, *, in_: Where = None) -> Shown:
        """Change an own message (its caption, if it is a medium)."""
        number = message.id if isinstance(message, Shown) else message
        chat = self._chat(in_)
        return show(
            self._world, chat, gestures.edit(self._world, chat, user=self.user, number=number, text=text)
        )

    async def delete(self, message: Shown | int, *, in_: Where = None) -> None:
        """Delete a message on both sides; bots are not told of it."""
        chat = self._chat(in_)
        number = message.id if isinstance(message, Shown) else message
        remove(self._world, chat, chat.messages[number])

    async def click(
        self, button: str | int, *, in_: Where | Shown = None, message: Shown | int | None = None
    ) -> Press:
        """Press a button by label, callback data or index, on the newest message that has it."""
        if isinstance(in_, Shown):
            chat, message = self._world.chats[in_.chat_id], in_
        else:
            chat = self._chat(in_)
        number = message.id if isinstance(message, Shown) else message
        return press(self._world, chat, user=self.user, button=button, number=number)

    async def click_stale(self, message: Shown, data: str) -> Press:
        """What an old or altered program sends: any data, for a message that may be gone or changed."""
        chat = self._world.chats[message.chat_id]
        return press(self._world, chat, user=self.user, button=data, number=message.id, forged=True)

    def screen(self, *, in_: Where = None, topic: int | None = None) -> list[Shown]:
        """What this person sees in the chat, oldest first."""
        return screen_of(self._world, self._chat(in_), viewer=self.id, topic=topic)

    async def wait_for(
        self, wanted: Wanted, timeout: float = PATIENCE,  # noqa: ASYNC109  # a test's own patience
        *, in_: Where = None, after: Shown | int | None = None,
    ) -> Shown:  # fmt: skip
        """The newest visible message of the bot's that matches (with `after`: younger than that one)."""
        first = after.id if isinstance(after, Shown) else after or 0

        def look() -> Shown | None:
            seen = [one for one in self.screen(in_=in_) if one.from_bot and one.id > first]
            return next((one for one in reversed(seen) if matches(wanted, one)), None)

        return await wait_until(self._world, look, seconds=timeout, what=f"{self.name} to see {wanted!r}")

    async def wait_gone(self, wanted: Wanted, timeout: float = PATIENCE, *, in_: Where = None) -> None:  # noqa: ASYNC109  # a test's own patience
        """Until no visible message (anybody's) matches."""

        def look() -> bool | None:
            return None if any(matches(wanted, one) for one in self.screen(in_=in_)) else True

        await wait_until(self._world, look, seconds=timeout, what=f"{wanted!r} to vanish for {self.name}")

    async def block_bot(self) -> None:
        self._set_blocked(True)

    async def unblock_bot(self) -> None:
        self._set_blocked(False)

    def _set_blocked(self, blocked: bool) -> None:
        chat = self._world.private_chat(self.user)
        self.user.blocked_bot = blocked
        standing = Member(self._world.bot.id, status="kicked" if blocked else "member")
        set_member(self._world, chat, member=standing, actor=self.id)

    async def join(self, group: Group, link: str = "") -> None:
        """Come into a group, by a link if one is given; where approval is needed this asks for it."""
        group.admit(self.user, link=link)

    async def leave(self, group: Group) -> None:
        set_member(self._world, group.state, member=Member(self.id, status="left"), actor=self.id)
