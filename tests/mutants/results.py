"""What became of every mutant, read from what mutmut leaves behind."""

from __future__ import annotations

import ast
import difflib
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.mutants.samples import draw

_NAME = re.compile(r"(?P<module>.+)\.(?P<mangled>x[_ǁ].+)__mutmut_(?P<number>\d+)")
ALIVE = frozenset({0, 5, 33})
"""What mutmut writes where all tests passed, and where there is no test at all."""
_HUNG = -14


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: the function it is in, the line as it became, whether a test noticed, or never ended."""

    function: str
    change: str
    killed: bool
    hung: bool


def read_mutants(shop: Path, *, sample: int | None, seed: int) -> tuple[list[Mutant], int]:
    """The mutants of a workshop that were to be tried, and how many there are.

    :raises RuntimeError: it ended before all of those were tried.
    """
    codes: dict[str, int | None] = {}
    files: dict[str, Path] = {}
    for path in sorted((shop / "mutants").rglob("*.py.meta")):
        found = json.loads(path.read_text("utf-8"))["exit_code_by_key"]
        codes.update(found)
        files.update(dict.fromkeys(found, path.with_suffix("")))
    chosen = draw(codes, size=sample, seed=seed)
    untried = [name for name in chosen if codes[name] is None]
    if untried:
        raise RuntimeError(f"{len(untried)} of {len(chosen)} mutants were not tried")
    return [read_mutant(name, codes[name], files[name]) for name in sorted(chosen)], len(codes)


def read_mutant(name: str, code: int | None, path: Path) -> Mutant:
    """One of them, from its name and the file that mutmut wrote."""
    found = _NAME.fullmatch(name)
    assert found, name
    change = _change(path, found["mangled"], found["number"])
    function = f"{found['module']}.{_plain(found['mangled'])}"
    return Mutant(function, change, killed=code not in ALIVE, hung=code == _HUNG)


def _plain(mangled: str) -> str:
    """`xǁGateǁ_tidy` is the method `Gate._tidy`, `x__age` the function `_age`."""
    return mangled.removeprefix("xǁ").replace("ǁ", ".") if "ǁ" in mangled else mangled.removeprefix("x_")


def _change(path: Path, mangled: str, number: str) -> str:
    """The lines of the mutant that its original does not have."""
    functions = _functions(path)
    original, mutant = (
        functions[f"{mangled}__mutmut_{which}"].replace(f"{mangled}__mutmut_{which}", "")
        for which in ("orig", number)
    )
    lines = difflib.ndiff(original.splitlines(), mutant.splitlines())
    return " ".join(line[2:].strip() for line in lines if line.startswith("+ "))


@cache
def _functions(path: Path) -> dict[str, str]:
    tree = ast.parse(path.read_text("utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name: ast.unparse(node) for node in ast.walk(tree) if isinstance(node, kinds)}
