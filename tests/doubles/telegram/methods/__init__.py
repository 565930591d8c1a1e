"""What each method does: method name -> function of (world, typed values)."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.doubles.telegram.methods import (
    about_bot,
    albums,
    callbacks,
    chats,
    commands,
    deleting,
    editing,
    files,
    invitations,
    media_edit,
    members,
    messages,
    pins,
    topics,
    webhooks,
)
from tests.doubles.telegram.state import World
from tests.doubles.telegram.world import JSON

Handler = Callable[[World, JSON], Any]

HANDLERS: Mapping[str, Handler] = {
    **about_bot.HANDLERS,
    **albums.HANDLERS,
    **callbacks.HANDLERS,
    **chats.HANDLERS,
    **commands.HANDLERS,
    **deleting.HANDLERS,
    **editing.HANDLERS,
    **files.HANDLERS,
    **invitations.HANDLERS,
    **media_edit.HANDLERS,
    **members.HANDLERS,
    **messages.HANDLERS,
    **pins.HANDLERS,
    **topics.HANDLERS,
    **webhooks.HANDLERS,
}
