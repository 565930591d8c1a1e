"""`python -m tests.drills NAME`: hold one drill and print what came of it; the exit status says `ok`."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Sequence

from bot.logs import configure
from tests.drills.drill import Drill, Outcome, Show, Sizes
from tests.drills.programme import PROGRAMME, find

SEED = 20261123


def _parser(drill: Drill) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(f"python -m tests.drills {drill.name}", description=drill.promise)
    parser.add_argument("--large", action="store_true", help="the large sizes")
    parser.add_argument("--seed", type=int, default=SEED, help="of every chance in it (default %(default)s)")
    parser.add_argument(
        "--database", default="", metavar="URL", help="postgresql+asyncpg://… instead of SQLite"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    for name, size in drill.sizes.items():
        told = f"{size.help} ({size.small}; large: {size.large})"
        parser.add_argument(f"--{name.replace('_', '-')}", type=int, metavar="N", help=told)
    return parser


def sizes_of(drill: Drill, given: argparse.Namespace) -> Sizes:
    """The sizes asked for; what is not named is small or large."""
    numbers = {}
    for name, size in drill.sizes.items():
        asked = getattr(given, name)
        numbers[name] = asked if asked is not None else size.large if given.large else size.small
    return Sizes(numbers, given.seed, database=given.database)


def _print(told: dict[str, object], promise: str) -> None:
    print(promise)
    for name, value in told.items():
        print(f"  {name}: {json.dumps(value, ensure_ascii=False)}")


def main(arguments: Sequence[str]) -> int:
    """Hold a drill; 0 when its promise was kept and its control fired."""
    drill = find(arguments[0]) if arguments else None
    if drill is None:
        print("python -m tests.drills NAME [--large] [--json]\n")
        for each in PROGRAMME:
            print(f"  {each.name:<9} {each.promise}")
        return 0 if not arguments or arguments[0] in {"-h", "--help"} else 2
    given = _parser(drill).parse_args(arguments[1:])
    configure()
    sizes = sizes_of(drill, given)
    outcome: Outcome = asyncio.run(drill.hold(sizes, Show()))
    told = outcome.told(drill.name, sizes.numbers)
    if given.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        _print(told, drill.promise)
    return 0 if outcome.ok else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
