"""A group becomes a supergroup: a new chat with the same people, and a refusal at the old id."""

from dataclasses import replace

from tests.doubles.telegram.posting import post_service
from tests.doubles.telegram.state import World
from tests.doubles.telegram.world import Chat


def migrate(world: World, old: Chat, *, actor: int) -> Chat:
    """Make the new chat, tell both sides by service messages, close the old one."""
    new = world.add_chat("supergroup", old.title, forum=old.forum)
    new.members = {number: replace(member, joined=1) for number, member in old.members.items()}
    kept = ("visible_history", "protected", "hidden_members", "join_by_request", "auto_delete", "permissions")
    for name in kept:
        setattr(new, name, getattr(old, name))
    post_service(world, old, sender=actor, kind="migrate_to_chat_id", content=new.id)
    old.migrated_to = new.id
    post_service(world, new, sender=actor, kind="migrate_from_chat_id", content=old.id)
    return new
