"""`vestka init`: a few questions, then a settings file and a secrets file. Or no question at all."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated

import typer

from bot.app import trusted_roster
from bot.errors import InputRefused
from bot.passphrase import new_passphrase, read_passphrase
from bot.settings import Settings, read_settings
from storage.operator import OperatorSecrets, load, save
from storage.sealing import DEFAULT, FLOOR, Cost

_QUESTIONS: dict[str, tuple[str, str]] = {
    # key of the answers file: question, what is taken when nothing is answered
    "organisation": ("Name of the organisation", "Vestka"),
    "language": ("Language of the moderators' group (be, ru, en)", "be"),
    "time_zone": ("Time zone of the organisation", "Europe/Minsk"),
    "digest_hour": ("Hour of the daily digest (0-23)", "8"),
    "root": ("Public root key (64 hexadecimal digits, from `vestka keys show`)", ""),
    "group": ("Id of the moderators' group (a number that begins with -100)", ""),
}
_FILES = {"token_file": "the bot's token, alone on one line", "roster": "the signed roster"}
_OPTIONAL = {"api_root", "runtime", "allow_disk_runtime", "policy", "database", "strict", "passphrase_file"}


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered; secrets are kept apart from what goes into the settings."""

    plain: dict[str, str]
    token: str = field(repr=False)
    roster: bytes = field(repr=False)
    passphrase: str = field(repr=False)


def init(
    folder: Annotated[Path, typer.Option("--folder", help="Where the instance shall live.")] = Path(),
    answers: Annotated[
        Path | None, typer.Option(help="A TOML file with all answers; nothing is asked.")
    ] = None,
    renew: Annotated[
        bool, typer.Option("--renew", help="Change token, group or roster of an existing instance.")
    ] = False,
    light: Annotated[
        bool, typer.Option("--light", help="Weaker but faster key stretching, for machines under 2 GiB.")
    ] = False,
) -> None:
    """Set up an instance: writes vestka.toml and secrets.vkf.

    Example: vestka init --folder /srv/vestka

    Without questions: vestka init --folder /srv/vestka --answers answers.toml (keys: docs/operating.md)
    """
    settings_path = folder / "vestka.toml"
    if settings_path.exists() and not renew:
        raise InputRefused(f"{settings_path} is there already. Add --renew to change token, group or roster.")
    told = read_answers(answers) if answers else ask()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    text = settings_text(told.plain)
    settings = _check(text, folder)
    _keep_secrets(folder / "secrets.vkf", told, settings, cost=FLOOR if light else DEFAULT, renew=renew)
    settings_path.write_text(text, "utf-8")
    print(f"Written: {settings_path} and {folder / 'secrets.vkf'}")
    print(f"Next: vestka doctor --settings {settings_path}   then: vestka run --settings {settings_path}")


def ask() -> Answers:
    """The questions, one by one."""
    plain = {
        key: typer.prompt(question, default=default or None)
        for key, (question, default) in _QUESTIONS.items()
    }
    token = typer.prompt("Token of the bot from @BotFather (not shown)", hide_input=True).strip()
    roster = Path(typer.prompt("Signed roster file (`vestka roster sign`)"))
    return Answers(plain, token, _read(roster, "the signed roster"), new_passphrase("Operator's passphrase"))


def read_answers(path: Path) -> Answers:
    """All answers from one TOML file.

    :raises InputRefused: names the missing or unknown key; never a value.
    """
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise InputRefused(f"{path} cannot be read as TOML. docs/operating.md shows one.") from None
    known = {*_QUESTIONS, *_FILES, *_OPTIONAL}
    if unknown := sorted(set(data) - known):
        raise InputRefused(f"{path}: unknown key `{unknown[0]}`. Known: {', '.join(sorted(known))}.")
    for key in ("root", "group", "token_file", "roster", "passphrase_file"):
        if key not in data:
            raise InputRefused(f"{path}: the key `{key}` is missing.")
    here = path.parent
    files = {key: _read(here / data[key], told) for key, told in _FILES.items()}
    passphrase = read_passphrase(here / data["passphrase_file"], prompt="")
    plain = {key: default for key, (_, default) in _QUESTIONS.items()}
    plain |= {key: data[key] for key in data if key not in {*_FILES, "passphrase_file"}}
    return Answers(plain, files["token_file"].decode().strip(), files["roster"], passphrase)


def settings_text(plain: dict[str, str]) -> str:
    """The settings file: everything that was answered, in its place, and a word about each part."""
    take = plain.get
    lines = [
        "# Vestka: one instance. No token and no account stands here; they are in secrets.vkf.",
        "",
        "[organisation]",
        f"name = {_quote(take('organisation'))}",
        f"time_zone = {_quote(take('time_zone'))}",
        f"digest_hour = {int(take('digest_hour') or 8)}",
        f"roots = [{_quote(take('root'))}]",
        *([f"strict = {_truth(take('strict'))}"] if take("strict") is not None else []),
        "",
        "[places]",
        f"database = {_quote(take('database') or 'vestka.db')}",
        *([f"runtime = {_quote(take('runtime'))}"] if take("runtime") else []),
        *(
            [f"allow_disk_runtime = {_truth(take('allow_disk_runtime'))}"]
            if take("allow_disk_runtime")
            else []
        ),
        "",
        "[team]",
        f"language = {_quote(take('language'))}",
        f"policy = {_quote(take('policy') or 'card')}",
        "",
        *(["[telegram]", f"api_root = {_quote(take('api_root'))}", ""] if take("api_root") else []),
    ]
    return "\n".join(lines)


def _quote(value: object) -> str:
    """A TOML basic string."""
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isprintable() else " " for char in escaped) + '"'


def _truth(value: object) -> str:
    return "true" if value in {True, "true", "yes", "1"} else "false"


def _check(text: str, folder: Path) -> Settings:
    """Refuse before anything is written what `vestka run` would refuse later."""
    draft = folder / ".vestka.toml.new"
    draft.write_text(text, "utf-8")
    try:
        return read_settings(draft)
    finally:
        draft.unlink()


def _read(path: Path, told: str) -> bytes:
    try:
        return path.expanduser().read_bytes()
    except OSError:
        raise InputRefused(f"{path} ({told}) cannot be read.") from None


def _keep_secrets(path: Path, told: Answers, settings: Settings, *, cost: Cost, renew: bool) -> None:
    """New secrets, or the old ones with a new token, group and roster: the keys stay."""
    old = load(path, told.passphrase) if renew else OperatorSecrets.generate()
    new = replace(old, telegram_token=told.token, telegram_group=str(told.plain["group"]), roster=told.roster)
    roster = trusted_roster(settings, new)
    new = replace(new, roster_serial=roster.serial)
    save(path, new, passphrase=told.passphrase, cost=cost, replace=renew)
