"""The whole state of one pretended Telegram with one bot in it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.doubles.telegram.clock import Clock
from tests.doubles.telegram.updates import Bell, UpdateQueue
from tests.doubles.telegram.world import ADMIN_RIGHTS, JSON, Chat, Member, Message, Query, StoredFile, User

BOT_ID = 1000000001
FIRST_PERSON = 2**33
QUERY_SECONDS = 30.0


@dataclass(slots=True)
class Profile:
    """What the bot says about itself, by language; commands by (scope, language)."""

    commands: dict[tuple[str, str], list[JSON]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)


class World:
    """Chats, people, files, updates and the clock they all go by."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.bot = User(BOT_ID, "Пробны бот", username="vestka_test_bot", is_bot=True)
        self.users: dict[int, User] = {BOT_ID: self.bot}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.queries: dict[str, Query] = {}
        self.updates = UpdateQueue()
        self.bell = Bell()
        self.profile = Profile()
        self.webhook: JSON = {}
        self.logged_out = False
        self.query_seconds = QUERY_SECONDS
        self._shared_message_id = 100
        self._numbers: dict[str, int] = {}

    def now(self) -> int:
        return int(self.moment())

    def moment(self) -> float:
        return self.clock.now().timestamp()

    def number(self, what: str) -> int:
        """The next of a series: 1, 2, 3 …"""
        self._numbers[what] = self._numbers.get(what, 0) + 1
        return self._numbers[what]

    def tell(self, kind: str, payload: JSON) -> None:
        """Put an update before the bot and wake everybody."""
        self.updates.push(kind, payload, now=self.moment())
        self.bell.ring()

    def new_message_id(self, chat: Chat) -> int:
        """Supergroups count for themselves; private chats and basic groups share one counter."""
        if chat.kind == "supergroup":
            chat.last_id += 1
            return chat.last_id
        self._shared_message_id += 1
        chat.last_id = self._shared_message_id
        return self._shared_message_id

    def add_user(self, name: str, *, identity: int | None = None, **more: Any) -> User:
        first, _, last = name.partition(" ")
        chosen = identity or FIRST_PERSON + 1000 + 37 * self.number("person")
        if chosen in self.users:
            raise ValueError(f"there is already somebody with the id {chosen}")
        user = User(chosen, first, last_name=last, **more)
        self.users[chosen] = user
        return user

    def add_chat(self, kind: str, title: str, *, forum: bool = False) -> Chat:
        number = self.number("chat")
        identity = (
            -(1_000_000_000_000 + 7_000_000_000 + number) if kind == "supergroup" else -4_000_000 - number
        )
        chat = Chat(identity, kind, title=title, forum=forum)
        self.chats[identity] = chat
        return chat

    def private_chat(self, user: User) -> Chat:
        """The chat of the bot with a person, made when first needed."""
        if user.id not in self.chats:
            chat = Chat(user.id, "private", username=user.username)
            chat.members = {user.id: Member(user.id), self.bot.id: Member(self.bot.id)}
            self.chats[user.id] = chat
        return self.chats[user.id]

    def member(self, chat: Chat, user_id: int) -> Member:
        return chat.members.get(user_id) or Member(user_id, status="left")

    def bot_may(self, chat: Chat, right: str) -> bool:
        member = self.member(chat, self.bot.id)
        if member.status == "creator":
            return True
        return member.status == "administrator" and member.rights.get(right, False)

    def bot_is_admin(self, chat: Chat) -> bool:
        return self.member(chat, self.bot.id).status in {"administrator", "creator"}

    def visible(self, chat: Chat) -> list[Message]:
        """What is still there, oldest first."""
        return [message for message in chat.messages.values() if message.deleted is None]


def admin_rights(granted: Iterable[str] | None) -> dict[str, bool]:
    """A full set of administrator rights; None grants them all but promotion."""
    wanted = set(ADMIN_RIGHTS) - {"can_promote_members"} if granted is None else set(granted)
    unknown = wanted - set(ADMIN_RIGHTS)
    if unknown:
        raise ValueError(f"no such administrator right: {', '.join(sorted(unknown))}")
    return {right: right in wanted or right == "can_manage_chat" for right in ADMIN_RIGHTS}
