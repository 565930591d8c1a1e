"""The try-out in a terminal: the reporter's phone, the moderators' group, and where the files lie."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Footer, Input, Static

from bot.networks.console import TEAM, Message
from bot.trying.files import Files
from bot.trying.stage import MODERATOR, REPORTER, Stage, set_up

_STYLE = """
Screen { layout: vertical; }
#panes { height: 1fr; }
#phone { width: 1fr; border: round $primary; }
#group { width: 1fr; border: round $secondary; }
.message { height: auto; margin: 0 1 1 1; padding: 0 1; background: $panel; }
.theirs { margin-left: 8; background: $primary 30%; }
.words { height: auto; }
.row { height: auto; }
.row Button { width: 1fr; min-width: 8; margin: 0 1 0 0; }
#where { height: auto; padding: 0 1; color: $text-muted; }
#page { padding: 1 2; border: round $primary; background: $surface; margin: 2 6; }
"""


class Tap(Button):
    """One button under a message; remembers who would press it."""

    def __init__(self, label: str, *, person: str, message: str, token: str) -> None:
        super().__init__(label, compact=True)
        self.person, self.message, self.token = person, message, token


class Page(ModalScreen[None]):
    """A page of text over everything; any key closes it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="page"):
            yield Static(self._text, markup=False)

    def on_key(self) -> None:
        self.dismiss()


class Window(App[None]):
    """Runs the service in this terminal and draws what both rooms show."""

    CSS = _STYLE
    TITLE = "vestka try"
    BINDINGS: ClassVar[list[BindingType]] = [
        ("ctrl+o", "open_report", "Open the sealed report"),
        ("ctrl+d", "open_digest", "Make and open the digest"),
        ("ctrl+q", "quit", "Quit"),
    ]

    def __init__(self, folder: Path, *, language: str) -> None:
        super().__init__()
        self._folder, self._language = folder, language
        self._stage: Stage | None = None
        self._files: Files | None = None
        self._stop = asyncio.Event()
        self._drawing = asyncio.Lock()

    def compose(self) -> ComposeResult:
        with Horizontal(id="panes"):
            with Vertical(id="phone"):
                yield VerticalScroll(id="chat")
                yield Input(placeholder="/start")
            yield VerticalScroll(id="group")
        yield Static(id="where", markup=False)
        yield Footer()

    async def on_mount(self) -> None:
        """Set everything up and let the person begin."""
        self.query_one("#phone").border_title = "the reporter's phone"
        self.query_one("#group").border_title = "the moderators' group"
        self._stage = await set_up(self._folder, language=self._language, on_change=self._changed)
        self._files = Files(self._stage)
        self.run_worker(self._stage.service.run(self._stop), exit_on_error=True)
        self.query_one(Input).focus()
        self._stage.console.write(REPORTER, "/start", hint=self._language)

    async def action_quit(self) -> None:
        """Stop the service, then leave."""
        self._stop.set()
        await self.workers.wait_for_complete()
        self.exit()

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        if event.value.strip() and self._stage is not None:
            self._stage.console.write(REPORTER, event.value, hint=self._language)
        event.input.clear()

    @on(Button.Pressed)
    def _tapped(self, event: Button.Pressed) -> None:
        if isinstance(event.button, Tap) and self._stage is not None:
            self._stage.console.press(event.button.person, event.button.message, event.button.token)

    async def action_open_report(self) -> None:
        """Open the newest sealed report with the demonstration key."""
        if self._files is not None:
            await self.push_screen(Page(self._files.report_text()))

    async def action_open_digest(self) -> None:
        """Make the digest now instead of at its hour, and write its tables."""
        if self._files is not None:
            await self.push_screen(Page(await self._files.digest_text()))

    def _changed(self) -> None:
        self.call_later(self._draw)

    async def _draw(self) -> None:
        """Draw both rooms anew; they are small."""
        if self._stage is None or self._files is None:
            return
        async with self._drawing:
            console = self._stage.console
            await self._fill("#chat", console.visible(REPORTER), person=REPORTER)
            await self._fill("#group", console.visible(TEAM), person=MODERATOR)
            self.query_one("#where", Static).update(self._files.where_they_lie())
            for text in console.toasts:
                self.notify(text)
            console.toasts.clear()

    async def _fill(self, where: str, messages: list[Message], *, person: str) -> None:
        pane = self.query_one(where, VerticalScroll)
        await pane.remove_children()
        await pane.mount_all([self._widget(message, person) for message in messages])
        pane.scroll_end(animate=False)

    def _widget(self, message: Message, person: str) -> Vertical:
        assert self._stage is not None  # noqa: S101  (drawn only after set-up)
        title = self._stage.console.topics.get(message.topic or "")
        file = message.document.name if message.document else None
        words = "\n".join(part for part in (title, message.text, file and f"📎 {file}") if part)
        rows = [
            Horizontal(
                *(Tap(p.label, person=person, message=message.id, token=p.token) for p in row), classes="row"
            )
            for row in message.buttons
        ]
        classes = "message" if message.mine else "message theirs"
        return Vertical(Static(words, markup=False, classes="words"), *rows, classes=classes)
