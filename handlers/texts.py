"""Message keys to sentences: every word a person reads comes through here.

Catalogues are Fluent files, one folder per language under `handlers/locales`. A key has the same sentence
in every language, or the tests fail.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast

from handlers.errors import CatalogueRefused, UnknownText
from handlers.screens import Button, Line, Screen

LANGUAGES = ("be", "ru", "en")

Fixed = tuple[Any, ...]
_FEW = frozenset([*range(100), *map(str, range(100))])
Rows = tuple[tuple[tuple[str, str], ...], ...]


class Texts:
    """The sentences of all languages; what they say never changes once they are loaded."""

    languages: tuple[str, ...] = LANGUAGES

    def __init__(self, bundles: Mapping[str, FluentBundle]) -> None:
        self._bundles = bundles
        self._said: dict[tuple[str, Fixed], str] = {}  # what has no word of a person in it is said once

    @staticmethod
    @cache
    def load() -> Texts:
        """Read every catalogue, once per process.

        :raises CatalogueRefused: a file cannot be parsed, or says a key twice.
        """
        return Texts({language: _bundle(language) for language in LANGUAGES})

    def choose(self, hint: str | None) -> str:
        """The language for a client that speaks `hint` ("ru-RU"); Belarusian where we do not speak it."""
        plain = (hint or "").lower().replace("_", "-").split("-")[0]
        return plain if plain in self._bundles else self.languages[0]

    def has(self, language: str, key: str) -> bool:
        """Whether the catalogue of a language knows a key."""
        return bool(self._bundles[language].has_message(key))

    def say(self, language: str, line: Line) -> str:
        """One line in words; arguments that are lines are said first.

        :raises UnknownText: no such key, or an argument the sentence needs is missing.
        """
        fixed = _fixed(line) if line.args else (line.key,)
        if fixed is not None and (known := self._said.get((language, fixed))) is not None:
            return known
        bundle = self._bundles[language]
        pattern = bundle.get_message(line.key).value if bundle.has_message(line.key) else None
        if pattern is None:
            raise UnknownText(f"locales/{language} has no sentence {line.key!r}.")
        words = {name: self._argument(language, value) for name, value in line.args.items()}
        text, faults = bundle.format_pattern(pattern, words)
        if faults:
            raise UnknownText(f"locales/{language}: {line.key!r} misses an argument.")
        if fixed is not None:
            self._said[language, fixed] = str(text)
        return str(text)

    def show(self, language: str, screen: Screen) -> tuple[str, Rows]:
        """A screen as text and rows of (label, token)."""
        text = "\n".join(self.say(language, line) for line in screen.lines)
        return text, tuple(self._row(language, row) for row in screen.buttons)

    def _row(self, language: str, row: Iterable[Button]) -> tuple[tuple[str, str], ...]:
        return tuple((self.say(language, button.label), button.token) for button in row)

    def _argument(self, language: str, value: str | int | Line) -> str | int:
        return self.say(language, value) if isinstance(value, Line) else value


def _fixed(line: Line) -> Fixed | None:
    """A key for a line that holds sentences and small numbers alone; None where somebody's words may be."""
    if not line.args:
        return (line.key,)
    parts: list[Any] = [line.key]
    for name, value in line.args.items():
        inner = _fixed(value) if isinstance(value, Line) else _small(value)
        if inner is None:
            return None
        parts += (name, inner)
    return tuple(parts)


def _small(value: str | int) -> Fixed | None:
    """Up to 99, as a number or as digits: there are few of them, and they say nothing about anybody."""
    return (type(value), value) if value in _FEW else None


@cache
def read_catalogue(language: str) -> dict[str, Any]:
    """Every message of one language by key, as Fluent's syntax tree."""
    found: dict[str, Any] = {}
    for name, resource in _resources(language):
        for entry in resource.body:
            if isinstance(entry, ast.Junk):
                raise CatalogueRefused(f"locales/{language}/{name}: cannot read {_first_line(entry)!r}.")
            if not isinstance(entry, ast.Message):
                continue
            if entry.id.name in found:
                raise CatalogueRefused(f"locales/{language}/{name}: {entry.id.name!r} is said twice.")
            found[entry.id.name] = entry
    return found


def _bundle(language: str) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(ast.Resource(list(read_catalogue(language).values())))
    return bundle


def _resources(language: str) -> Iterable[tuple[str, Any]]:
    folder = files("handlers") / "locales" / language
    names = sorted(each.name for each in folder.iterdir() if each.name.endswith(".ftl"))
    return [(name, FluentResource((folder / name).read_text(encoding="utf-8"))) for name in names]


def _first_line(entry: Any) -> str:
    return str(entry.content).strip().splitlines()[0]
