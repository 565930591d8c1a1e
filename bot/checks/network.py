"""Token, webhook, clock and group as Telegram sees them: asked for, and nothing changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.checks import Finding, Grade
from bot.checks.group import judge_group
from bot.networks.errors import NetworkError, RoomClosed, RoomMoved, TokenRefused
from bot.networks.telegram import Telegram
from bot.settings import Settings
from storage.operator import OperatorSecrets

_APART = timedelta(minutes=2)
_RENEW = "Get a new one from @BotFather (/token), then `vestka init --renew`."


async def check_telegram(
    settings: Settings, secrets: OperatorSecrets, now: Callable[[], datetime]
) -> list[Finding]:
    """Token, webhook, clock, group; what cannot be asked without an earlier answer is left out."""
    try:
        network = Telegram(
            secrets.telegram_token, api_root=settings.telegram.api_root, group=secrets.telegram_group
        )
    except TokenRefused as refused:
        return [Finding("token", Grade.FAIL, f"The token is unusable: {refused}.", _RENEW)]
    try:
        return await _ask(network, now)
    finally:
        await network.close()


async def _ask(network: Telegram, now: Callable[[], datetime]) -> list[Finding]:
    try:
        name = await network.who()
        found = [Finding("token", Grade.OK, f"Telegram knows us as @{name}.")]
        found += compare_clocks(now(), network.server_time)
        found += _webhook(is_set=await network.has_webhook())
    except TokenRefused:
        return [Finding("token", Grade.FAIL, "Telegram does not accept the token.", _RENEW)]
    except NetworkError as problem:
        remedy = "Check the network and `telegram.api_root`, then ask again."
        return [Finding("telegram", Grade.FAIL, f"Telegram does not answer as it should: {problem}.", remedy)]
    return found + await _group(network)


def compare_clocks(ours: datetime, theirs: datetime | None) -> list[Finding]:
    """A clock that is minutes wrong misjudges how long messages can still be deleted."""
    if theirs is None or abs(ours - theirs) <= _APART:
        return []
    minutes = round((ours - theirs).total_seconds() / 60)
    way = "ahead of" if minutes > 0 else "behind"
    words = f"Our clock is {abs(minutes)} minutes {way} Telegram's."
    return [Finding("clock", Grade.WARN, words, "Set the clock, and turn on NTP.")]


def _webhook(*, is_set: bool) -> list[Finding]:
    if not is_set:
        return []
    words = "A webhook is set: somebody else was given our updates."
    return [Finding("webhook", Grade.WARN, words, f"`vestka run` removes it. {_RENEW}")]


async def _group(network: Telegram) -> list[Finding]:
    try:
        return judge_group(await network.inspect())
    except RoomMoved:
        words, remedy = "The group has a new id.", "Find it out, then `vestka init --renew`."
    except RoomClosed:
        words = "The bot cannot see the moderators' group."
        remedy = "Check the group's id, and add the bot as an administrator."
    except NetworkError as problem:
        words, remedy = f"The group cannot be asked about: {problem}.", "Ask again; check the group's id."
    return [Finding("group", Grade.FAIL, words, remedy)]
