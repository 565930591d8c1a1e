"""`vestka run` with one difference: Telegram's budgets (30 messages a second) are off, as at the rivals.

`python -m bench.engines.vestka SETTINGS PASSPHRASE_FILE`

With `BENCH_PROFILE=FILE` in the environment SIGUSR1 begins a profile of the event loop's thread, by its
processor time; it is written to the file at the end. With `BENCH_GUARDED=1` the guard
looks at the group before and after each post, which the rivals do not do.
"""

from __future__ import annotations

import asyncio
import cProfile
import os
import signal
import sys
import time
from pathlib import Path
from typing import cast

from bot.app import open_service
from bot.garbage import collect_rarely
from bot.guard import Watched
from bot.keys.passphrase import operator_passphrase
from bot.logs import configure
from bot.service import Service
from bot.settings_file import read_settings


async def main(settings: Path, passphrase: Path) -> None:
    """Run until SIGTERM."""
    stop, loop, profile = asyncio.Event(), asyncio.get_running_loop(), cProfile.Profile(time.thread_time)
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    loop.add_signal_handler(signal.SIGUSR1, profile.enable)
    whole = await open_service(read_settings(settings), operator_passphrase(passphrase))
    collect_rarely()
    watched = cast(Watched, whole.network) if os.environ.get("BENCH_GUARDED") else None
    await Service(whole.instance, whole.network, watched=watched, unlimited=True).run(stop)
    profile.disable()
    if file := os.environ.get("BENCH_PROFILE"):
        profile.dump_stats(file)


if __name__ == "__main__":
    configure()
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2])))
