"""The bot with everything said aloud: `python -m tests.drills.loud SETTINGS PASSPHRASE LOG [--plain]`.

As `vestka run`, with every library at DEBUG: what our log prints goes to standard error, what any other
handler would be given to LOG. With `--plain` our log keeps nothing back and the database is not sealed.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from secrets import token_bytes
from tempfile import gettempdir
from typing import TextIO

from bot.app import open_service
from bot.hardening import harden
from bot.logs import FOREIGN, OURS, configure
from bot.service import Service
from bot.settings import Settings
from bot.settings_file import read_settings
from storage.store import Store
from tests.storage.unsealed import UNSEALED


@contextmanager
def speaking(log: Path, *, plain: bool, said: TextIO | None = None) -> Iterator[None]:
    """Every logger at DEBUG; a second handler, which knows nothing of our rules, writes to `log`."""
    root, handler = logging.getLogger(), logging.FileHandler(log, encoding="utf-8")
    with ExitStack() as after:
        after.callback(handler.close)
        after.callback(setattr, root, "handlers", list(root.handlers))
        if not plain:
            after.callback(configure(level=logging.DEBUG, stream=said))
        root.handlers = [handler] if plain else [*root.handlers, handler]
        for name in ("", OURS, *FOREIGN, *logging.root.manager.loggerDict):
            after.callback(logging.getLogger(name).setLevel, logging.getLogger(name).level)
            logging.getLogger(name).setLevel(logging.DEBUG)
        yield


async def open_unsealed(settings: Settings, passphrase: str) -> Service:
    """The same over seals that do nothing; the sealed store that comes with the rest is a scratch file."""
    scratch = Path(gettempdir()) / "scratch.db"
    places = settings.places.model_copy(update={"database": str(scratch)})
    service = await open_service(settings.model_copy(update={"places": places}), passphrase)
    instance = service.instance
    await instance.store.close()
    store = await Store.open(
        settings.database_url,
        ring=instance.ring,
        case_key=bytes(32),
        now=instance.now,
        new_id=partial(token_bytes, 16),
        seals=UNSEALED,
    )
    return Service(replace(instance, store=store), service.network)


async def main(settings: Settings, passphrase: str, *, plain: bool) -> None:
    """Run until SIGTERM, or until it is killed."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    service = await (open_unsealed if plain else open_service)(settings, passphrase)
    await service.run(stop)


if __name__ == "__main__":
    harden()
    where, words, aloud, *more = sys.argv[1:]
    known, passphrase = read_settings(Path(where)), Path(words).read_text("utf-8").strip()
    with speaking(Path(aloud), plain="--plain" in more):
        asyncio.run(main(known, passphrase, plain="--plain" in more), debug=True)
