"""Several files in one call, and what stays in sight: the rest of what the Bot API does for us."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import msgspec

from bot.networks import Album, Outgoing, Pin
from bot.networks.errors import Refused, Unreachable
from bot.networks.telegram_api import Api, number_of
from bot.networks.telegram_delivery import DELIVERIES as SINGLE
from bot.networks.telegram_delivery import UPLOAD_SECONDS, join_ids
from bot.networks.telegram_errors import asked
from bot.networks.telegram_texts import CAPTION_LIMIT, mend, shorten

LEAST, MOST = 2, 10  # files in one call


class _Sent(msgspec.Struct):
    message_id: int


_read_sent = msgspec.json.Decoder(list[_Sent]).decode


async def post_album(api: Api, album: Album) -> str:
    """All of them or none, as the Bot API promises."""
    if not LEAST <= len(album.entries) <= MOST:
        raise Refused("an album has 2 to 10 files")
    parameters: dict[str, object] = {
        "chat_id": album.room.id,
        "protect_content": True,
        "disable_notification": True,
        "media": [
            {
                "type": "document",
                "media": f"attach://file{number}",
                "caption": shorten(mend(words), CAPTION_LIMIT),
                "disable_content_type_detection": True,
            }
            for number, (words, _) in enumerate(album.entries)
        ],
    }
    if album.room.topic is not None:
        parameters["message_thread_id"] = number_of(album.room.topic)
    files = [(f"file{number}", file.name, file.data) for number, (_, file) in enumerate(album.entries)]
    return _ids(await asked(api.upload("sendMediaGroup", parameters, *files, seconds=UPLOAD_SECONDS)))


def _ids(sent: msgspec.Raw) -> str:
    try:
        return join_ids(tuple(str(one.message_id) for one in _read_sent(sent)))
    except msgspec.DecodeError:
        pass
    raise Unreachable("no usable answer")


async def pin(api: Api, outgoing: Pin) -> None:
    """Keep it in sight; nobody's phone rings for it."""
    chat: dict[str, object] = {"chat_id": outgoing.room.id, "message_id": number_of(outgoing.message)}
    await asked(api.ask("pinChatMessage", {**chat, "disable_notification": True}))


DELIVERIES: Mapping[type[Outgoing], Callable[[Api, Any], Awaitable[str | None]]] = {
    **SINGLE,
    Album: post_album,
    Pin: pin,
}
"""Everything that can be done there, by what it is."""
