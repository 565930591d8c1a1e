"""An unfinished conversation: where it stands, what was answered. Plain data, kept sealed between steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from handlers.events import Room

Missing = Literal["skipped", "unknown", "refused", "unsafe"]


@dataclass(frozen=True, slots=True)
class Answer:
    """A checked value, or the reason why there is none; both are data.

    `value` by question type: choice "id"; multi ["id", …]; date {"day": "2026-11-19" | "2026-11" | "2026"
    | None, "time": "14:00" | None, "precision": "exact" | "estimate" | "unknown_day" | "unknown_month"};
    person {"given_name", "surname", "patronymic", "birth_year", "age"}; place {"town", "region",
    "facility"} (all of them may be None); text "…". `words` is what was typed, as typed.
    """

    value: Any = field(default=None, repr=False)
    missing: Missing | None = None
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Talk:
    """One open conversation.

    `step` is the id of the question or screen that is shown. `serial` grows with every screen, and
    together with `mark` it makes buttons of older screens recognisable. `picked` is the half-made choice
    of a multi question. `asked` is the way back. `sources` says which message holds which answer, so that
    an edited message changes the right one. `case` and `code` are drawn when the talk begins.
    """

    room: Room
    language: str
    step: str
    mark: str
    case: bytes
    code: str
    began: datetime
    touched: datetime
    serial: int = 1
    answers: Mapping[str, Answer] = field(default_factory=dict, repr=False)
    picked: tuple[str, ...] = field(default=(), repr=False)
    asked: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict, repr=False)
    notes: tuple[str, ...] = field(default=(), repr=False)
    editing: bool = False
    sealed: bool = False  # a checkpoint is kept
    warned: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict, repr=False)
