"""`python -m bench NAME`: run one bench and print its figures, as tables or as one JSON object."""

from __future__ import annotations

import argparse
import json
import shlex
import signal
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from bench.bench import Bench, Options, Table, Told
from bench.machine import describe
from bench.programme import PROGRAMME, find
from tests.drills.drill import Show


def _parser(bench: Bench) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(f"python -m bench {bench.name}", description=bench.question)
    parser.add_argument("--large", action="store_true", help="the large sizes")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    for name, option in bench.options.items():
        large = f"; large: {option.large}" if option.large != option.usual else ""
        parser.add_argument(f"--{name}", metavar="…", help=f"{option.help} ({option.usual}{large})")
    return parser


def _options(bench: Bench, given: argparse.Namespace) -> Options:
    usual = {name: option.large if given.large else option.usual for name, option in bench.options.items()}
    asked = {name: value for name in usual if (value := getattr(given, name)) is not None}
    return Options(usual | asked)


def as_markdown(table: Table) -> str:
    """A table as it stands in the handbook."""
    head, rows = table
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _print(bench: Bench, machine: Mapping[str, Any], told: Told) -> None:
    print(f"{bench.question}\n")
    print(", ".join(f"{name} {value}" for name, value in machine.items()))
    for table in filter(lambda table: table[1], told.tables):
        print(f"\n{as_markdown(table)}")
    for name, reason in told.skipped.items():
        print(f"\nleft out: {name}: {reason}")


def main(arguments: Sequence[str]) -> int:
    """Run a bench; 0 when every answer was right, so that its figures count."""
    bench = find(arguments[0]) if arguments else None
    if bench is None:
        print("python -m bench NAME [--json]\n")
        for each in PROGRAMME:
            print(f"  {each.name:<8} {each.question}")
        return 0 if not arguments or arguments[0] in {"-h", "--help"} else 2
    options = _options(bench, _parser(bench).parse_args(arguments[1:]))
    machine = describe()
    told = bench.run(options, Show())
    if "--json" in arguments:
        shown = {
            "bench": bench.name,
            "command": shlex.join(["python", "-m", "bench", *arguments]),
            "ok": not told.faults,
            "machine": machine,
            "options": dict(options.values),
            "ratios": told.ratios,
            "figures": told.figures,
            "skipped": told.skipped,
            "faults": list(told.faults),
        }
        print(json.dumps(shown, ensure_ascii=False))
    else:
        _print(bench, machine, told)
    for fault in told.faults:
        print(f"wrong: {fault}", file=sys.stderr)
    return 1 if told.faults else 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that engines and crowd end with us
    sys.exit(main(sys.argv[1:]))
