"""Start the double by itself: `python -m tests.doubles.telegram --port 8081`.

Prints one JSON line with `api_root`, `base_url`, `base_file_url`, `token` and `control`, then serves on
loopback until it is ended (SIGTERM or SIGINT).
"""

import argparse
import asyncio
import json
import signal
import sys

from tests.doubles.telegram.control import build_controlled_app
from tests.doubles.telegram.double import TOKEN, TelegramDouble


def read_arguments(given: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.doubles.telegram", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one (default)")
    parser.add_argument("--token", default=TOKEN, help="the invented token the bot must use")
    parser.add_argument("--lenient", action="store_true", help="ignore unknown parameters like the real one")
    return parser.parse_args(given)


async def serve(arguments: argparse.Namespace) -> None:
    """Serve until a signal comes."""
    double = TelegramDouble(port=arguments.port, token=arguments.token, strict=not arguments.lenient)
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for one in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(one, ended.set)
    await double.start(build_controlled_app(double))
    try:
        said = {
            "api_root": double.api_root,
            "base_url": double.base_url,
            "base_file_url": double.base_file_url,
            "token": double.token,
            "control": f"{double.api_root}/control",
        }
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()
        await ended.wait()
    finally:
        await double.stop()


if __name__ == "__main__":
    asyncio.run(serve(read_arguments(sys.argv[1:])))
