"""The tables of a country pack: data that lawyers and defenders keep, read once at start-up."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any


def read_table(name: str, *, country: str = "by") -> dict[str, Any]:
    """The table `name` ("urgency", "clock", "guidance") of one country pack, as TOML says it."""
    source = files("handlers") / "questionnaires" / country / f"{name}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
