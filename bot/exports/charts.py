"""Bar charts as SVG for the page: drawn by matplotlib, the same bytes for the same numbers.

matplotlib takes a second to import: import this module only where a page is written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.typing import RcKeyType

_INK, _BAR = "#46535a", "#2f7f8a"
_LEVELS = {"red": "#b3372b", "orange": "#d0782a", "yellow": "#c9a227", "green": "#5b8f57"}
_STYLE: dict[RcKeyType, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "vestka",
    "font.size": 11,
    "font.family": "DejaVu Sans",
}
_NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}
_WIDTH, _LINE, _FRAME = 4.2, 0.32, 0.22  # inches; so wide that labels are readable on a phone


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its id, label, length, and the number written beside it."""

    id: str
    label: str
    length: int
    number: str


def draw_bars(bars: Sequence[Bar], *, name: str) -> str:
    """An `<svg>` element with horizontal bars, first bar on top. `name` keeps ids apart on one page."""
    with rc_context(_STYLE):
        figure = Figure(figsize=(_WIDTH, _FRAME + _LINE * len(bars)), layout="constrained")
        figure.patch.set_visible(False)
        _draw(figure.add_subplot(), bars)
        out = StringIO()
        figure.savefig(out, format="svg", metadata=_NO_METADATA)
    return _embed(out.getvalue(), name)


def _draw(axes: Axes, bars: Sequence[Bar]) -> None:
    colours = [_LEVELS.get(bar.id, _BAR) for bar in bars]
    drawn = axes.barh(range(len(bars)), [bar.length for bar in bars], color=colours, height=0.62)
    axes.set_yticks(range(len(bars)), [_plain(bar.label) for bar in bars], color=_INK)
    axes.bar_label(drawn, [_plain(bar.number) for bar in bars], padding=4, color=_INK)
    axes.set_xlim(0, max([bar.length for bar in bars] + [1]) * 1.22)
    axes.invert_yaxis()
    axes.set_frame_on(False)
    axes.tick_params(axis="y", length=0)
    axes.xaxis.set_visible(False)
    axes.patch.set_visible(False)


def _plain(label: str) -> str:
    """Two dollar signs would switch to mathematics."""
    return label.replace("$", r"\$")


def _embed(svg: str, name: str) -> str:
    """Only the element itself, scaled by the page, with ids that no other chart has."""
    svg = svg[svg.index("<svg") :].strip()
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r'(<svg[^>]*?) (?:width|height)="[^"]*"', r"\1", svg, count=1)
    svg = re.sub(r'(<svg[^>]*?) (?:width|height)="[^"]*"', r"\1", svg, count=1)
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', svg)
    svg = re.sub(r'(href="|url\()#', rf"\1#{name}-", svg)
    return svg.replace("<svg", '<svg aria-hidden="true" focusable="false"', 1)
