"""What is done to the moderators' group itself: its topics, and who comes in."""

from __future__ import annotations

from collections.abc import Awaitable

import msgspec

from bot.networks import Admit, DropTopic, EndLink, OpenTopic, RenameTopic
from bot.networks.errors import NothingThere, Refused, Unchanged, Unreachable
from bot.networks.telegram_api import Api, number_of, thread_of
from bot.networks.telegram_errors import asked
from bot.networks.telegram_texts import TITLE_LIMIT, mend, shorten


class _Topic(msgspec.Struct):
    message_thread_id: int


_read_topic = msgspec.json.Decoder(_Topic).decode


async def open_topic(api: Api, outgoing: OpenTopic) -> str:
    """A topic in the group; its id comes back."""
    named = {"chat_id": outgoing.room.id, "name": _title(outgoing.title)}
    opened = await asked(api.ask("createForumTopic", named))
    try:
        return str(_read_topic(opened).message_thread_id)
    except msgspec.DecodeError:
        pass
    raise Unreachable("no usable answer")


async def rename_topic(api: Api, outgoing: RenameTopic) -> None:
    """New title, then open or closed; each may be so already."""
    thread = thread_of(outgoing.room)
    if thread is None:
        raise Refused("a topic has a number")
    room = outgoing.room.id
    await _unless_so_already(api.bot.edit_forum_topic(room, thread, name=_title(outgoing.title)))
    if outgoing.closed is not None:
        turning = api.bot.close_forum_topic if outgoing.closed else api.bot.reopen_forum_topic
        await _unless_so_already(turning(room, thread))


async def drop_topic(api: Api, outgoing: DropTopic) -> None:
    """Telegram deletes what lies in it, whatever its age."""
    thread = thread_of(outgoing.room)
    if thread is None:
        raise Refused("a topic has a number")
    await asked(api.bot.delete_forum_topic(outgoing.room.id, thread))


async def admit(api: Api, outgoing: Admit) -> None:
    """NothingThere: they are in already, took the request back, or Telegram will not have it."""
    answer = api.bot.approve_chat_join_request if outgoing.welcome else api.bot.decline_chat_join_request
    await _if_it_can(answer(outgoing.room.id, number_of(outgoing.account)))


async def end_link(api: Api, outgoing: EndLink) -> None:
    """NothingThere: it has ended already."""
    await _if_it_can(api.bot.revoke_chat_invite_link(outgoing.room.id, outgoing.link))


async def _if_it_can(step: Awaitable[object]) -> None:
    try:
        await asked(step)
    except Refused:
        pass
    else:
        return
    raise NothingThere("there is nothing to answer any more")


async def _unless_so_already(step: Awaitable[bool]) -> None:
    try:
        await asked(step)
    except Unchanged:
        return


def _title(title: str) -> str:
    if not title.strip():
        raise Refused("a topic needs a title")
    return shorten(mend(title), TITLE_LIMIT)
