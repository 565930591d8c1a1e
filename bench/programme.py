"""All benches: every module of this folder that defines a `BENCH`."""

from __future__ import annotations

import importlib
from pathlib import Path

from bench.bench import Bench

_FRAME = frozenset({"__init__", "__main__", "bench", "programme"})


def _collect() -> tuple[Bench, ...]:
    names = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem not in _FRAME)
    modules = [importlib.import_module(f"bench.{name}") for name in names]
    return tuple(module.BENCH for module in modules if hasattr(module, "BENCH"))


PROGRAMME = _collect()


def find(name: str) -> Bench | None:
    """The bench of that name."""
    return next((bench for bench in PROGRAMME if bench.name == name), None)
