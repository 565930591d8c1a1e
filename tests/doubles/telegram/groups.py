"""Groups: members, rights, topics, settings, migration, as their owner arranges them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tests.doubles.telegram.membership import set_member
from tests.doubles.telegram.methods.topics import drop_topic, open_topic
from tests.doubles.telegram.migration import migrate
from tests.doubles.telegram.rendering import render_chat, render_link, render_user
from tests.doubles.telegram.screens import Room, Shown, screen_of
from tests.doubles.telegram.state import World, admin_rights
from tests.doubles.telegram.waiting import PATIENCE, wait_until
from tests.doubles.telegram.world import Chat, Link, Member, Topic, User

if TYPE_CHECKING:
    from tests.doubles.telegram.people import Person, Wanted

SETTINGS = frozenset({
    "title", "username", "description", "linked_chat_id", "auto_delete", "visible_history", "protected",
    "hidden_members", "join_by_request", "permissions", "forum",
})  # fmt: skip


class Group(Room):
    """A basic group or supergroup with its owner, an invented account that does the arranging."""

    def __init__(self, world: World, chat: Chat, *, owner: User) -> None:
        super().__init__(world, chat)
        self._owner = owner

    @property
    def state(self) -> Chat:
        """The record behind it."""
        return self._chat

    @property
    def title(self) -> str:
        return self._chat.title

    @property
    def topics(self) -> list[Topic]:
        """Topics that exist, in the order they were opened."""
        return list(self._chat.topics.values())

    def topic(self, part_of_name: str) -> Topic:
        """The newest topic whose name contains the given words."""
        found = [one for one in self.topics if part_of_name in one.name]
        if not found:
            names = ", ".join(one.name for one in self.topics) or "none"
            raise LookupError(f"no topic named {part_of_name!r}; there are: {names}")
        return found[-1]

    def screen(self, *, topic: int | None = None, person: "Person | None" = None) -> list[Shown]:
        """What stands there, for a given person if one is named."""
        viewer = person.id if person is not None else None
        return screen_of(self._world, self._chat, viewer=viewer, topic=topic)

    async def wait_for(
        self, wanted: "Wanted", timeout: float = PATIENCE, *, topic: int | None = None, after: int = 0  # noqa: ASYNC109  # a test's own patience
    ) -> Shown:  # fmt: skip
        """The newest visible message of the bot's that matches."""

        def look() -> Shown | None:
            for one in reversed(self.screen(topic=topic)):
                hit = wanted in one.text if isinstance(wanted, str) else wanted(one)
                if one.from_bot and one.id > after and hit:
                    return one
            return None

        return await wait_until(self._world, look, seconds=timeout, what=f"{wanted!r} in {self.title!r}")

    def add(
        self, person: "Person | User", *, status: str = "member", rights: Iterable[str] | None = None,
        by: "Person | None" = None, anonymous: bool = False,
    ) -> None:  # fmt: skip
        """Take somebody in or change their standing (member, administrator, creator, kicked, left …)."""
        given = admin_rights(rights) if status == "administrator" else dict.fromkeys(rights or (), True)
        member = Member(person.id, status=status, rights=given, is_anonymous=anonymous)
        set_member(self._world, self._chat, member=member, actor=by.id if by else self._owner.id)

    def add_bot(self, *, rights: Iterable[str] | None = None, admin: bool = True) -> None:
        """Take the bot in: as administrator with the given rights (all but promotion), or as a member."""
        if admin:
            self.add(self._world.bot, status="administrator", rights=rights)
        else:
            self.add(self._world.bot)

    def kick_bot(self) -> None:
        self.add(self._world.bot, status="kicked")

    def remove(self, person: "Person | User", *, ban: bool = True) -> None:
        self.add(person, status="kicked" if ban else "left")

    def set(self, **settings: object) -> None:
        """Change settings of the chat (see SETTINGS), as its owner would."""
        unknown = set(settings) - SETTINGS
        if unknown:
            raise ValueError(f"no such setting: {', '.join(sorted(unknown))}")
        for name, value in settings.items():
            setattr(self._chat, name, value)

    def put_in_order(self, owner: "Person") -> None:
        """Hand the group over to somebody, and set everything as a careful owner would."""
        former, self._owner = self._owner, owner.user
        self.add(owner, status="creator", by=owner)
        self.add(former, status="left")
        calm = dict.fromkeys(self._chat.permissions, True) | {"can_invite_users": False}
        self.set(visible_history=False, protected=True, auto_delete=7 * 86_400, permissions=calm)

    def open_topic(self, name: str) -> Topic:
        """The owner opens a topic."""
        return open_topic(self._world, self._chat, name=name, sender=self._owner.id)

    def close_topic(self, topic: int) -> None:
        self._chat.topics[topic].closed = True

    def drop_topic(self, topic: int) -> None:
        """The owner deletes a topic with everything in it; bots are not told."""
        drop_topic(self._world, self._chat, topic=topic)

    def make_link(self, *, by_request: bool = False) -> str:
        """An invitation link of the owner's."""
        link = Link(
            f"https://t.me/+OWNER{self._world.number('link'):08d}", self._owner.id, by_request=by_request
        )
        self._chat.links.append(link)
        return link.url

    def admit(self, user: User, *, link: str = "") -> None:
        """Let somebody in by a link, or note their request where approval is needed."""
        found = next((one for one in self._chat.links if one.url == link), None)
        if link and (found is None or found.revoked):
            raise LookupError("this invitation link is unknown or revoked")
        if found is not None:
            self._check_link(found)
        if self._chat.join_by_request or (found is not None and found.by_request):
            self._ask(user, found)
            return
        if found is not None:
            found.used += 1
        set_member(self._world, self._chat, member=Member(user.id), actor=user.id, link=found)

    def _check_link(self, link: Link) -> None:
        if link.expires and self._world.now() >= link.expires:
            raise LookupError("this invitation link has expired")
        if link.member_limit and link.used >= link.member_limit:
            raise LookupError("this invitation link has been used up")

    def _ask(self, user: User, link: Link | None) -> None:
        self._chat.requests[user.id] = link
        asked = {
            "chat": render_chat(self._world, self._chat),
            "from": render_user(user),
            "user_chat_id": user.id,
            "date": self._world.now(),
        }
        if link is not None:
            asked["invite_link"] = render_link(self._world, link, chat=self._chat)
        if self._world.bot_may(self._chat, "can_invite_users"):
            self._world.tell("chat_join_request", asked)

    def migrate(self) -> int:
        """Become another supergroup under a new id, which is returned; the old id refuses from now on."""
        self._chat = migrate(self._world, self._chat, actor=self._owner.id)
        return self._chat.id
