"""Every refusal of the Bot API that the double knows, with the real one's wording.

Refused
  raised by a method, turned into `{"ok": false, ...}` by the server.  A refusal that only a mistake of
  the bot can cause (a parameter it should not send, a text over the limit) is also kept as a violation.
"""

from enum import Enum
from typing import Any


class Because(Enum):
    """Why a call is refused: HTTP status and sentence."""

    UNAUTHORIZED = (401, "Unauthorized")
    BAD_TOKEN = (404, "Not Found")
    METHOD_UNKNOWN = (404, "Not Found: method not found")
    LOGGED_OUT = (400, "Logged out")
    TOO_LARGE = (413, "Request Entity Too Large")
    FLOOD = (429, "Too Many Requests: retry after {seconds}")
    OTHER_POLLER = (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )
    WEBHOOK_ACTIVE = (
        409,
        (
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        ),
    )
    WEBHOOK_SET = (409, "Conflict: terminated by setWebhook request")

    PARAMETER = (400, "Bad Request: {sentence}")
    CHAT_ID_EMPTY = (400, "Bad Request: chat_id is empty")
    CHAT_NOT_FOUND = (400, "Bad Request: chat not found")
    UPGRADED = (400, "Bad Request: group chat was upgraded to a supergroup chat")
    BLOCKED = (403, "Forbidden: bot was blocked by the user")
    USER_GONE = (403, "Forbidden: user is deactivated")
    KICKED_SUPERGROUP = (403, "Forbidden: bot was kicked from the supergroup chat")
    KICKED_GROUP = (403, "Forbidden: bot was kicked from the group chat")
    NOT_IN_SUPERGROUP = (403, "Forbidden: bot is not a member of the supergroup chat")
    NOT_IN_GROUP = (403, "Forbidden: bot is not a member of the group chat")
    NO_RIGHT_TO_WRITE = (400, "Bad Request: not enough rights to send text messages to the chat")
    ONLY_SUPERGROUPS = (400, "Bad Request: method is available only for supergroups")
    ONLY_BIG_CHATS = (400, "Bad Request: method is available for supergroup and channel chats only")

    MESSAGE_ID_EMPTY = (400, "Bad Request: message identifier is not specified")
    TEXT_EMPTY = (400, "Bad Request: message text is empty")
    TEXT_TOO_LONG = (400, "Bad Request: message is too long")
    EDIT_TOO_LONG = (400, "Bad Request: MESSAGE_TOO_LONG")
    CAPTION_TOO_LONG = (400, "Bad Request: message caption is too long")
    PARSE_MODE = (400, "Bad Request: unsupported parse_mode")
    ENTITIES = (400, "Bad Request: can't parse entities: {why}")
    ENTITY_BOUNDS = (400, "Bad Request: ENTITY_BOUNDS_INVALID")
    REPLY_NOT_FOUND = (400, "Bad Request: message to be replied not found")
    THREAD_NOT_FOUND = (400, "Bad Request: message thread not found")
    TOPIC_CLOSED = (400, "Bad Request: TOPIC_CLOSED")

    BUTTON_DATA = (400, "Bad Request: BUTTON_DATA_INVALID")
    BUTTON_URL = (400, "Bad Request: BUTTON_URL_INVALID")
    BUTTON_TEXT = (400, "Bad Request: inline keyboard button text must be non-empty")
    KEYBOARD_TEXT = (400, "Bad Request: keyboard button text must be non-empty")
    BUTTON_BARE = (
        400,
        "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    )
    MARKUP_LONG = (400, "Bad Request: reply markup is too long")
    MARKUP = (400, "Bad Request: object expected as reply markup")

    EDIT_NOT_FOUND = (400, "Bad Request: message to edit not found")
    NOT_EDITABLE = (400, "Bad Request: message can't be edited")
    NOT_MODIFIED = (
        400,
        (
            "Bad Request: message is not modified: specified new message content and reply markup are "
            "exactly the same as a current content and reply markup of the message"
        ),
    )
    NO_TEXT_TO_EDIT = (400, "Bad Request: there is no text in the message to edit")
    NO_CAPTION_TO_EDIT = (400, "Bad Request: there is no caption in the message to edit")
    NO_MEDIA_TO_EDIT = (400, "Bad Request: there is no media in the message to edit")

    DELETE_NOT_FOUND = (400, "Bad Request: message to delete not found")
    NOT_DELETABLE = (400, "Bad Request: message can't be deleted")
    TOO_OLD_TO_DELETE = (400, "Bad Request: message can't be deleted for everyone")
    PIN_NOT_FOUND = (400, "Bad Request: message to pin not found")
    UNPIN_NOT_FOUND = (400, "Bad Request: message to unpin not found")
    NO_RIGHT_TO_PIN = (400, "Bad Request: not enough rights to manage pinned messages in the chat")
    COPY_NOT_FOUND = (400, "Bad Request: message to copy not found")
    FORWARD_NOT_FOUND = (400, "Bad Request: message to forward not found")
    NOT_COPYABLE = (400, "Bad Request: message can't be copied")
    NOT_FORWARDABLE = (400, "Bad Request: message can't be forwarded")

    QUERY_OLD = (
        400,
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
    )

    NOT_A_FORUM = (400, "Bad Request: the chat is not a forum")
    NO_RIGHT_TO_TOPICS = (400, "Bad Request: not enough rights to create a topic")
    TOPIC_ID = (400, "Bad Request: TOPIC_ID_INVALID")
    TOPIC_SAME = (400, "Bad Request: TOPIC_NOT_MODIFIED")

    USER_NOT_FOUND = (400, "Bad Request: user not found")
    PARTICIPANT = (400, "Bad Request: PARTICIPANT_ID_INVALID")
    NO_ADMINS_HERE = (400, "Bad Request: there are no administrators in the private chat")
    NO_RIGHT_TO_RESTRICT = (400, "Bad Request: not enough rights to restrict/unrestrict chat member")
    USER_IS_ADMIN = (400, "Bad Request: user is an administrator of the chat")
    NO_OWNER_REMOVAL = (400, "Bad Request: can't remove chat owner")
    NO_RIGHT_TO_INVITE = (400, "Bad Request: not enough rights to manage chat invite link")
    INVITE_UNKNOWN = (400, "Bad Request: INVITE_HASH_INVALID")
    NO_JOIN_REQUEST = (400, "Bad Request: HIDE_REQUESTER_MISSING")
    ALREADY_MEMBER = (400, "Bad Request: USER_ALREADY_PARTICIPANT")
    LEAVE_PRIVATE = (400, "Bad Request: chat member status can't be changed in private chats")

    FILE_ID = (400, "Bad Request: wrong file_id or the file is temporarily unavailable")
    FILE_TOO_BIG = (400, "Bad Request: file is too big")
    FILE_EMPTY = (400, "Bad Request: file must be non-empty")
    FILE_MISSING = (400, "Bad Request: there is no {name} in the request")
    IMAGE = (400, "Bad Request: IMAGE_PROCESS_FAILED")

    COMMAND = (400, "Bad Request: BOT_COMMAND_INVALID")
    COMMAND_TEXT = (400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
    COMMANDS_MANY = (400, "Bad Request: BOT_COMMANDS_TOO_MUCH")
    LANGUAGE = (400, "Bad Request: LANG_CODE_INVALID")
    WEBHOOK_URL = (400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")


MISTAKES = frozenset({
    Because.METHOD_UNKNOWN, Because.PARAMETER, Because.CHAT_ID_EMPTY, Because.MESSAGE_ID_EMPTY,
    Because.TEXT_EMPTY, Because.TEXT_TOO_LONG, Because.EDIT_TOO_LONG, Because.CAPTION_TOO_LONG,
    Because.PARSE_MODE, Because.ENTITIES, Because.ENTITY_BOUNDS, Because.BUTTON_DATA, Because.BUTTON_URL,
    Because.BUTTON_TEXT, Because.KEYBOARD_TEXT, Because.BUTTON_BARE, Because.MARKUP_LONG, Because.MARKUP,
    Because.TOO_LARGE, Because.FILE_EMPTY, Because.FILE_MISSING, Because.IMAGE, Because.COMMAND,
    Because.COMMAND_TEXT, Because.COMMANDS_MANY, Because.LANGUAGE, Because.WEBHOOK_URL,
})  # fmt: skip


class Refused(Exception):  # a refusal is an answer, not an error of the double
    """A call is answered with `ok: false`."""

    def __init__(
        self, because: Because, *, parameters: dict[str, Any] | None = None, **words: object
    ) -> None:
        self.because = because
        self.code: int = because.value[0]
        self.description: str = because.value[1].format(**words)
        self.parameters = parameters
        super().__init__(self.description)


def mistaken(sentence: str) -> Refused:
    """A parameter that the bot should never have sent."""
    return Refused(Because.PARAMETER, sentence=sentence)


def flooded(seconds: int) -> Refused:
    """429 with the time after which the bot may try again."""
    return Refused(Because.FLOOD, parameters={"retry_after": seconds}, seconds=seconds)
