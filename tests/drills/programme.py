"""All drills: every module of this folder that defines a `DRILL`."""

from __future__ import annotations

import importlib
from pathlib import Path

from tests.drills.drill import Drill

_FRAME = frozenset({"__init__", "__main__", "drill", "programme"})


def _collect() -> tuple[Drill, ...]:
    names = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem not in _FRAME)
    modules = [
        importlib.import_module(f"tests.drills.{name}") for name in names if not name.startswith("test_")
    ]
    return tuple(module.DRILL for module in modules if hasattr(module, "DRILL"))


PROGRAMME = _collect()


def find(name: str) -> Drill | None:
    """The drill of that name."""
    return next((drill for drill in PROGRAMME if drill.name == name), None)
