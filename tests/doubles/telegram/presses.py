"""Pressing buttons: from a label to a callback_query and its answer."""

from dataclasses import dataclass

from tests.doubles.telegram.markup import buttons_of
from tests.doubles.telegram.rendering import render_chat, render_message, render_user
from tests.doubles.telegram.state import World
from tests.doubles.telegram.waiting import PATIENCE, wait_until
from tests.doubles.telegram.world import JSON, Chat, Message, Query, User


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button; `answer` waits for what pops up on the phone."""

    query: Query
    world: World

    @property
    def id(self) -> str:
        return self.query.id

    @property
    def answered(self) -> bool:
        return self.query.answered

    async def answer(self, timeout: float = PATIENCE) -> str:  # noqa: ASYNC109  # a test's own patience
        """The text of the bot's answer ("" if it had none)."""

        def look() -> Query | None:
            return self.query if self.query.answered else None

        return (await wait_until(self.world, look, seconds=timeout, what="an answer to the button")).text


def find_button(world: World, chat: Chat, *, button: str | int, number: int | None) -> tuple[Message, JSON]:
    """The newest standing message with that button (label, callback data or index), and the button."""
    standing = [one for one in world.visible(chat) if number is None or one.id == number]
    for message in reversed(standing):
        flat = [one for row in buttons_of(message.body) for one in row]
        if isinstance(button, int) and -len(flat) <= button < len(flat):
            return message, flat[button]
        for one in flat:
            if button in {one["text"], one.get("callback_data")}:
                return message, one
    seen = [one["text"] for message in standing for row in buttons_of(message.body) for one in row]
    raise LookupError(f"no button {button!r} on the screen; there are: {', '.join(seen) or 'none'}")


def press(
    world: World, chat: Chat, *, user: User, button: str | int, number: int | None, forged: bool = False
) -> Press:
    """Queue the callback_query; `forged` sends the data as given, even for a message that is gone."""
    if forged:
        message, data = chat.messages[number or 0], str(button)
    else:
        message, found = find_button(world, chat, button=button, number=number)
        if "callback_data" not in found:
            raise LookupError(f"button {found['text']!r} opens something; it does not call the bot")
        data = found["callback_data"]
    query = Query(f"{77_000_000_000_000 + world.number('query')}", user.id, world.moment(), data)
    world.queries[query.id] = query
    shown = render_message(world, message)
    if message.deleted is not None:
        shown = {"chat": render_chat(world, chat), "message_id": message.id, "date": 0}
    world.tell(
        "callback_query",
        {
            "id": query.id,
            "from": render_user(user),
            "message": shown,
            "chat_instance": f"{5_000_000_000 + abs(chat.id) % 1_000_000_007}",
            "data": data,
        },
    )
    return Press(query, world)
