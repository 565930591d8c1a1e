"""`python -m tests.mutants [GROUP …]`: mutation testing and branch coverage of what matters most."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from tests.mutants.branches import measure_branches
from tests.mutants.explained import PAGE, find_reason, read_reasons, write_row
from tests.mutants.groups import GROUPS, LEAST
from tests.mutants.results import read_mutants
from tests.mutants.workshop import SHOPS, furnish, mutate, reopen


def main() -> None:
    """Print one object with the figures of every group; exit status 1 where one is not good enough."""
    told = _arguments()
    names = told.group or list(GROUPS)
    judge = measure_branches if told.coverage else lambda name: try_mutants(name, told)
    figures = {name: judge(name) for name in names}
    ok = all(each["ok"] for each in figures.values())
    print(json.dumps({"ok": ok, "groups": figures}, ensure_ascii=False, indent=None if told.json else 2))
    sys.exit(not ok)


def try_mutants(name: str, told: argparse.Namespace) -> dict[str, Any]:
    """How many mutants of a group its tests kill, and the survivors that nobody has explained."""
    if not told.again:
        mutate(reopen(name) if told.survivors else furnish(name, GROUPS[name]))
    mutants = list(read_mutants(SHOPS / name))
    alive = [mutant for mutant in mutants if not mutant.killed]
    reasons = read_reasons(PAGE.read_text("utf-8"))
    unexplained = [write_row(mutant, "?") for mutant in alive if find_reason(mutant, reasons) is None]
    killed = len(mutants) - len(alive)
    rate = killed / len(mutants)
    return {
        "ok": rate >= LEAST and not unexplained,
        "mutants": len(mutants),
        "killed": killed,
        "hung": sum(mutant.hung for mutant in mutants),
        "rate": round(rate, 4),
        "explained": len(alive) - len(unexplained),
        "unexplained": unexplained,
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("group", nargs="*", metavar="GROUP", help=", ".join(GROUPS), choices=[[], *GROUPS])
    parser.add_argument("--coverage", action="store_true", help="measure branches instead")
    parser.add_argument(
        "--survivors", action="store_true", help="try those of the last run with the tests of now"
    )
    parser.add_argument("--again", action="store_true", help="only read the last run once more")
    parser.add_argument("--json", action="store_true", help="one line")
    return parser.parse_args()


if __name__ == "__main__":
    main()
