"""`vestka run` with one difference: Telegram's budgets (30 messages a second) are off, as at the rivals.

`python -m bench.engines.vestka SETTINGS PASSPHRASE_FILE`
"""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

from bot.app import open_service
from bot.keys.passphrase import operator_passphrase
from bot.logs import configure
from bot.service import Service
from bot.settings_file import read_settings


async def main(settings: Path, passphrase: Path) -> None:
    """Run until SIGTERM."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    whole = await open_service(read_settings(settings), operator_passphrase(passphrase))
    await Service(whole.instance, whole.network, unlimited=True).run(stop)


if __name__ == "__main__":
    configure()
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2])))
