"""Takes the picture of the window for the README: `python -m bot.trying.picture docs/images/try.svg`.

One story is told to the end, then the next one is begun. The picture needs nothing from anywhere: the fonts
are those of whoever looks at it.
"""

from __future__ import annotations

import asyncio
import html
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.cells import cell_len

from bot.commands.trying import sample
from bot.networks.console import TEAM
from bot.trying.script import read_script, say_or_tap
from bot.trying.stage import MODERATOR, REPORTER, Stage, set_up
from bot.trying.window import Window

SIZE = (124, 30)
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
NEXT = ("[Яшчэ адзін чалавек]", "[Маці або бацька]", "Ганна Узор, 1985")
_FONT = re.compile(r"@font-face\s*{[^}]*}")
_WIDE = re.compile(r"([\U0001F000-\U0001FFFF])")
_TEXT = re.compile(
    r'(?P<head><text class="[^"]*" )x="(?P<x>[^"]*)"(?P<rest>[^>]*?)textLength="(?P<length>[^"]*)"'
    r"(?P<tail>[^>]*>)(?P<words>[^<]*)</text>"
)


async def take() -> str:
    """The picture, as SVG."""
    with TemporaryDirectory(prefix="vestka-try-") as folder:
        stage = await set_up(Path(folder), language="be", now=NOW)
        window = Window(stage, language="be")
        async with window.run_test(size=SIZE) as pilot:
            await pilot.pause()
            await _tell(stage)
            await pilot.pause(0.5)
            return plain(window.export_screenshot(title="vestka try"))


async def _tell(stage: Stage) -> None:
    console = stage.console
    for line in (*read_script(sample()).lines[1:], *NEXT):
        await stage.settle()
        say_or_tap(console, REPORTER, line, language="be")
    await stage.settle()
    card = console.visible(TEAM)[-1]
    console.press(MODERATOR, card.id, card.buttons[0][0].token)
    await stage.settle()


def plain(drawn: str) -> str:
    """Without fonts from other machines, and with every emoji in a place of its own, whatever its font."""
    kept = _TEXT.sub(_part, _FONT.sub("", re.sub(r"<!--.*?-->", "", drawn, flags=re.DOTALL)))
    lines = (line.rstrip() for line in kept.splitlines())
    return "\n".join(line for line in lines if line) + "\n"


def _part(text: re.Match[str]) -> str:
    """One run of text as several, so that a wide letter moves no other. A blank one is left out."""
    words = html.unescape(text["words"])
    cell = float(text["length"]) / len(words)
    runs = [run for run in _WIDE.split(words) if run.strip("\n")]
    left, parts = float(text["x"]), []
    for run in runs:
        width = cell * cell_len(run)
        place = f'x="{left:g}"{text["rest"]}textLength="{width:g}"'
        shown = html.escape(run).replace("\xa0", "&#160;")
        parts.append(f'{text["head"]}{place} lengthAdjust="spacingAndGlyphs"{text["tail"]}{shown}</text>')
        left += width
    return "".join(parts)


def main(path: Path) -> None:
    """Take the picture and put it at `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(asyncio.run(take()), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
