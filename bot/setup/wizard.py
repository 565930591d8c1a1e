"""The questions of `vestka init`, one by one. A wrong answer is named and asked for again."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, TypeVar

import typer

from bot.errors import InputRefused, VestkaError
from bot.keys.files import read_bytes
from bot.settings import Settings
from bot.settings_file import check_settings
from bot.setup.answers import QUESTIONS, Answers, check_group, check_token, settings_of
from storage.sealing import SealingError, verify_roster

T = TypeVar("T")


class Ask(Protocol):
    """Puts one question to a person; an empty answer gives the default."""

    def __call__(self, words: str, *, default: str, hidden: bool = False) -> str: ...


Tell = Callable[[str], None]


def ask_terminal(words: str, *, default: str, hidden: bool = False) -> str:
    """Ask on the terminal.

    :raises InputRefused: there is none.
    """
    if not sys.stdin.isatty():
        raise InputRefused(
            "There is no terminal to ask on. Give --answers FILE; docs/operating.md shows one."
        )
    return str(typer.prompt(words, default=default, hide_input=hidden, show_default=bool(default)))


def _tell_terminal(words: str) -> None:
    typer.echo(words, err=True)


def ask_answers(known: Settings | None, *, ask: Ask = ask_terminal, tell: Tell = _tell_terminal) -> Answers:
    """Everything an instance needs. `known` are the settings of one that is there already: what is
    answered with nothing then stays.

    :raises InputRefused: there is no terminal to ask on.
    """
    wizard = _Wizard(known, ask, tell)
    settings: dict[str, dict[str, Any]] = {}
    for key in QUESTIONS:
        for section, values in wizard.setting(key).items():
            settings.setdefault(section, {}).update(values)
    roots = [bytes.fromhex(root) for root in settings["organisation"]["roots"]]
    return Answers(
        settings=settings,
        group=wizard.secret("Id of the moderators' group (begins with -100)", check_group) or "",
        token=wizard.secret("Token of the bot from @BotFather (not shown)", check_token, hidden=True) or "",
        roster=wizard.secret("Signed roster file", lambda text: _read_roster(text, roots)) or b"",
    )


class _Wizard:
    """Asks until an answer can be used."""

    def __init__(self, known: Settings | None, ask: Ask, tell: Tell) -> None:
        self._known = known
        self._ask = ask
        self._tell = tell

    def setting(self, key: str) -> dict[str, dict[str, Any]]:
        """One of QUESTIONS, as a table of sections."""
        words, (section, name) = QUESTIONS[key]
        value = getattr(getattr(self._known or Settings(), section), name)
        default = " ".join(value) if isinstance(value, tuple) else str(value)

        def check(text: str) -> dict[str, dict[str, Any]]:
            table = settings_of({key: _convert(key, text)}, Path())
            check_settings(table, told="That does not do", base=Path())
            return table

        return self._until(words, check, default=default)

    def secret(self, words: str, check: Callable[[str], T], *, hidden: bool = False) -> T | None:
        """Something whose old value is not shown; None: it stays."""
        if self._known is None:
            return self._until(words, check, hidden=hidden)
        return self._until(
            f"{words}; empty: as before", lambda text: check(text) if text else None, hidden=hidden
        )

    def _until(self, words: str, check: Callable[[str], T], *, default: str = "", hidden: bool = False) -> T:
        while True:
            answer = self._ask(words, default=default, hidden=hidden).strip()
            try:
                return check(answer)
            except (VestkaError, SealingError) as refused:
                self._tell(str(refused))


def _convert(key: str, text: str) -> object:
    """A number where the settings want one, several roots where there are several."""
    if key == "digest_hour":
        return int(text) if text.isdecimal() else text
    return text.split() if key == "root" else text


def _read_roster(text: str, roots: list[bytes]) -> bytes:
    """The signed roster, checked at once, while it is still known which file was meant."""
    if not text:
        raise InputRefused("Name the file that `vestka roster sign` has written.")
    data = read_bytes(Path(text))
    verify_roster(data, roots=roots)
    return data
