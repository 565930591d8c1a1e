"""Draws messages as a phone shows them, as SVG: a topic's name, bubbles with files and buttons, a toast.

The fonts are those of whoever looks at it, so lines are broken by widths that suit them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from handlers.texts import Rows

WIDTH = 400  # pixels, as everything here
BUBBLE = 356
_MARGIN, _PAD = 10, 12
_SIZE, _LEADING = 15, 21
_HEAD, _FILE, _BUTTON, _GAP = 46, 44, 34, 5
_FONTS = (
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', Arial, sans-serif, "
    "'Apple Color Emoji', 'Segoe UI Emoji', 'Noto Color Emoji'"
)
_STYLE = f"""<style>
text {{ font: {_SIZE}px {_FONTS}; fill: #17212b; white-space: pre }}
.head, .file {{ font-weight: 600 }}
.button {{ fill: #1f5f99; text-anchor: middle }}
.toast {{ fill: #ffffff }}
</style>"""
_SHEET = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
    'viewBox="0 0 {width} {height}" role="img">'
)
_BOX = '<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{round}" fill="{fill}"/>'

# Widths of letters as parts of the size of the type, a little more than most fonts have.
_WIDTHS = (
    (" .,:;'|!ilIjı·‘’`і", 0.31),
    ('()[]{}/-–ftr"“”«»°Ії', 0.42),
    ("mwMWЖШЩЮФжшщюфыЫ@ЎДМ—…%", 0.9),
)
_USUAL, _CAPITAL, _SIGN = 0.6, 0.72, 1.4


@dataclass(frozen=True, slots=True)
class Said:
    """One message: its words, the file it carries, rows of (label, token). `mine`: the moderator wrote it."""

    words: str
    file: str = ""
    buttons: Rows = ()
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Shot:
    """What stands on the phone: name of the topic or chat, messages from above, a toast over them."""

    head: str
    messages: tuple[Said, ...]
    toast: str = ""


@dataclass(frozen=True, slots=True)
class _Part:
    """Something drawn from `y` = 0 down, so high."""

    height: int
    drawn: tuple[str, ...]


def draw(shot: Shot) -> str:
    """The picture, the same for the same shot."""
    parts = [_head(shot.head), *(part for said in shot.messages for part in _message(said))]
    if shot.toast:
        parts.append(_toast(shot.toast))
    lines, y = [], 0
    for part in parts:
        lines.append(f'<g transform="translate(0 {y})">{"".join(part.drawn)}</g>')
        y += part.height + (_GAP if part.height else 0)
    height = y + _MARGIN
    sheet = _SHEET.format(width=WIDTH, height=height)
    ground = _box(0, 0, WIDTH, height, fill="#dfe7ee", round=14)
    return "\n".join((sheet, _STYLE, ground, *lines, "</svg>", ""))


def broken(words: str, *, width: float) -> Iterator[str]:
    """The words in lines that are not wider than so many pixels; a word alone may be."""
    for line in words.split("\n"):
        shown = ""
        for word in line.split(" "):
            longer = f"{shown} {word}" if shown else word
            if shown and measure(longer) > width:
                yield shown
                longer = word
            shown = longer
        yield shown


def measure(words: str) -> float:
    """About how many pixels the words take."""
    return _SIZE * sum(_wide(letter) for letter in words)


def _wide(letter: str) -> float:
    for letters, width in _WIDTHS:
        if letter in letters:
            return width
    if ord(letter) in (0xFE0F, 0x200D):
        return 0.0
    if ord(letter) >= 0x2190:
        return _SIGN
    return _CAPITAL if letter.isupper() else _USUAL


def _head(words: str) -> _Part:
    bar = (
        f'<path d="M0 {_HEAD} V14 Q0 0 14 0 H{WIDTH - 14} Q{WIDTH} 0 {WIDTH} 14 V{_HEAD} Z" fill="#ffffff"/>'
    )
    back = '<path d="M22 16 L15 23 L22 30" fill="none" stroke="#1f5f99" stroke-width="2"/>'
    return _Part(_HEAD + _GAP, (bar, back, _text(words, 38, 28, kind="head")))


def _message(said: Said) -> Iterator[_Part]:
    yield _bubble(said)
    for row in said.buttons:
        yield _row([label for label, _ in row])


def _bubble(said: Said) -> _Part:
    lines = tuple(broken(said.words, width=BUBBLE - 2 * _PAD))
    widest = int(max(measure(line) for line in lines) * 1.05) + 2 * _PAD
    width = min(BUBBLE, widest) if said.mine else BUBBLE
    left = WIDTH - _MARGIN - width if said.mine else _MARGIN
    above = _FILE if said.file else 0
    height = above + len(lines) * _LEADING + 2 * _PAD - 6
    box = _box(left, 0, width, height, fill="#e1f5d3" if said.mine else "#ffffff", round=12)
    file = _file(said.file, left) if said.file else ()
    texts = (
        _text(line, left + _PAD, above + _PAD + 13 + number * _LEADING)
        for number, line in enumerate(lines)
        if line
    )
    return _Part(height, (box, *file, *texts))


def _file(name: str, left: int) -> tuple[str, ...]:
    x, y = left + _PAD, 10
    disc = f'<circle cx="{x + 17}" cy="{y + 17}" r="17" fill="#3d8fd1"/>'
    sheet = f'<path d="M{x + 11} {y + 8} h8 l5 5 v13 h-13 z" fill="#ffffff"/>'
    return disc, sheet, _text(name, x + 46, y + 22, kind="file")


def button_width(count: int) -> float:
    """How wide a button is, of so many side by side."""
    return (BUBBLE - _GAP * (count - 1)) / count


def _row(labels: Sequence[str]) -> _Part:
    width, drawn = button_width(len(labels)), []
    for number, label in enumerate(labels):
        left = _MARGIN + number * (width + _GAP)
        drawn.append(_box(left, 0, width, _BUTTON, fill="#c9d8e6", round=8))
        drawn.append(_text(label, left + width / 2, 22, kind="button"))
    return _Part(_BUTTON, tuple(drawn))


def _toast(words: str) -> _Part:
    lines = tuple(broken(words, width=WIDTH - 4 * _PAD))
    height = len(lines) * _LEADING + 2 * _PAD - 4
    box = _box(_MARGIN, 4, WIDTH - 2 * _MARGIN, height, fill="#2b3a47", round=10)
    texts = (
        _text(line, _MARGIN + _PAD, 4 + _PAD + 13 + number * _LEADING, kind="toast")
        for number, line in enumerate(lines)
    )
    return _Part(height + 4, (box, *texts))


def _box(x: float, y: float, width: float, height: float, *, fill: str, round: int) -> str:  # noqa: A002
    return _BOX.format(x=f"{x:g}", y=y, width=f"{width:g}", height=height, round=round, fill=fill)


def _text(words: str, x: float, y: float, *, kind: str = "") -> str:
    style = f' class="{kind}"' if kind else ""
    return f'<text x="{x:g}" y="{y:g}"{style}>{escape(words)}</text>'
