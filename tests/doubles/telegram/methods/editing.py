"""Editing the bot's own messages: text, caption, keyboard."""

from collections.abc import Callable

from tests.doubles.telegram.access import standing_message, writable_chat
from tests.doubles.telegram.markup import check_markup
from tests.doubles.telegram.methods.messages import caption_body, link_preview, text_body
from tests.doubles.telegram.posting import changed
from tests.doubles.telegram.refusals import Because, Refused
from tests.doubles.telegram.rendering import render_message
from tests.doubles.telegram.state import World
from tests.doubles.telegram.world import JSON, Chat, Message

CAPTION_FIELDS = ("caption", "caption_entities", "show_caption_above_media")


def editable(world: World, values: JSON) -> tuple[Chat, Message]:
    """A standing message of the bot's own."""
    chat = writable_chat(world, values)
    message = standing_message(chat, values["message_id"], missing=Because.EDIT_NOT_FOUND)
    if message.sender_id != world.bot.id or message.service:
        raise Refused(Because.NOT_EDITABLE)
    return chat, message


def keyboard(values: JSON) -> JSON:
    """The new inline keyboard; leaving it out takes the old one away, as the real one does."""
    if "reply_markup" not in values:
        return {}
    markup = check_markup(values["reply_markup"], only_inline=True)
    return {"reply_markup": markup} if markup.get("inline_keyboard") else {}


def apply(world: World, values: JSON, *, renew: Callable[[Message], JSON]) -> JSON:
    """Replace the body; refuse if nothing would change."""
    chat, message = editable(world, values)
    body = renew(message)
    preview = link_preview(values) if "link_preview_options" in values else message.link_preview
    if body == message.body and preview == message.link_preview:
        raise Refused(Because.NOT_MODIFIED)
    visible = {name: part for name, part in body.items() if name != "reply_markup"}
    before = {name: part for name, part in message.body.items() if name != "reply_markup"}
    message.body, message.link_preview = body, preview
    changed(world, chat, message, edit=visible != before or message.edited is not None)
    return render_message(world, message)


def edit_message_text(world: World, values: JSON) -> JSON:
    def renew(message: Message) -> JSON:
        if "text" not in message.body:
            raise Refused(Because.NO_TEXT_TO_EDIT)
        return text_body(values, too_long=Because.EDIT_TOO_LONG) | keyboard(values)

    return apply(world, values, renew=renew)


def edit_message_caption(world: World, values: JSON) -> JSON:
    def renew(message: Message) -> JSON:
        if "text" in message.body or "sticker" in message.body:
            raise Refused(Because.NO_CAPTION_TO_EDIT)
        dropped = (*CAPTION_FIELDS, "reply_markup")
        kept = {name: part for name, part in message.body.items() if name not in dropped}
        return kept | caption_body(values) | keyboard(values)

    return apply(world, values, renew=renew)


def edit_message_reply_markup(world: World, values: JSON) -> JSON:
    def renew(message: Message) -> JSON:
        kept = {name: part for name, part in message.body.items() if name != "reply_markup"}
        return kept | keyboard(values)

    return apply(world, values, renew=renew)


HANDLERS = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
}
