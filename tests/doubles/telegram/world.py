"""What exists: people, chats, messages, topics, files.  Plain records; no rules here."""

from dataclasses import dataclass, field
from typing import Any

JSON = dict[str, Any]

ADMIN_RIGHTS = (
    "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
    "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories",
    "can_delete_stories", "can_pin_messages", "can_manage_topics", "can_manage_tags",
)  # fmt: skip

PERMISSIONS = (
    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
    "can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
    "can_add_web_page_previews", "can_change_info", "can_invite_users", "can_pin_messages",
    "can_manage_topics", "can_edit_tag", "can_react_to_messages",
)  # fmt: skip


@dataclass(slots=True)
class User:
    """An account; `started` is true once it wrote to the bot in private."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language: str = ""
    is_bot: bool = False
    started: bool = False
    blocked_bot: bool = False
    deactivated: bool = False


@dataclass(slots=True)
class Member:
    """Somebody's standing in a chat; `joined` is the first message id they may read if history is hidden."""

    user_id: int
    status: str = "member"
    rights: dict[str, bool] = field(default_factory=dict)
    joined: int = 1
    until: int = 0
    custom_title: str = ""
    is_anonymous: bool = False

    @property
    def inside(self) -> bool:
        return self.status not in {"left", "kicked"} and not (
            self.status == "restricted" and not self.rights.get("is_member", True)
        )


@dataclass(slots=True)
class Topic:
    """A forum topic; its id is the id of the service message that opened it."""

    id: int
    name: str
    icon_color: int
    closed: bool = False
    icon_custom_emoji_id: str = ""


@dataclass(slots=True)
class Message:
    """One message; `body` holds its Bot API fields (text, entities, document, reply_markup …)."""

    id: int
    chat_id: int
    sender_id: int
    date: int
    body: JSON
    thread_id: int | None = None
    reply_to: int | None = None
    edited: int | None = None
    deleted: int | None = None
    protected: bool = False
    silent: bool = False
    link_preview: JSON | None = None
    keyboard: JSON | None = None
    service: str = ""


@dataclass(slots=True)
class Link:
    """An invitation link of a chat."""

    url: str
    creator_id: int
    name: str = ""
    expires: int = 0
    member_limit: int = 0
    by_request: bool = False
    revoked: bool = False
    used: int = 0


@dataclass(slots=True)
class Chat:
    """A private chat, basic group or supergroup with everything that was ever written in it."""

    id: int
    kind: str
    title: str = ""
    username: str = ""
    forum: bool = False
    members: dict[int, Member] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    history: list[Message] = field(default_factory=list)
    topics: dict[int, Topic] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    requests: dict[int, Link | None] = field(default_factory=dict)
    last_id: int = 0
    migrated_to: int | None = None
    description: str = ""
    linked_chat_id: int = 0
    auto_delete: int = 0
    visible_history: bool = False
    protected: bool = False
    hidden_members: bool = False
    join_by_request: bool = False
    permissions: dict[str, bool] = field(default_factory=lambda: dict.fromkeys(PERMISSIONS, True))
    actions: list[tuple[str, int | None]] = field(default_factory=list)

    @property
    def private(self) -> bool:
        return self.kind == "private"


@dataclass(slots=True)
class StoredFile:
    """Bytes that were sent; `offered` is when getFile last gave out a link."""

    id: str
    unique_id: str
    data: bytes = field(repr=False)
    name: str
    mime: str
    path: str
    offered: int = 0


@dataclass(slots=True)
class Query:
    """A pressed button waiting for its answer."""

    id: str
    person_id: int
    born: float
    data: str
    answered: bool = False
    text: str = ""
    alert: bool = False
