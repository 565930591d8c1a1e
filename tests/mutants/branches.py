"""Branch coverage of a group by its own tests."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.mutants.groups import GROUPS
from tests.mutants.workshop import ROOT

LEAST = 90.0  # per cent of the branches


def measure_branches(name: str) -> dict[str, Any]:
    """Lines and branches of a group that its tests reach, and the lines they do not, by file."""
    group = GROUPS[name]
    with tempfile.TemporaryDirectory() as folder:
        data, report = (Path(folder) / each for each in ("data", "report.json"))
        coverage = (sys.executable, "-m", "coverage")
        chosen = ("--branch", f"--data-file={data}", f"--include={','.join(group.files)}")
        suite = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not slow and not postgres")
        command = (*coverage, "run", *chosen, *suite, *group.list_tests(ROOT))
        subprocess.run(command, cwd=ROOT, stdout=sys.stderr, check=True)
        command = (*coverage, "json", "-q", f"--data-file={data}", "-o", str(report))
        subprocess.run(command, cwd=ROOT, stdout=sys.stderr, check=True)
        return _summary(json.loads(report.read_text("utf-8")))


def _summary(report: dict[str, Any]) -> dict[str, Any]:
    totals = report["totals"]
    branches = 100 * totals["covered_branches"] / max(1, totals["num_branches"])
    lines = 100 * totals["covered_lines"] / totals["num_statements"]
    missing = {name: each["missing_lines"] for name, each in report["files"].items() if each["missing_lines"]}
    return {
        "ok": branches >= LEAST,
        "branches": totals["num_branches"],
        "branches_taken": round(branches, 1),
        "lines": totals["num_statements"],
        "lines_run": round(lines, 1),
        "lines_missing": missing,
    }
