"""`python -m tests.mutants [GROUP …]`: mutation testing and branch coverage of what matters most."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from typing import Any

from tests.mutants.branches import measure_branches
from tests.mutants.explained import PAGE, find_reason, read_reasons, write_row
from tests.mutants.groups import GROUPS, LEAST
from tests.mutants.results import ALIVE, read_mutants
from tests.mutants.samples import find_interval
from tests.mutants.workshop import SHOPS, forget, furnish, mutate


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
    shop = SHOPS / name
    drawn = {"sample": told.sample, "seed": told.seed}
    if told.survivors:
        forget(shop, ALIVE)
    elif not told.again:
        shutil.rmtree(shop, ignore_errors=True)
    if not told.again:
        furnish(shop, GROUPS[name])
        mutate(shop, **drawn, believe=told.believe)
    mutants, all_of_them = read_mutants(shop, **drawn)
    alive = [mutant for mutant in mutants if not mutant.killed]
    reasons = read_reasons(PAGE.read_text("utf-8"))
    unexplained = [write_row(mutant, "?") for mutant in alive if find_reason(mutant, reasons) is None]
    killed = len(mutants) - len(alive)
    rate = killed / len(mutants)
    return {
        "ok": rate >= LEAST and not unexplained,
        "mutants": all_of_them,
        "tried": len(mutants),
        "killed": killed,
        "hung": sum(mutant.hung for mutant in mutants),
        "rate": round(rate, 4),
        **_doubt(killed, len(mutants), all_of_them),
        "explained": len(alive) - len(unexplained),
        "unexplained": unexplained,
    }


def _doubt(killed: int, tried: int, all_of_them: int) -> dict[str, Any]:
    """What a sample leaves open."""
    if tried == all_of_them:
        return {}
    return {"rate_of_all_95": [round(edge, 4) for edge in find_interval(killed, tried)]}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("group", nargs="*", metavar="GROUP", help=", ".join(GROUPS), choices=[[], *GROUPS])
    parser.add_argument("--coverage", action="store_true", help="measure branches instead")
    parser.add_argument(
        "--survivors",
        action="store_true",
        help="go on from the last run: what lived, and what has changed since",
    )
    parser.add_argument("--sample", type=int, metavar="N", help="only N mutants, drawn by chance")
    parser.add_argument("--seed", type=int, default=1, help="for drawing them (1)")
    parser.add_argument("--believe", action="store_true", help="count what is explained as alive, untried")
    parser.add_argument("--again", action="store_true", help="only read the last run once more")
    parser.add_argument("--json", action="store_true", help="one line")
    return parser.parse_args()


if __name__ == "__main__":
    main()
