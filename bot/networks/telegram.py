"""Telegram: our own poll loop's ears and hands, over python-telegram-bot as a typed client.

The library's `Updater` acknowledges updates before anybody has handled them; here a poll acknowledges
only the position it is given, and the caller gives one after its commit. The token lives in
`telegram_request` alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

import msgspec
from telegram.constants import ChatAction

from bot.logs import alarm, say
from bot.networks import Batch, Outgoing, Raw
from bot.networks.errors import (
    NetworkError,
    Refused,
    Rival,
    RoomClosed,
    RoomMoved,
    TokenRefused,
    Unreachable,
)
from bot.networks.telegram_albums import DELIVERIES
from bot.networks.telegram_api import Api
from bot.networks.telegram_errors import asked
from bot.networks.telegram_group import make_link, read_group
from bot.networks.telegram_profile import TelegramProfile, publish
from bot.networks.telegram_reading import Listening, read_update
from bot.networks.telegram_request import PooledRequest, connect
from bot.networks.telegram_shapes import NETWORK
from handlers.events import Incoming, Moved
from handlers.guard.facts import Facts

API_ROOT = "https://api.telegram.org"
ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
)
LONG_POLL_SECONDS = 50
GRACE_SECONDS = 10.0  # a long poll may end this much later than asked for
UPDATES_AT_ONCE = 100

__all__ = ["Telegram", "TelegramProfile"]


class Telegram:
    """The port to Telegram (`bot.networks.Network`).

    `group` is the chat id of the moderators' supergroup; `profiles` what the bot shows of itself, by
    language, the first also for everybody else.
    """

    name = NETWORK

    def __init__(
        self,
        token: str,
        *,
        api_root: str = API_ROOT,
        group: str | None = None,
        profiles: Mapping[str, TelegramProfile] | None = None,
        long_poll_seconds: int = LONG_POLL_SECONDS,
    ) -> None:
        if not token.isascii() or not token.strip() or any(letter in token for letter in " /?#%\\\n\r\t"):
            raise TokenRefused("a bot token looks like 123456:letters; get yours from BotFather")
        self._request = PooledRequest(token, api_root=api_root)
        self._bot = connect(self._request, api_root=api_root)
        self._api = Api(self._bot, self._request.ask, self._request.upload)
        self._group = group
        self._profiles = dict(profiles or {})
        self._long_poll_seconds = long_poll_seconds
        self._username = ""
        self._ours: int | None = None  # our own account, once we know it

    def __repr__(self) -> str:
        return "Telegram()"

    @property
    def username(self) -> str:
        """Our @name without the @, known after `start`."""
        return self._username

    @property
    def group(self) -> str | None:
        """The chat id of the moderators' group as it is now."""
        return self._group

    def follow(self, group: str | None) -> None:
        """Hear this group from now on: it became a supergroup, or the operator named another."""
        self._group = group

    async def start(self) -> None:
        """Who are we, does nobody else get our updates, and what do we show of ourselves.

        Raises TokenRefused, Unreachable or TryLater; texts that cannot be set are counted and let be.
        """
        await asked(self._request.initialize())
        me = await asked(self._bot.get_me())
        self._username, self._ours = me.username or "", me.id
        await self._remove_webhook()
        await self._find_group()
        failed = await publish(self._bot, self._profiles, group=self._group)
        if failed:
            say("telegram.profile_refused", texts=failed)

    async def who(self) -> str:
        """Our @name without the @; asks and changes nothing (raises TokenRefused and as `start`)."""
        me = await asked(self._bot.get_me())
        return me.username or ""

    async def has_webhook(self) -> bool:
        """Whether somebody set a webhook, which keeps polls from being answered; asks and changes nothing."""
        return bool((await asked(self._bot.get_webhook_info())).url)

    async def look(self, accounts: Collection[str]) -> Facts:
        """What Telegram says of the moderators' group, and which of these accounts are in it.

        :raises NetworkError: the group cannot be seen, or Telegram does not answer.
        """
        if self._ours is None:
            self._ours = (await asked(self._bot.get_me())).id
        moved: RoomMoved
        try:
            return await read_group(self._bot, self._group or "", ours=self._ours, accounts=accounts)
        except RoomMoved as told:
            moved = told
        self._group = moved.room
        raise moved

    async def invite(self, entry: str, *, until: datetime) -> str:
        """A link into the moderators' group under this name; whoever follows it asks to be let in.

        :raises NetworkError: the group cannot be seen, we may not invite, or Telegram does not answer.
        """
        return await make_link(self._bot, self._group or "", entry, until=until)

    @property
    def server_time(self) -> datetime | None:
        """When Telegram gave its last answer, by its own clock, to the second."""
        return self._request.server_time

    async def _remove_webhook(self) -> None:
        """With a webhook set no poll is answered. What waits on the server stays there for us.

        We never set one, so somebody else did: the operator must hear of it.
        """
        webhook = await asked(self._bot.get_webhook_info())
        if webhook.url:
            alarm("telegram.webhook_removed", waiting=webhook.pending_update_count)
            await asked(self._bot.delete_webhook(drop_pending_updates=False))

    async def _find_group(self) -> None:
        """A group that became a supergroup while nobody listened refuses the old id and names the new one.

        Only a call that writes is told so; this one shows "typing" for a moment and leaves nothing behind.
        """
        if self._group is None:
            return
        try:
            await asked(self._bot.send_chat_action(self._group, ChatAction.TYPING))
        except RoomMoved as moved:
            self._group = moved.room
            alarm("group.moved")
        except (RoomClosed, Refused):
            alarm("group.closed")

    async def receive(self, position: str | None) -> Batch:
        """One long poll. `position` is the next update id we want; everything before is acknowledged."""
        parameters: dict[str, object] = {
            "timeout": self._long_poll_seconds,
            "limit": UPDATES_AT_ONCE,
            "allowed_updates": ALLOWED_UPDATES,
        }
        if position:
            parameters["offset"] = int(position)
        patience = self._long_poll_seconds + GRACE_SECONDS
        rival: Rival | None = None
        updates: list[msgspec.Raw] | None = None
        try:
            updates = _listed(await asked(self._request.ask("getUpdates", parameters, read_seconds=patience)))
        except Rival as problem:
            rival = problem
        if rival is not None:
            await self._remove_webhook()  # the other way to take our updates from us
            raise rival
        if updates is None:
            raise Unreachable("no usable answer")
        return _batch(updates, position)

    def read(self, raw: Raw) -> Incoming | None:
        """Parse one update; Unreadable on garbage. A group that moved is followed at once."""
        incoming = read_update(raw, Listening(self._group, self._username))
        if incoming is not None and isinstance(incoming.event, Moved):
            self._group = incoming.event.to
        return incoming

    async def deliver(self, outgoing: Outgoing) -> str | None:
        """Do one thing. Several messages that belong together come back as one id, joined by commas.

        For Delete, what comes back are the messages that are there and cannot be deleted.
        """
        failure: NetworkError
        try:
            return await DELIVERIES[type(outgoing)](self._api, outgoing)
        except RoomMoved as moved:
            self._follow_if_ours(outgoing, moved.room)
            failure = moved
        raise failure

    def _follow_if_ours(self, outgoing: Any, new: str) -> None:
        room = getattr(outgoing, "room", None)
        if room is not None and room.id == self._group:
            self._group = new

    async def close(self) -> None:
        """Let go of the connections."""
        await self._request.shutdown()


class _Numbered(msgspec.Struct):
    """The one field of an update that is read here."""

    update_id: int


_cut_list = msgspec.json.Decoder(list[msgspec.Raw]).decode
_read_number = msgspec.json.Decoder(_Numbered).decode


def _listed(result: msgspec.Raw) -> list[msgspec.Raw] | None:
    """Each update as the bytes it came in."""
    try:
        return _cut_list(result)
    except (msgspec.DecodeError, RecursionError):
        return None


def _batch(updates: Iterable[msgspec.Raw], position: str | None) -> Batch:
    """Each update on its own, so that one that cannot be read delays no other.

    After a quiet week the numbers begin anew anywhere: the position goes with them, also downwards.
    """
    raws: list[Raw] = []
    following = 0
    for update in updates:
        try:
            number = _read_number(update).update_id
        except (msgspec.DecodeError, RecursionError):
            continue
        raws.append(Raw(key=str(number), body=bytes(update)))
        following = max(following, number + 1)
    after = str(following) if following else (position or "")
    return Batch(tuple(raws), after, more=len(raws) >= UPDATES_AT_ONCE)
