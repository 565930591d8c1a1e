"""Control actions of the rig: groups, dumps, files, faults, clock, calls."""

from base64 import b64encode
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from tests.doubles.telegram.calls import Call
from tests.doubles.telegram.control_people import find_group, find_person
from tests.doubles.telegram.double import TelegramDouble
from tests.doubles.telegram.kinds import Upload
from tests.doubles.telegram.screens import Room, Shown
from tests.doubles.telegram.world import JSON

KINDS = frozenset({"group", "supergroup"})
WHICH = frozenset({"messages", "deleted", "history"})


async def group(
    double: TelegramDouble, *, title: str, kind: str = "supergroup", forum: bool = False,
    bot: bool = True, rights: list[str] | None = None, owner: int | None = None,
) -> JSON:  # fmt: skip
    """Make a group or supergroup; with `bot` the bot is an administrator (rights: all but promotion).

    With an `owner`, who is made if unknown, everything is set as a careful one would.
    """
    if kind not in KINDS:
        raise ValueError("kind is group or supergroup")
    made = double.group(title) if kind == "group" else double.supergroup(title, forum=forum)
    if bot:
        made.add_bot(rights=rights)
    if owner is not None:
        made.put_in_order(double.people.get(owner) or double.person("Дзяжурны", id=owner))
    return {"id": made.id}


async def member(
    double: TelegramDouble, *, chat: int, person: int, status: str = "member", rights: list[str] | None = None
) -> None:
    """Put a person's standing in a group in force: member, administrator, creator, kicked, left."""
    known = {"member", "administrator", "creator", "kicked", "left"}
    if status not in known:
        raise ValueError(f"status is one of {', '.join(sorted(known))}")
    find_group(double, chat).add(find_person(double, person), status=status, rights=rights)


async def bot(
    double: TelegramDouble, *, chat: int, status: str = "administrator", rights: list[str] | None = None
) -> None:
    """Put the bot's standing in a group in force."""
    find_group(double, chat).add(double.world.bot, status=status, rights=rights)


async def settings(double: TelegramDouble, *, chat: int, values: dict[str, Any]) -> None:
    """Change a group's settings: visible_history, protected, auto_delete, join_by_request, title …"""
    find_group(double, chat).set(**values)


async def migrate(double: TelegramDouble, *, chat: int) -> JSON:
    """Upgrade a group: the answer has its new id."""
    return {"id": find_group(double, chat).migrate()}


async def topics(double: TelegramDouble, *, chat: int) -> list[JSON]:
    """The topics of a forum."""
    return [asdict(topic) for topic in find_group(double, chat).topics]


async def messages(double: TelegramDouble, *, chat: int, which: str = "messages") -> list[Shown]:
    """Dump a chat: `messages` that stand, `deleted` ones, or the whole `history` with every version."""
    if which not in WHICH:
        raise ValueError("which is messages, deleted or history")
    if chat not in double.world.chats:
        raise LookupError(f"no chat {chat}")
    found: list[Shown] = getattr(Room(double.world, double.world.chats[chat]), which)
    return found


async def file(double: TelegramDouble, *, file_id: str) -> JSON:
    """A file that anybody sent, in base64."""
    if file_id not in double.world.files:
        raise LookupError(f"no file {file_id}")
    stored = double.world.files[file_id]
    return {"name": stored.name, "mime": stored.mime, "data": b64encode(stored.data).decode()}


async def fault(
    double: TelegramDouble, *, kind: str, method: str = "", chat: int | None = None, nth: int | None = None,
    times: int | None = 1, seconds: float = 0, status: int = 502, description: str = "", text: str = "",
) -> None:  # fmt: skip
    """Plan a fault: delay, drop, fail, close, flood, refuse, lose, lose_silent, lose_fail.

    It strikes `times` fitting calls (null: for ever) or only the `nth`; `text`: those whose text or
    caption contains it; `seconds`: of the delay, or retry_after of a flood.
    """
    how: JSON = {"chat": chat, "times": times, "seconds": seconds, "status": status}
    how["description"] = description
    if nth is not None:
        how["nth"] = nth
    if text:
        how["when"] = lambda given: text in str(given.get("text", given.get("caption", "")))
    double.faults.add(kind, method, **how)


async def clear_faults(double: TelegramDouble) -> None:
    """Forget all planned faults."""
    double.faults.clear()


async def flood(double: TelegramDouble, *, on: bool = True) -> None:
    """Switch the flood limits on or off."""
    double.flood.on = on


async def advance(double: TelegramDouble, *, seconds: float) -> JSON:
    """Move the clock forward; the answer has its time."""
    forward = getattr(double.clock, "advance", None)
    if forward is None:
        raise ValueError("this clock cannot be advanced")
    forward(seconds)
    double.world.bell.ring()
    return {"now": double.world.now()}


async def intrude(double: TelegramDouble) -> bool:
    """Poll once with the bot's token: its own poll gets 409 (false: it was not polling)."""
    return double.intrude()


def _described(call: Call) -> JSON:
    parameters = {
        name: {"file": value.name, "size": len(value.data)} if isinstance(value, Upload) else value
        for name, value in call.parameters.items()
    }
    return {
        "method": call.method, "parameters": parameters, "when": call.when.isoformat(),
        "answered": call.answered, "status": call.status, "description": call.description,
        "applied": call.applied, "fault": call.fault,
    }  # fmt: skip


async def calls(double: TelegramDouble, *, method: str = "") -> list[JSON]:
    """Every call the bot made, or those of one method."""
    return [_described(call) for call in double.calls if not method or call.method == method]


async def violations(double: TelegramDouble) -> list[JSON]:
    """The bot's mistakes: parameters and texts the real server would not take."""
    return [{"method": one.method, "sentence": one.sentence} for one in double.violations]


async def info(double: TelegramDouble) -> JSON:
    """Where the API is, the bot's token, the time, how many updates wait."""
    waiting = double.world.updates.pending(double.world.moment())
    return {
        "api_root": double.api_root, "base_url": double.base_url, "base_file_url": double.base_file_url,
        "token": double.token, "bot": double.world.bot.id, "now": double.world.now(),
        "pending_updates": len(waiting), "polling": double.desk.poller.waiting,
    }  # fmt: skip


ACTIONS: dict[str, Callable[..., Awaitable[Any]]] = {
    one.__name__: one
    for one in (
        group, member, bot, settings, migrate, topics, messages, file, fault, clear_faults, flood, advance,
        intrude, calls, violations, info,
    )
}  # fmt: skip
