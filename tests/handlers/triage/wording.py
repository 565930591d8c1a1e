"""The catalogues as Fluent reads them: whatever is missing or wrong is an error, never a fallback."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax.ast import Junk, Message, Resource

import handlers
from handlers.screens import Line

LANGUAGES = ("be", "ru", "en")
CATALOGUES = Path(handlers.__file__).parent / "locales"


def source(language: str, catalogue: str) -> str:
    return (CATALOGUES / language / f"{catalogue}.ftl").read_text(encoding="utf-8")


@cache
def parsed(language: str, catalogue: str) -> Resource:
    resource: Resource = FluentResource(source(language, catalogue))
    return resource


@cache
def keys(language: str, catalogue: str) -> list[str]:
    body = parsed(language, catalogue).body
    assert not [entry for entry in body if isinstance(entry, Junk)]
    names = [entry.id.name for entry in body if isinstance(entry, Message)]
    assert len(set(names)) == len(names)
    return names


@cache
def _bundle(language: str) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    for catalogue in ("triage", "team", "commands", "asking", "boards", "guidance", "profile"):
        bundle.add_resource(parsed(language, catalogue))
    return bundle


def say(language: str, line: Line) -> str:
    args = {k: say(language, v) if isinstance(v, Line) else v for k, v in line.args.items()}
    value = _bundle(language).get_message(line.key).value
    assert value is not None
    words, errors = _bundle(language).format_pattern(value, args)
    assert not errors, (line.key, errors)
    return str(words)
