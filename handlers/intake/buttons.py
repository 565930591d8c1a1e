"""What stands behind a button: `mark.serial:act:argument`, at most 64 bytes, nothing personal.

`mark` is the talk's, `serial` the screen's. A button of an older screen, or of a talk that is over, is
therefore recognised and answered softly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from handlers.intake.acts import PRESSABLE, Act
from handlers.intake.talk import Talk
from handlers.screens import Button, Line

LONGEST = 64
_TOKEN = re.compile(r"([0-9A-Z]{4})\.(\d{1,6}):([a-z]{1,5})(?::([A-Za-z0-9_-]{1,24}))?", re.ASCII)

Row = tuple[Button, ...]


def button(talk: Talk, label: Line | str, act: Act, argument: str = "") -> Button:
    """A button of the talk's current screen; a label without arguments may be given by its key."""
    token = f"{talk.mark}.{talk.serial}:{act}" + (f":{argument}" if argument else "")
    return Button(Line(label) if isinstance(label, str) else label, token)


def read_token(token: str, talk: Talk | None) -> tuple[Act, str]:
    """The act and its argument; `Act.STALE` for whatever is not a button of the current screen."""
    found = _TOKEN.fullmatch(token) if len(token) <= LONGEST else None
    if talk is None or found is None or (found[1], found[2]) != (talk.mark, str(talk.serial)):
        return Act.STALE, ""
    if found[3] not in PRESSABLE:
        return Act.STALE, ""
    return Act(found[3]), found[4] or ""


def in_rows(buttons: Iterable[Button], *, width: int) -> tuple[Row, ...]:
    """Buttons in rows of at most `width`."""
    row = tuple(buttons)
    return tuple(row[start : start + width] for start in range(0, len(row), width))
