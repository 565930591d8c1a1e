"""Token, webhook, clock and group as Telegram sees them: asked for, and nothing changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from bot.checks import Finding, Grade
from bot.checks.group import judge_group
from bot.errors import VestkaError
from bot.lockdown import vetted
from bot.networks.errors import NetworkError, RoomClosed, RoomMoved, TokenRefused
from bot.networks.telegram import Telegram
from bot.settings import Settings
from bot.trust import trusted_roster
from storage.operator import OperatorSecrets
from storage.sealing import SealingError, VerifiedRoster

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
        return await _ask(network, _roster(settings, secrets), now)
    finally:
        await network.close()


async def _ask(
    network: Telegram, roster: VerifiedRoster | None, now: Callable[[], datetime]
) -> list[Finding]:
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
    return found + await _group(network, roster, on=now().date())


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


def _roster(settings: Settings, secrets: OperatorSecrets) -> VerifiedRoster | None:
    """None: that it cannot be obeyed is a finding of its own."""
    try:
        return trusted_roster(settings, secrets)
    except (VestkaError, SealingError):
        return None


async def _group(network: Telegram, roster: VerifiedRoster | None, *, on: date) -> list[Finding]:
    """Without a roster nobody can say who is a stranger."""
    if roster is None:
        return []
    accounts = [entry.account for entry in vetted(roster, network.name, on=on)]
    try:
        return judge_group(await network.look(accounts), roster, network=network.name, on=on)
    except RoomMoved:
        words, remedy = "The group has a new id.", "Find it out, then `vestka init --renew`."
    except RoomClosed:
        words = "The bot cannot see the moderators' group."
        remedy = "Check the group's id, and add the bot as an administrator."
    except NetworkError as problem:
        words, remedy = f"The group cannot be asked about: {problem}.", "Ask again; check the group's id."
    return [Finding("group", Grade.FAIL, words, remedy)]
