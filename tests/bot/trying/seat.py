"""Somebody who sits at the window of a trial, types, taps and looks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot
from textual.widgets import Input, Static

from bot.networks.console import TEAM
from bot.trying.bubbles import Bubble, OpenFile, Page, Tap
from bot.trying.script import say_or_tap
from bot.trying.stage import REPORTER, Stage
from bot.trying.window import Window


class Watched(Window):
    """The window, with what popped up kept in `popped`."""

    popped = ""

    def notify(self, message: str, **options: Any) -> None:
        """Keep it, and show it."""
        self.popped += message
        super().notify(message, **options)


class Person:
    """Somebody at the window."""

    def __init__(self, window: Watched, pilot: Pilot[None]) -> None:
        self.window, self.pilot, self.stage = window, pilot, window.stage

    async def settle(self) -> None:
        """Until everything is answered and drawn."""
        await self.pilot.pause(0.01)
        await asyncio.wait_for(self.stage.settle(), 30)
        while not self.is_drawn():
            await self.pilot.pause(0.01)
        await self.pilot.pause(0.01)

    def is_drawn(self) -> bool:
        """Whether both rooms show what the network holds."""
        drawn = (
            [bubble.message for bubble in self.window.screen_stack[0].query_one(room).query(Bubble)]
            for room in ("#chat", "#group")
        )
        return [*drawn] == [self.stage.console.visible(room) for room in (REPORTER, TEAM)]

    async def say(self, line: str) -> None:
        """Type a line, or click the button of the phone that is called so."""
        if line.startswith("["):
            await self.click(self.button(line[1:-1]))
        else:
            entry = self.window.query_one(Input)
            entry.focus()
            entry.value = line
            await self.pilot.press("enter")
        await self.settle()

    async def tell(self, *lines: str) -> None:
        """Several of them, without looking at the screens in between."""
        for line in lines:
            say_or_tap(self.stage.console, REPORTER, line, language="be")
            await asyncio.wait_for(self.stage.settle(), 30)
        await self.settle()

    def button(self, label: str, *, room: str = "#chat") -> Tap:
        """The button with this label, with or without a mark of choice before it."""
        taps = [tap for tap in self.window.query(Tap) if str(tap.label).endswith(label)]
        return next(tap for tap in taps if self.window.query_one(room) in tap.ancestors)

    async def click(self, widget: Tap | OpenFile) -> None:
        """Click a button, wherever it must be scrolled to."""
        widget.scroll_visible(animate=False)
        await self.pilot.pause(0.01)
        assert await self.pilot.click(widget)
        await self.settle()

    def words(self, room: str = "#chat") -> str:
        """What a room shows."""
        return "\n".join(str(each.content) for each in self.window.query_one(room).query(Static))

    async def open_page(self) -> None:
        """Until the page is there."""
        while not isinstance(self.window.screen, Page):
            await self.pilot.pause(0.01)
        await self.settle()

    def page(self) -> str:
        """The path at the head of the open page and the words of its lines."""
        assert isinstance(self.window.screen, Page)
        sheet = self.window.screen.sheet
        return "\n".join([str(sheet.path), *(" ".join(line) for line in sheet.lines)])


@asynccontextmanager
async def seated(stage: Stage, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Person]:
    """A person before the window, after the first screen has come."""
    window = Watched(stage, language="be")
    async with window.run_test(size=size) as pilot:
        person = Person(window, pilot)
        await person.settle()
        yield person
    assert window.failure is None
