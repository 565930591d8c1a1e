"""`vestka run`: start the bot of one instance and keep it running until SIGTERM or Ctrl-C."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path
from typing import Annotated

import typer

from bot.app import open_service
from bot.errors import NotReady
from bot.logs import configure, say
from bot.networks.errors import TokenRefused
from bot.passphrase import read_passphrase
from bot.service import Service
from bot.settings import read_settings


def run(
    settings: Annotated[Path, typer.Option("--settings", help="The settings file.")] = Path("vestka.toml"),
    passphrase_file: Annotated[
        Path | None, typer.Option(help="Read the operator's passphrase from this file.")
    ] = None,
) -> None:
    """Run the bot. SIGTERM or Ctrl-C stops it within seconds; nothing is lost.

    Example: vestka run --settings vestka.toml --passphrase-file /run/credentials/vestka
    """
    configure()
    asyncio.run(_run(settings, passphrase_file))


async def _run(path: Path, passphrase_file: Path | None) -> None:
    settings = read_settings(path)
    passphrase = read_passphrase(passphrase_file, prompt="Operator's passphrase")
    service = await open_service(settings, passphrase)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await _serve(service, stop)


async def _serve(service: Service, stop: asyncio.Event) -> None:
    say("service.started")
    try:
        await service.run(stop)
    except TokenRefused:
        raise NotReady(
            "Telegram does not accept the token. Get a new one from @BotFather with /token, "
            "then hand it over with `vestka init`."
        ) from None
    say("service.stopped")
