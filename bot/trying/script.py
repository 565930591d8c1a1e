"""A scripted reporter: a text file with one message per line, as a person would type it.

Empty lines and lines that begin with `#` are skipped; `# language: ru` says which language the person's
phone speaks. A line in brackets, `[Done]`, taps the button that is called so; every other line is typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import InputRefused
from bot.networks.console import Console, Message

_LANGUAGE = re.compile(r"#\s*language:\s*(\w\w)\s*$")
LONGEST = 500  # messages
LARGEST = 2_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Script:
    """What the person's phone speaks, and what they send, in order."""

    language: str
    lines: tuple[str, ...] = field(repr=False)


def read_script(path: Path) -> Script:
    """Read a script file.

    :raises InputRefused: it is missing, not UTF-8 text, empty or far too long.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        text = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise InputRefused(
            f"{path} cannot be read as UTF-8 text. Write one message per line; examples/ has samples."
        ) from None
    lines = [line.strip() for line in text.splitlines()]
    told = tuple(line for line in lines if line and not line.startswith("#"))
    if len(data) > LARGEST or len(told) > LONGEST:
        raise InputRefused(f"{path} is too long. A script has up to {LONGEST} messages, one per line.")
    if not told:
        raise InputRefused(f"{path} holds no message. Write one message per line; examples/ has samples.")
    languages = [found[1] for line in lines if (found := _LANGUAGE.match(line))]
    return Script(languages[0] if languages else "be", told)


def say_or_tap(console: Console, person: str, line: str, *, language: str) -> None:
    """Send one line of a script: type it, or tap the button that is called so."""
    label = line[1:-1] if line.startswith("[") and line.endswith("]") else None
    for message in reversed(console.visible(person)):
        for press in (press for row in message.buttons for press in row):
            if press.label == label:
                console.press(person, message.id, press.token)
                return
    console.write(person, line, hint=language)


def transcript_of(messages: list[Message]) -> str:
    """What a chat shows, as plain text: words, then buttons in brackets."""
    return "\n\n".join(
        "\n".join([message.text, *(" ".join(f"[{press.label}]" for press in row) for row in message.buttons)])
        for message in messages
    )
