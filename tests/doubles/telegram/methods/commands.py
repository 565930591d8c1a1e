"""The bot's commands by scope and language; names and descriptions by language."""

import json
import re
from collections.abc import Callable
from functools import partial

from tests.doubles.telegram.refusals import Because, Refused, mistaken
from tests.doubles.telegram.state import World
from tests.doubles.telegram.world import JSON

NAME = re.compile(r"[a-z0-9_]{1,32}")
LANGUAGE = re.compile(r"[a-z]{2}")
SCOPES = {
    "default": frozenset({"type"}),
    "all_private_chats": frozenset({"type"}),
    "all_group_chats": frozenset({"type"}),
    "all_chat_administrators": frozenset({"type"}),
    "chat": frozenset({"type", "chat_id"}),
    "chat_administrators": frozenset({"type", "chat_id"}),
    "chat_member": frozenset({"type", "chat_id", "user_id"}),
}


def _scope(world: World, values: JSON) -> str:
    scope: JSON = values.get("scope") or {"type": "default"}
    wanted = SCOPES.get(str(scope.get("type")))
    if wanted is None or set(scope) != wanted:
        raise mistaken("BotCommandScope of unknown type or with wrong fields")
    if "chat_id" in scope and scope["chat_id"] not in world.chats:
        raise Refused(Because.CHAT_NOT_FOUND)
    return json.dumps(scope, sort_keys=True)


def _language(values: JSON) -> str:
    code = str(values.get("language_code", ""))
    if code and not LANGUAGE.fullmatch(code):
        raise Refused(Because.LANGUAGE)
    return code


def _check_commands(commands: list[JSON]) -> None:
    if len(commands) > 100:
        raise Refused(Because.COMMANDS_MANY)
    for command in commands:
        if set(command) - {"command", "description"}:
            raise mistaken("BotCommand with unknown fields")
        if not NAME.fullmatch(str(command.get("command", ""))):
            raise Refused(Because.COMMAND)
        if not 1 <= len(str(command.get("description", ""))) <= 256:
            raise Refused(Because.COMMAND_TEXT)


def set_my_commands(world: World, values: JSON) -> bool:
    _check_commands(values["commands"])
    key = (_scope(world, values), _language(values))
    if values["commands"]:
        world.profile.commands[key] = values["commands"]
    else:
        world.profile.commands.pop(key, None)
    return True


def get_my_commands(world: World, values: JSON) -> list[JSON]:
    return world.profile.commands.get((_scope(world, values), _language(values)), [])


def delete_my_commands(world: World, values: JSON) -> bool:
    world.profile.commands.pop((_scope(world, values), _language(values)), None)
    return True


def _set_text(world: World, values: JSON, *, field: str) -> bool:
    key = (field, _language(values))
    text = str(values.get(field, ""))
    if text:
        world.profile.texts[key] = text
    else:
        world.profile.texts.pop(key, None)
    return True


def _get_text(world: World, values: JSON, *, field: str) -> JSON:
    """The text for the language, else the one for all languages."""
    texts = world.profile.texts
    general = texts.get((field, ""), world.bot.first_name if field == "name" else "")
    return {field: texts.get((field, _language(values)), general)}


def _pair(name: str, *, field: str) -> dict[str, Callable[[World, JSON], object]]:
    return {
        f"setMy{name}": partial(_set_text, field=field),
        f"getMy{name}": partial(_get_text, field=field),
    }


HANDLERS: dict[str, Callable[[World, JSON], object]] = {
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    **_pair("Name", field="name"),
    **_pair("Description", field="description"),
    **_pair("ShortDescription", field="short_description"),
}
