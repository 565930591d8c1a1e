"""`vestka init`: a few questions, then a settings file and a secrets file. Or no question at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from bot.errors import InputRefused, PassphraseRefused, VestkaError
from bot.instance import utc_now
from bot.keys.files import replace_file, write_new
from bot.keys.passphrase import new_passphrase, operator_passphrase
from bot.settings import Settings
from bot.settings_file import check_settings, read_settings, read_table, spell_settings
from bot.setup.answers import Answers, read_answers
from bot.setup.wizard import ask_answers
from bot.trust import accept_roster, bot_key
from storage.operator import OperatorSecrets, load, save
from storage.sealing import FLOOR, Cost

SETTINGS_FILE = "vestka.toml"

Table = dict[str, dict[str, Any]]


def init(
    folder: Annotated[Path, typer.Option("--folder", help="Where the instance shall live.")] = Path(),
    answers: Annotated[
        Path | None, typer.Option(help="A TOML file with all answers; nothing is asked.")
    ] = None,
    passphrase_file: Annotated[
        Path | None, typer.Option(help="Read the operator's passphrase from this file.")
    ] = None,
    renew: Annotated[
        bool, typer.Option("--renew", help="Change what is there; the keys stay, and what is not answered.")
    ] = False,
    light: Annotated[
        bool, typer.Option("--light", help="Weaker but faster key stretching, for machines under 2 GiB.")
    ] = False,
) -> None:
    """Set up an instance: writes vestka.toml and secrets.vkf.

    Example: vestka init --folder /srv/vestka

    Without questions: vestka init --folder /srv/vestka --answers answers.toml (keys: docs/operating.md)
    """
    path, given = folder / SETTINGS_FILE, _Given(answers, passphrase_file, FLOOR if light else None)
    settings, secrets = _renew(path, given) if renew else _begin(path, given)
    print(f"Written: {path} and {settings.secrets_path}")
    print(f"Public key of this bot, for `vestka digest open --bot-key`: {bot_key(secrets)}")
    print(f"Next: vestka doctor --settings {path}")
    print(f"Then: vestka run --settings {path}" + (" (start it again if it runs)" if renew else ""))


@dataclass(frozen=True, slots=True)
class _Given:
    """What stood on the command line."""

    answers: Path | None
    passphrase_file: Path | None
    cost: Cost | None

    def read_answers(self, *, renew: bool) -> Answers | None:
        return read_answers(self.answers, renew=renew) if self.answers else None

    def passphrase_from(self, told: Answers | None) -> Path | None:
        return self.passphrase_file or (told.passphrase_file if told else None)

    @property
    def ask(self) -> Callable[[str], str] | None:
        """With an answers file nobody is asked."""
        return _ask_nobody if self.answers else None

    def check(self, table: Table, base: Path) -> Settings:
        return check_settings(table, told=str(self.answers or "The answers"), base=base)


def _begin(path: Path, given: _Given) -> tuple[Settings, OperatorSecrets]:
    """A new instance. Everything is checked before anything is written."""
    if path.exists():
        raise InputRefused(f"{path} is there already. Add --renew to change it; the keys stay.")
    told = given.read_answers(renew=False) or ask_answers(None)
    settings = given.check(told.settings, path.resolve().parent)
    secrets = _take_over(OperatorSecrets.generate(), told, settings)
    file = given.passphrase_from(told)
    passphrase = new_passphrase("Operator's passphrase", file, ask=given.ask)
    _make_folder(path.parent)
    save(settings.secrets_path, secrets, passphrase=passphrase, cost=given.cost)
    try:
        write_new(path, spell_settings(told.settings).encode())
    except VestkaError:
        settings.secrets_path.unlink()  # nothing was sealed with it yet
        raise
    return settings, secrets


def _renew(path: Path, given: _Given) -> tuple[Settings, OperatorSecrets]:
    """An instance that is there: keys stay, and so does everything that is not answered."""
    known, answered = read_settings(path), given.read_answers(renew=True)
    passphrase = operator_passphrase(given.passphrase_from(answered), ask=given.ask)
    old = load(known.secrets_path, passphrase)
    told = answered or ask_answers(known)
    table = _merge(read_table(path), told.settings)
    settings = given.check(table, known.base)
    secrets = _take_over(old, told, settings)
    save(settings.secrets_path, secrets, passphrase=passphrase, cost=given.cost, replace=True)
    replace_file(path, spell_settings(table).encode())
    return settings, secrets


def _take_over(old: OperatorSecrets, told: Answers, settings: Settings) -> OperatorSecrets:
    """The secrets with what was answered in them; a roster that must not be obeyed is refused here."""
    roster = told.roster or old.roster
    accepted = accept_roster(settings, old, roster, today=utc_now().date())
    token, group = told.token or old.telegram_token, told.group or old.telegram_group
    return replace(accepted, telegram_token=token, telegram_group=group)


def _merge(old: Table, new: Table) -> Table:
    return {section: old.get(section, {}) | new.get(section, {}) for section in {**old, **new}}


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise InputRefused(
            f"The folder {folder} cannot be made: {error.strerror}. Choose one that you may write."
        ) from None


def _ask_nobody(_: str) -> NoReturn:
    raise PassphraseRefused(
        "With --answers nothing is asked. Name a `passphrase_file` in the answers, or give --passphrase-file."
    )
