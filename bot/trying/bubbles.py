"""The widgets of the try-out: a message with its buttons, a room of messages, a page over everything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from bot.networks import Press
from bot.networks.console import Message
from bot.trying.files import Sheet


class Tap(Button):
    """One button under a message; remembers what a press of it would say."""

    def __init__(self, label: str, *, message: str, token: str) -> None:
        super().__init__(Content(label), compact=True)
        self.message, self.token = message, token

    def become(self, label: str, token: str) -> None:
        """Another label and meaning in the same place: nothing flickers, and the focus stays."""
        self.label, self.token = Content(label), token


class OpenFile(Button):
    """The file that a message carries; pressing it opens the file."""

    def __init__(self, name: str, *, message: str) -> None:
        super().__init__(Content(f"📎 {name} · open"), compact=True)
        self.message = message


class Bubble(Vertical):
    """One message as its room shows it: who speaks, words, the file, rows of buttons."""

    def __init__(self, message: Message, *, title: str) -> None:
        super().__init__(classes="mine" if message.mine else "theirs")
        self.message, self._title = message, title

    def compose(self) -> ComposeResult:
        message = self.message
        yield Static(Content(self._title), classes="title")
        yield Static(Content(message.text), classes="words")
        if message.document is not None:
            yield OpenFile(message.document.name, message=message.id)
        if message.buttons:
            rows = (
                _row(row, message=message.id, even=number % 2 == 1)
                for number, row in enumerate(message.buttons)
            )
            yield Vertical(*rows, classes="rows")

    def on_mount(self) -> None:
        """A message outside a topic has no title."""
        self.query_one(".title").display = bool(self._title)

    async def show(self, message: Message, *, title: str) -> None:
        """Become another state of the same message."""
        if (message, title) == (self.message, self._title):
            return
        before, self.message, self._title = self.message, message, title
        if _shape(before) != _shape(message):
            await self.recompose()
            self.query_one(".title").display = bool(title)
            return
        self.query_one(".title", Static).update(Content(title))
        self.query_one(".words", Static).update(Content(message.text))
        presses = (press for row in message.buttons for press in row)
        for tap, press in zip(self.query(Tap), presses, strict=True):
            tap.become(press.label, press.token)


def _row(presses: Sequence[Press], *, message: str, even: bool) -> Horizontal:
    """Buttons side by side; every other row in a slightly lighter shade, so that rows can be told apart."""
    taps = [Tap(press.label, message=message, token=press.token) for press in presses]
    taps[-1].add_class("last")
    return Horizontal(*taps, classes="row even" if even else "row")


def _shape(message: Message) -> tuple[object, ...]:
    """What must be equal for a message to be changed in place."""
    return (message.document, *(len(row) for row in message.buttons))


class Chat(VerticalScroll):
    """What one room shows, oldest first; only what changed is drawn anew. `quiet` stands in an empty room."""

    def __init__(self, *, id: str, quiet: str) -> None:  # noqa: A002  (the name every widget has for it)
        super().__init__(id=id)
        self._bubbles: dict[str, Bubble] = {}
        self._quiet = Static(Content(quiet), classes="quiet")

    def compose(self) -> ComposeResult:
        yield self._quiet

    async def show(self, messages: Sequence[Message], *, topics: Mapping[str, str]) -> None:
        """Show exactly these messages."""
        wanted = {message.id for message in messages}
        self._quiet.display = not wanted
        for each in [each for each in self._bubbles if each not in wanted]:
            await self._bubbles.pop(each).remove()
        for message in messages:
            title = topics.get(message.topic or "", "")
            if message.id in self._bubbles:
                await self._bubbles[message.id].show(message, title=title)
            else:
                self._bubbles[message.id] = Bubble(message, title=title)
                await self.mount(self._bubbles[message.id])
                self.call_after_refresh(self.show_newest)

    def watch_virtual_size(self) -> None:
        """Something came, went or was folded anew."""
        self.call_after_refresh(self.show_newest)

    def show_newest(self) -> None:
        """Bring the beginning of the newest message into view."""
        if self._bubbles:
            newest = list(self._bubbles.values())[-1]
            self.scroll_to_widget(newest, animate=False, top=True, immediate=True)


class Page(ModalScreen[None]):
    """An opened file over everything."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,enter,space,q", "close", "Close")]

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self.sheet = sheet

    def compose(self) -> ComposeResult:
        sheet = self.sheet
        lines = Table.grid("", "", padding=(0, 2))
        for label, words in sheet.lines:
            lines.add_row(Text(label, style="dim"), Text(words, overflow="fold"))
        with VerticalScroll(id="page") as page:
            page.border_title = Content(sheet.path.name)
            page.border_subtitle = "arrows scroll · Enter closes"
            yield Static(Content(f"{sheet.path}\nopened with {sheet.key}"), id="head")
            yield Static(lines)

    def action_close(self) -> None:
        """Back to the rooms."""
        self.dismiss()
