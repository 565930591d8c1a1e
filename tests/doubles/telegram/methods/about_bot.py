"""getMe, close, logOut."""

from tests.doubles.telegram.rendering import render_user
from tests.doubles.telegram.state import World
from tests.doubles.telegram.world import JSON

ABILITIES = {
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
    "can_connect_to_business": False,
    "has_main_web_app": False,
    "has_topics_enabled": False,
    "allows_users_to_create_topics": False,
    "can_manage_bots": False,
    "supports_guest_queries": False,
}


def get_me(world: World, _: JSON) -> JSON:
    return render_user(world.bot) | ABILITIES


def close(_: World, __: JSON) -> bool:
    return True


def log_out(world: World, _: JSON) -> bool:
    """After this the cloud server refuses every call."""
    world.logged_out = True
    return True


HANDLERS = {"getMe": get_me, "close": close, "logOut": log_out}
