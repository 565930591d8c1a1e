"""`vestka roster install`: hand a newly signed roster to an instance."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.instance import utc_now
from bot.keys.files import read_bytes
from bot.keys.passphrase import operator_passphrase
from bot.settings_file import read_settings
from bot.trust import accept_roster, trusted_roster
from storage.operator import load, save


def install(
    file: Annotated[Path, typer.Argument(metavar="ROSTER", help="The signed roster.")],
    settings: Annotated[Path, typer.Option("--settings", help="The settings file.")] = Path("vestka.toml"),
    passphrase_file: Annotated[
        Path | None, typer.Option(help="Read the operator's passphrase from this file.")
    ] = None,
) -> None:
    """Put a signed roster into the instance's secrets; its serial must have grown. Then start the bot again.

    Example: vestka roster install roster.signed.json --settings /srv/vestka/vestka.toml
    """
    data, known = read_bytes(file), read_settings(settings)
    passphrase = operator_passphrase(passphrase_file)
    today = utc_now().date()
    secrets = accept_roster(known, load(known.secrets_path, passphrase), data, today=today)
    save(known.secrets_path, secrets, passphrase=passphrase, replace=True)
    roster = trusted_roster(known, secrets)
    print(f"Installed: serial {roster.serial}, {len(roster.members_on(today))} members valid today.")
    print("It counts from the next start of the bot on.")
