"""The table of methods: which parameters each takes, of what type, required or not, within what limits."""

from collections.abc import Mapping
from typing import Any

from tests.doubles.telegram import kinds
from tests.doubles.telegram.kinds import Parameter, Upload
from tests.doubles.telegram.refusals import Because, Refused, mistaken
from tests.doubles.telegram.world import JSON

P = Parameter
CHAT = P("chat_id", kinds.chat, required=True)
USER = P("user_id", kinds.integer, required=True, least=1)
MESSAGE = P("message_id", kinds.integer, required=True, least=1)
THREAD = P("message_thread_id", kinds.integer, least=1)
TOPIC = P("message_thread_id", kinds.integer, required=True, least=1)
LANGUAGE = P("language_code", kinds.text)
SCOPE = P("scope", kinds.mapping)
PARSE = P("parse_mode", kinds.text)
MARKUP = P("reply_markup", kinds.mapping)
PREVIEW = P("link_preview_options", kinds.mapping)
ICON = P("icon_custom_emoji_id", kinds.text)
CAPTION = (
    P("caption", kinds.text),
    PARSE,
    P("caption_entities", kinds.objects),
    P("show_caption_above_media", kinds.boolean),
)
SENDING = (
    CHAT, THREAD, MARKUP,
    P("disable_notification", kinds.boolean),
    P("protect_content", kinds.boolean),
    P("reply_parameters", kinds.mapping),
)  # fmt: skip
TARGET = (CHAT, MESSAGE, MARKUP)
COPYING = (P("from_chat_id", kinds.chat, required=True), MESSAGE)

METHODS: Mapping[str, tuple[Parameter, ...]] = {
    "getMe": (),
    "close": (),
    "logOut": (),
    "getUpdates": (
        P("offset", kinds.integer),
        P("limit", kinds.integer, least=1, most=100),
        P("timeout", kinds.integer, least=0, most=50),
        P("allowed_updates", kinds.strings),
    ),
    "setWebhook": (
        P("url", kinds.text, required=True),
        P("certificate", kinds.file),
        P("ip_address", kinds.text),
        P("max_connections", kinds.integer, least=1, most=100),
        P("allowed_updates", kinds.strings),
        P("drop_pending_updates", kinds.boolean),
        P("secret_token", kinds.text, least=1, most=256),
    ),
    "deleteWebhook": (P("drop_pending_updates", kinds.boolean),),
    "getWebhookInfo": (),
    "sendMessage": (
        *SENDING, PREVIEW, PARSE, P("text", kinds.text, required=True), P("entities", kinds.objects),
    ),
    "sendDocument": (
        *SENDING, *CAPTION[:3],
        P("document", kinds.file, required=True),
        P("thumbnail", kinds.file),
        P("disable_content_type_detection", kinds.boolean),
    ),
    "sendPhoto": (
        *SENDING, *CAPTION, P("photo", kinds.file, required=True), P("has_spoiler", kinds.boolean),
    ),
    "sendMediaGroup": (
        *(parameter for parameter in SENDING if parameter is not MARKUP),
        P("media", kinds.objects, required=True),
    ),
    "copyMessage": (*SENDING, *CAPTION, *COPYING),
    "forwardMessage": (
        CHAT, THREAD, *COPYING,
        P("disable_notification", kinds.boolean), P("protect_content", kinds.boolean),
    ),
    "editMessageText": (
        *TARGET, PARSE, PREVIEW, P("text", kinds.text, required=True), P("entities", kinds.objects),
    ),
    "editMessageCaption": (*TARGET, *CAPTION),
    "editMessageReplyMarkup": TARGET,
    "editMessageMedia": (*TARGET, P("media", kinds.mapping, required=True)),
    "deleteMessage": (CHAT, MESSAGE),
    "deleteMessages": (CHAT, P("message_ids", kinds.integers, required=True, least=1, most=100)),
    "answerCallbackQuery": (
        P("callback_query_id", kinds.text, required=True),
        P("text", kinds.text, most=200),
        P("show_alert", kinds.boolean),
        P("url", kinds.text),
        P("cache_time", kinds.integer, least=0),
    ),
    "getChat": (CHAT,),
    "getChatMember": (CHAT, USER),
    "getChatMemberCount": (CHAT,),
    "getChatAdministrators": (CHAT, P("return_bots", kinds.boolean)),
    "banChatMember": (
        CHAT, USER, P("until_date", kinds.integer), P("revoke_messages", kinds.boolean),
    ),
    "unbanChatMember": (CHAT, USER, P("only_if_banned", kinds.boolean)),
    "leaveChat": (CHAT,),
    "createChatInviteLink": (
        CHAT,
        P("name", kinds.text, most=32),
        P("expire_date", kinds.integer, least=0),
        P("member_limit", kinds.integer, least=1, most=99999),
        P("creates_join_request", kinds.boolean),
    ),
    "revokeChatInviteLink": (CHAT, P("invite_link", kinds.text, required=True)),
    "approveChatJoinRequest": (CHAT, USER),
    "declineChatJoinRequest": (CHAT, USER),
    "createForumTopic": (
        CHAT, ICON, P("name", kinds.text, required=True, least=1, most=128),
        P("icon_color", kinds.integer),
    ),
    "editForumTopic": (CHAT, TOPIC, ICON, P("name", kinds.text, least=0, most=128)),
    "closeForumTopic": (CHAT, TOPIC),
    "reopenForumTopic": (CHAT, TOPIC),
    "deleteForumTopic": (CHAT, TOPIC),
    "pinChatMessage": (CHAT, MESSAGE, P("disable_notification", kinds.boolean)),
    "unpinChatMessage": (CHAT, P("message_id", kinds.integer, least=1)),
    "unpinAllChatMessages": (CHAT,),
    "getFile": (P("file_id", kinds.text, required=True, least=1),),
    "sendChatAction": (CHAT, THREAD, P("action", kinds.text, required=True)),
    "setMyCommands": (P("commands", kinds.objects, required=True), SCOPE, LANGUAGE),
    "getMyCommands": (SCOPE, LANGUAGE),
    "deleteMyCommands": (SCOPE, LANGUAGE),
    "setMyName": (P("name", kinds.text, most=64), LANGUAGE),
    "getMyName": (LANGUAGE,),
    "setMyDescription": (P("description", kinds.text, most=512), LANGUAGE),
    "getMyDescription": (LANGUAGE,),
    "setMyShortDescription": (P("short_description", kinds.text, most=120), LANGUAGE),
    "getMyShortDescription": (LANGUAGE,),
}  # fmt: skip

SPELLING = {name.lower(): name for name in METHODS}


def spell(method: str) -> str:
    """The method's proper name; the real server does not mind the letters' case."""
    known = SPELLING.get(method.lower())
    if known is None:
        raise Refused(Because.METHOD_UNKNOWN)
    return known


def check(method: str, raw: JSON, *, strict: bool) -> JSON:
    """Typed values of a call; refuse what is missing, wrongly typed, out of limits or (strict) unknown."""
    table = {parameter.name: parameter for parameter in METHODS[method]}
    attached = {name for name, value in raw.items() if isinstance(value, Upload) and name not in table}
    strange = sorted(set(raw) - set(table) - attached)
    if strange and strict:
        raise mistaken(f"{method} has no parameter {', '.join(strange)} (or this double does not model it)")
    values: JSON = {name: raw[name] for name in attached}
    for name, parameter in table.items():
        if name in raw:
            values[name] = parameter.read(parameter, raw[name])
        elif parameter.required:
            raise _missing(parameter)
    return values


def _missing(parameter: Parameter) -> Refused:
    known = {
        "chat_id": Refused(Because.CHAT_ID_EMPTY),
        "message_id": Refused(Because.MESSAGE_ID_EMPTY),
        "text": Refused(Because.TEXT_EMPTY),
    }
    if parameter.read is kinds.file:
        return Refused(Because.FILE_MISSING, name=parameter.name)
    return known.get(parameter.name) or mistaken(f'parameter "{parameter.name}" is required')


def plain(raw: Mapping[str, Any]) -> JSON:
    """Parameters as a test reads them in `calls`: numbers and JSON decoded where they decode."""
    table = {parameter.name: parameter for group in METHODS.values() for parameter in group}
    out: JSON = {}
    for name, value in raw.items():
        parameter = table.get(name)
        try:
            loose = P(name, parameter.read) if parameter else None
            out[name] = loose.read(loose, value) if loose else value
        except Refused:
            out[name] = value
    return out
