"""What the bot shows of itself on Telegram, in every language, out of the catalogues."""

from __future__ import annotations

from bot.networks.telegram import TelegramProfile
from handlers.screens import Line
from handlers.texts import Texts
from handlers.triage.commands import LISTED, what

COMMANDS = ("start", "back", "skip", "review", "language", "help", "stop")


def profiles(texts: Texts) -> dict[str, TelegramProfile]:
    """Profile texts and commands by language; the first language is also for everybody else."""
    return {language: _profile(texts, language) for language in texts.languages}


def _profile(texts: Texts, language: str) -> TelegramProfile:
    def say(key: str) -> str:
        return texts.say(language, Line(key))

    return TelegramProfile(
        description=say("profile-description"),
        short_description=say("profile-short"),
        private=tuple((name, say(f"command-{name}")) for name in COMMANDS),
        group=tuple((name, texts.say(language, what(name))) for name in LISTED),
    )
