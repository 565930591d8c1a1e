"""Sending: sendMessage, sendDocument, sendPhoto, copyMessage, forwardMessage, sendChatAction."""

from copy import deepcopy

from tests.doubles.telegram.access import (
    check_thread,
    readable_chat,
    standing_message,
    writable_chat,
)
from tests.doubles.telegram.files import document_body, photo_body
from tests.doubles.telegram.formatting import CAPTION_LIMIT, TEXT_LIMIT, read_text, with_entities
from tests.doubles.telegram.markup import check_markup
from tests.doubles.telegram.methods.files import take_file
from tests.doubles.telegram.posting import new_message, post
from tests.doubles.telegram.refusals import Because, Refused, mistaken
from tests.doubles.telegram.rendering import render_message, render_user
from tests.doubles.telegram.state import World
from tests.doubles.telegram.world import JSON, Chat, Message

ACTIONS = frozenset({
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
})  # fmt: skip
REPLY_FIELDS = frozenset({
    "message_id", "chat_id", "allow_sending_without_reply", "quote", "quote_parse_mode",
    "quote_entities", "quote_position",
})  # fmt: skip
PREVIEW_FIELDS = frozenset({
    "is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text",
})  # fmt: skip


def text_body(values: JSON, *, too_long: Because) -> JSON:
    text, entities = read_text(values, text="text", entities="entities", limit=TEXT_LIMIT, too_long=too_long)
    if not text:
        raise Refused(Because.TEXT_EMPTY)
    return with_entities({"text": text}, "entities", entities)


def caption_body(values: JSON) -> JSON:
    """The caption fields; none if there is no caption."""
    caption, entities = read_text(
        values,
        text="caption",
        entities="caption_entities",
        limit=CAPTION_LIMIT,
        too_long=Because.CAPTION_TOO_LONG,
    )
    above = {"show_caption_above_media": True} if values.get("show_caption_above_media") else {}
    return with_entities({"caption": caption}, "caption_entities", entities) | above if caption else {}


def link_preview(values: JSON) -> JSON | None:
    options: JSON | None = values.get("link_preview_options")
    if options and set(options) - PREVIEW_FIELDS:
        raise mistaken("link_preview_options with unknown fields")
    return options


def _quoted(chat: Chat, values: JSON) -> int | None:
    reply: JSON = values.get("reply_parameters") or {}
    if not reply:
        return None
    if set(reply) - REPLY_FIELDS or not isinstance(reply.get("message_id"), int):
        raise mistaken("reply_parameters with unknown fields or without message_id")
    found = chat.messages.get(reply["message_id"])
    if found is None or found.deleted is not None:
        if reply.get("allow_sending_without_reply"):
            return None
        raise Refused(Because.REPLY_NOT_FOUND)
    return found.id


def deliver(world: World, chat: Chat, *, values: JSON, body: JSON) -> JSON:
    """Post a message of the bot's with everything all sending methods share."""
    thread: int | None = values.get("message_thread_id")
    check_thread(world, chat, thread=thread)
    markup = check_markup(values["reply_markup"]) if "reply_markup" in values else {}
    reply_to = _quoted(chat, values)
    preview = link_preview(values)
    message = new_message(world, chat, sender=world.bot.id, body=body, thread=thread)
    if "inline_keyboard" in markup:
        message.body["reply_markup"] = markup
    else:
        message.keyboard = markup or None
    message.reply_to = reply_to
    message.protected = values.get("protect_content", False)
    message.silent = values.get("disable_notification", False)
    message.link_preview = preview
    return render_message(world, post(world, chat, message))


def send_message(world: World, values: JSON) -> JSON:
    chat = writable_chat(world, values)
    body = text_body(values, too_long=Because.TEXT_TOO_LONG)
    return deliver(world, chat, values=values, body=body)


def send_document(world: World, values: JSON) -> JSON:
    chat = writable_chat(world, values)
    body = caption_body(values)
    check_thread(world, chat, thread=values.get("message_thread_id"))
    stored = take_file(world, values["document"], kind="document", attached=values)
    return deliver(world, chat, values=values, body=document_body(stored) | body)


def send_photo(world: World, values: JSON) -> JSON:
    chat = writable_chat(world, values)
    body = caption_body(values)
    check_thread(world, chat, thread=values.get("message_thread_id"))
    stored = take_file(world, values["photo"], kind="photo", attached=values)
    spoiler = {"has_media_spoiler": True} if values.get("has_spoiler") else {}
    return deliver(world, chat, values=values, body=photo_body(stored) | spoiler | body)


def _original(world: World, values: JSON, *, missing: Because) -> tuple[Chat, Message]:
    source = readable_chat(world, values, key="from_chat_id")
    return source, standing_message(source, values["message_id"], missing=missing)


def copy_message(world: World, values: JSON) -> JSON:
    chat = writable_chat(world, values)
    source, original = _original(world, values, missing=Because.COPY_NOT_FOUND)
    if original.service or ((original.protected or source.protected) and original.sender_id != world.bot.id):
        raise Refused(Because.NOT_COPYABLE)
    kept = {name: deepcopy(part) for name, part in original.body.items() if name != "reply_markup"}
    if "caption" in values and "text" not in kept:
        kept = {name: part for name, part in kept.items() if not name.startswith("caption")}
        kept |= caption_body(values)
    sent = deliver(world, chat, values=values, body=kept)
    return {"message_id": sent["message_id"]}


def forward_message(world: World, values: JSON) -> JSON:
    chat = writable_chat(world, values)
    source, original = _original(world, values, missing=Because.FORWARD_NOT_FOUND)
    if original.service or original.protected or source.protected:
        raise Refused(Because.NOT_FORWARDABLE)
    kept = {name: deepcopy(part) for name, part in original.body.items() if name != "reply_markup"}
    kept["forward_origin"] = {
        "type": "user",
        "date": original.date,
        "sender_user": render_user(world.users[original.sender_id]),
    }
    return deliver(world, chat, values=values, body=kept)


def send_chat_action(world: World, values: JSON) -> bool:
    chat = writable_chat(world, values)
    if values["action"] not in ACTIONS:
        raise mistaken("wrong parameter action in request")
    thread: int | None = values.get("message_thread_id")
    if thread != 1:
        check_thread(world, chat, thread=thread)
    chat.actions.append((values["action"], thread))
    return True


HANDLERS = {
    "sendMessage": send_message,
    "sendDocument": send_document,
    "sendPhoto": send_photo,
    "copyMessage": copy_message,
    "forwardMessage": forward_message,
    "sendChatAction": send_chat_action,
}
