"""`vestka roster invite`: a way into the moderators' group for one member of the roster."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bot.errors import InputRefused, NotReady
from bot.instance import utc_now
from bot.keys.passphrase import operator_passphrase
from bot.networks.errors import NetworkError, Refused, RoomClosed
from bot.networks.telegram import Telegram
from bot.settings import Settings
from bot.settings_file import read_settings
from bot.trust import trusted_roster
from handlers.guard.joining import LINK_LIVES
from storage.operator import OperatorSecrets, load
from storage.sealing import VerifiedRoster


def invite(
    pseudonym: Annotated[str, typer.Argument(metavar="PSEUDONYM", help="Like m-07.")],
    settings: Annotated[Path, typer.Option("--settings", help="The settings file.")] = Path("vestka.toml"),
    passphrase_file: Annotated[
        Path | None, typer.Option(help="Read the operator's passphrase from this file.")
    ] = None,
) -> None:
    """Make a link into the moderators' group for one member of the installed roster. The bot must be running.

    It serves once, within ten minutes, and only the account that the roster names.

    Example: vestka roster invite m-07 --settings /srv/vestka/vestka.toml
    """
    known = read_settings(settings)
    secrets = load(known.secrets_path, operator_passphrase(passphrase_file))
    _check(trusted_roster(known, secrets), pseudonym, on=utc_now().date())
    print(asyncio.run(_make(known, secrets, pseudonym)))
    print(f"For {pseudonym} alone, within ten minutes: the running bot lets in the account on the roster,")
    print("turns everybody else away, and ends the link with the first who knocks.")


def _check(roster: VerifiedRoster, pseudonym: str, *, on: date) -> None:
    member = next((one for one in roster.members if one.pseudonym == pseudonym), None)
    if member is None:
        raise InputRefused(f"{pseudonym} is not on the installed roster. See `vestka roster install`.")
    if Telegram.name not in member.accounts:
        raise InputRefused(f"{pseudonym} has no account on Telegram: `vestka roster add --replace`.")
    if not member.is_valid(on):
        raise InputRefused(f"{pseudonym} is not valid today: renew the entry, or let them return first.")


async def _make(settings: Settings, secrets: OperatorSecrets, pseudonym: str) -> str:
    root = settings.telegram.api_root
    network = Telegram(secrets.telegram_token, api_root=root, group=secrets.telegram_group)
    try:
        return await network.invite(pseudonym, until=utc_now() + LINK_LIVES)
    except (RoomClosed, Refused):
        problem = "The bot may not invite people into the group. `vestka doctor` says what to change."
    except NetworkError as told:
        problem = f"Telegram gives no link: {told}. Look with `vestka doctor`."
    finally:
        await network.close()
    raise NotReady(problem)
