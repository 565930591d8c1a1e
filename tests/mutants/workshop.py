"""A copy of the tree in which code may be spoilt, and mutmut at work in it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

from tests.mutants.groups import Group

ROOT = Path(__file__).resolve().parents[2]
SHOPS = ROOT / ".mutants"
PRODUCT = ("bot", "handlers", "storage")
_NOT_MUTATED = (
    r"raise \w+",  # the words of a refusal: tests hold a few of them, not every letter
    r"return \w*Failed\(",
    r'cast\("',  # for the type checker alone
)
_TESTS = ("-m", "not slow and not postgres", "--database", "sqlite")


def furnish(shop: Path, group: Group) -> None:
    """An own folder with the tracked and the new files of the tree as they are now.

    In one that was there already, verdicts stand for functions that have not changed since.
    """
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for path in filter(None, listed.split("\0")):
        if (ROOT / path).is_file():
            (shop / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / path, shop / path)
    with (shop / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write(_configure(group))


def forget(shop: Path, codes: Collection[int]) -> None:
    """Take these verdicts back, so that their mutants are tried once more."""
    for path in (shop / "mutants").rglob("*.py.meta"):
        meta = json.loads(path.read_text("utf-8"))
        told = meta["exit_code_by_key"]
        told.update((mutant, None) for mutant, code in told.items() if code in codes)
        path.write_text(json.dumps(meta), "utf-8")


def mutate(shop: Path, *, sample: int | None, seed: int, believe: bool) -> None:
    """Let every mutant be tried that has no verdict yet; what is said meanwhile goes to standard error."""
    size = () if sample is None else (f"--sample={sample}",)
    trust = ("--believe",) if believe else ()
    command = [sys.executable, "-m", "tests.mutants.trials", f"--seed={seed}", *size, *trust]
    subprocess.run(command, cwd=shop, stdout=sys.stderr, check=True)


def _configure(group: Group) -> str:
    """mutmut's own section; JSON lists of plain strings are TOML lists."""
    kept = [
        path.name for path in ROOT.iterdir() if path.name in {"docs", "examples", "requirements", "README.md"}
    ]
    lines = {
        "source_paths": [*PRODUCT],
        "only_mutate": [*group.files],
        "also_copy": [*PRODUCT, *sorted(kept)],
        "do_not_mutate_patterns": [*_NOT_MUTATED],
        "pytest_add_cli_args": ["-p", "no:cacheprovider", "--hypothesis-profile", "mutants"],
        "pytest_add_cli_args_test_selection": [*_TESTS, *group.list_tests(ROOT)],
    }
    return "\n[tool.mutmut]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in lines.items())
