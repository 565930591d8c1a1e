"""`vestka doctor`: is everything in place? Each finding comes with a remedy."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.checks import Finding, Grade
from bot.checks.group import judge_group
from bot.checks.instance import check_clock, check_database, check_keys, check_roster
from bot.errors import VestkaError
from bot.instance import utc_now
from bot.networks.errors import NetworkError, RoomClosed, TokenRefused
from bot.networks.telegram import Telegram
from bot.passphrase import read_passphrase
from bot.settings import Settings, read_settings
from storage.errors import StorageError
from storage.operator import OperatorSecrets, load
from storage.sealing import SealingError

_COLOURS = {Grade.OK: "green", Grade.WARN: "yellow", Grade.FAIL: "red"}


def doctor(
    settings: Annotated[Path, typer.Option("--settings", help="The settings file.")] = Path("vestka.toml"),
    passphrase_file: Annotated[
        Path | None, typer.Option(help="Read the operator's passphrase from this file.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of a table.")] = False,
) -> None:
    """Check settings, keys, roster, clock, database, runtime directory, token and group.

    Exit status 1 when something fails, 0 otherwise (warnings included).

    Example: vestka doctor --settings vestka.toml --passphrase-file passphrase.txt --json
    """
    found = asyncio.run(_examine(settings, passphrase_file))
    ok = all(finding.grade is not Grade.FAIL for finding in found)
    if as_json:
        print(json.dumps({"ok": ok, "findings": [asdict(finding) for finding in found]}, ensure_ascii=False))
    else:
        _show(found)
    raise typer.Exit(0 if ok else 1)


async def _examine(path: Path, passphrase_file: Path | None) -> list[Finding]:
    """From the nearest to the farthest; what cannot be reached without an earlier step is left out."""
    now = utc_now()
    found = [*check_keys(), *check_clock(now)]
    try:
        settings = read_settings(path)
    except VestkaError as refused:
        return [*found, Finding("settings", Grade.FAIL, str(refused), "Mend the file, or run `vestka init`.")]
    found.append(Finding("settings", Grade.OK, f"{path} is complete."))
    try:
        passphrase = read_passphrase(passphrase_file, prompt="Operator's passphrase")
        secrets = load(settings.secrets_path, passphrase)
    except (VestkaError, StorageError, SealingError) as refused:
        return [*found, Finding("secrets", Grade.FAIL, str(refused), "Check file and passphrase.")]
    found.append(Finding("secrets", Grade.OK, "The secrets file opens."))
    found += check_roster(settings, secrets, now.date())
    found += await check_database(settings, secrets, now)
    return found + await _telegram(settings, secrets)


async def _telegram(settings: Settings, secrets: OperatorSecrets) -> list[Finding]:
    """Token and group, asked for and not changed."""
    try:
        network = Telegram(
            secrets.telegram_token, api_root=settings.telegram.api_root, group=secrets.telegram_group
        )
    except TokenRefused as refused:
        return [Finding("token", Grade.FAIL, f"The token is unusable: {refused}.", "vestka init --renew")]
    try:
        name = await network.who()
        found = [Finding("token", Grade.OK, f"Telegram knows us as @{name}.")]
        return found + judge_group(await network.inspect())
    except TokenRefused:
        remedy = "Get a new one from @BotFather (/token), then vestka init --renew."
        return [Finding("token", Grade.FAIL, "Telegram does not accept the token.", remedy)]
    except RoomClosed:
        remedy = "Check the group's id, and add the bot as an administrator."
        return [Finding("group", Grade.FAIL, "The bot cannot see the moderators' group.", remedy)]
    except NetworkError as problem:
        remedy = "Check the network and `telegram.api_root`; for the group, its id and the bot's membership."
        return [Finding("telegram", Grade.FAIL, f"Telegram does not answer as it should: {problem}.", remedy)]
    finally:
        await network.close()


def _show(found: list[Finding]) -> None:
    table = Table(show_lines=True)
    for title in ("", "subject", "finding", "what to do"):
        table.add_column(title)
    for finding in found:
        colour = _COLOURS[finding.grade]
        table.add_row(f"[{colour}]{finding.grade}[/]", finding.subject, finding.words, finding.remedy)
    Console().print(table)
