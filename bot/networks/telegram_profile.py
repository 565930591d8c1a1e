"""What the bot shows of itself before anybody writes: description and commands, per language and scope."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass

from telegram import Bot, BotCommandScopeAllPrivateChats, BotCommandScopeChat

from bot.networks.errors import NetworkError, TryLater, Unreachable
from bot.networks.telegram_errors import asked

Commands = tuple[tuple[str, str], ...]  # (command without slash, description)
Step = Callable[[], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class TelegramProfile:
    """Texts in one language; `description` at most 512 characters, `short_description` at most 120."""

    description: str
    short_description: str
    private: Commands
    group: Commands = ()


async def publish(bot: Bot, profiles: Mapping[str, TelegramProfile], *, group: str | None) -> int:
    """Publish every text; how many were refused comes back. Nothing here may keep the bot from starting.

    The first language is also the one for everybody whose language we do not speak.
    """
    failed = 0
    steps = list(_steps(bot, profiles, group=group))
    for number, step in enumerate(steps):
        try:
            await asked(step())
        except (TryLater, Unreachable):
            return failed + len(steps) - number  # the next start tries again
        except NetworkError:
            failed += 1
    return failed


def _steps(bot: Bot, profiles: Mapping[str, TelegramProfile], *, group: str | None) -> Iterator[Step]:
    for number, (language, profile) in enumerate(profiles.items()):
        for code in ("", language) if number == 0 else (language,):
            yield from _texts(bot, profile, code=code)
            yield from _commands(bot, profile, code=code, group=group)


def _texts(bot: Bot, profile: TelegramProfile, *, code: str) -> Iterator[Step]:
    yield lambda: bot.set_my_description(profile.description, language_code=code or None)
    yield lambda: bot.set_my_short_description(profile.short_description, language_code=code or None)


def _commands(bot: Bot, profile: TelegramProfile, *, code: str, group: str | None) -> Iterator[Step]:
    """No commands for other groups: there the bot shows nothing."""
    yield lambda: bot.set_my_commands(
        profile.private, scope=BotCommandScopeAllPrivateChats(), language_code=code or None
    )
    if group is not None and profile.group:
        yield lambda: bot.set_my_commands(
            profile.group, scope=BotCommandScopeChat(group), language_code=code or None
        )
