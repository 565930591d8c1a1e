"""`vestka doctor`: is everything in place? Each finding comes with a remedy; nothing is changed."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.checks import Finding, Grade
from bot.checks.instance import (
    check_bot_key,
    check_clock,
    check_database,
    check_keys,
    check_privacy,
    check_roster,
    check_running,
    check_runtime,
    check_workers,
)
from bot.checks.network import check_telegram
from bot.checks.server import check_server
from bot.errors import VestkaError
from bot.instance import utc_now
from bot.keys.passphrase import operator_passphrase
from bot.settings_file import read_settings
from storage.errors import StorageError
from storage.operator import load
from storage.sealing import SealingError

_COLOURS = {Grade.OK: "green", Grade.WARN: "yellow", Grade.FAIL: "red"}


def doctor(
    settings: Annotated[Path, typer.Option("--settings", help="The settings file.")] = Path("vestka.toml"),
    passphrase_file: Annotated[
        Path | None, typer.Option(help="Read the operator's passphrase from this file.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of a table.")] = False,
) -> None:
    """Check settings, keys, roster, clock, database, runtime directory, token and group. Changes nothing.

    Exit status 1 when something fails, 0 otherwise (warnings included).

    Example: vestka doctor --settings vestka.toml --passphrase-file passphrase.txt --json
    """
    found = examine(settings, passphrase_file)
    ok = all(finding.grade is not Grade.FAIL for finding in found)
    if as_json:
        print(json.dumps({"ok": ok, "findings": [asdict(finding) for finding in found]}, ensure_ascii=False))
    else:
        _show(found)
    raise typer.Exit(0 if ok else 1)


def examine(path: Path, passphrase_file: Path | None) -> list[Finding]:
    """From the nearest to the farthest; what cannot be reached without an earlier step is left out."""
    found = [*check_keys(), *check_clock(utc_now())]
    try:
        settings = read_settings(path)
    except VestkaError as refused:
        return [*found, Finding("settings", Grade.FAIL, str(refused), "Mend the file, or run `vestka init`.")]
    found += [
        Finding("settings", Grade.OK, f"{path} is complete."),
        *check_running(settings),
        *check_runtime(settings),
    ]
    try:
        secrets = load(settings.secrets_path, operator_passphrase(passphrase_file))
    except (VestkaError, StorageError, SealingError) as refused:
        return [*found, Finding("secrets", Grade.FAIL, str(refused), "Check file and passphrase.")]
    found += check_privacy(settings.secrets_path)
    found += check_bot_key(secrets)
    found += check_roster(settings, secrets, utc_now().date())

    async def reach_out() -> list[Finding]:
        return [
            *await check_database(settings, secrets),
            *await check_server(settings),
            *await check_workers(settings),
            *await check_telegram(settings, secrets, utc_now),
        ]

    return found + asyncio.run(reach_out())


def _show(found: list[Finding]) -> None:
    table = Table(show_lines=True)
    for title in ("", "subject", "finding", "what to do"):
        table.add_column(title, overflow="fold")
    for finding in found:
        grade = f"[{_COLOURS[finding.grade]}]{finding.grade}[/]"
        table.add_row(grade, finding.subject, escape(finding.words), escape(finding.remedy))
    Console().print(table)
