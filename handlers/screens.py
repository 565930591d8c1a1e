"""What a person sees: lines of text by key, and buttons.

A screen names sentences, it does not hold them: `handlers.texts` turns it into words in one language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Line:
    """One Fluent message with its arguments; an argument may itself be a Line."""

    key: str
    args: Mapping[str, str | int | Line] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Button:
    """`token` comes back as `Pressed.token`: at most 64 bytes, never personal data."""

    label: Line
    token: str


@dataclass(frozen=True, slots=True)
class Screen:
    """Lines, one below the other, then rows of buttons."""

    lines: tuple[Line, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
