"""`vestka run`: start the bot of one instance and keep it running until SIGTERM or Ctrl-C."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.app import open_service
from bot.errors import NotReady, VestkaError
from bot.garbage import collect_rarely
from bot.keys.passphrase import operator_passphrase
from bot.logs import configure, fault, say
from bot.networks.errors import TokenRefused
from bot.service import Service
from bot.settings import Settings
from bot.settings_file import read_settings
from bot.sole import lock_path, sole
from storage.errors import StorageError
from storage.sealing import SealingError

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


def run(
    settings: Annotated[Path, typer.Option("--settings", help="The settings file.")] = Path("vestka.toml"),
    passphrase_file: Annotated[
        Path | None, typer.Option(help="Read the operator's passphrase from this file.")
    ] = None,
    allow_disk_runtime: Annotated[
        bool, typer.Option("--allow-disk-runtime", help="Accept a runtime directory on a disk; warns.")
    ] = False,
) -> None:
    """Run the bot. SIGTERM or Ctrl-C stops it within seconds; nothing is lost.

    On PostgreSQL it may be started several times: one reads, all send, and whoever dies is replaced.

    Example: vestka run --settings vestka.toml --passphrase-file passphrase.txt
    """
    configure()
    known = _read(settings, allow_disk_runtime=allow_disk_runtime)
    passphrase = operator_passphrase(passphrase_file)
    with sole(lock_path(known), shared=known.database_file is None), in_a_sentence():
        asyncio.run(_run(known, passphrase))


@contextmanager
def in_a_sentence() -> Iterator[None]:
    """Whatever ends the bot is told without a traceback, whose words might hold what nobody may read.

    :raises NotReady: in the place of everything that is no sentence already.
    """
    try:
        yield
    except TokenRefused:
        raise NotReady(
            "Telegram does not accept the token. Get a new one from @BotFather with /token, "
            "then hand it over with `vestka init --renew`."
        ) from None
    except (VestkaError, StorageError, SealingError):
        raise
    except Exception as problem:
        fault("service.failed", problem)
        raise NotReady(
            "The bot stopped because of a mistake of its own; the line above names the place. "
            "Nothing that was acknowledged is lost: start it again, and report the line."
        ) from None


def _read(path: Path, *, allow_disk_runtime: bool) -> Settings:
    settings = read_settings(path)
    if not allow_disk_runtime:
        return settings
    places = settings.places.model_copy(update={"allow_disk_runtime": True})
    return settings.model_copy(update={"places": places})


async def _run(settings: Settings, passphrase: str) -> None:
    """Start and work until a signal comes; a signal during the start ends it, too."""
    stop = asyncio.Event()
    for number in _SIGNALS:
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    service = await _unless(stop, open_service(settings, passphrase))
    if service is not None:
        collect_rarely()
        say("service.started")
        await service.run(stop)
    say("service.stopped")


async def _unless(stop: asyncio.Event, opening: Coroutine[Any, Any, Service]) -> Service | None:
    """The service, or None when `stop` was set before it was put together."""
    work, stopping = asyncio.create_task(opening), asyncio.create_task(stop.wait())
    await asyncio.wait((work, stopping), return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if work.done():
        return work.result()
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)
    return None
