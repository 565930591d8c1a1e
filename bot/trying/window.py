"""The try-out in a terminal: the reporter's phone, the moderators' group, and where the files lie."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.theme import Theme
from textual.widgets import Footer, Input, Static

from bot.errors import InputRefused
from bot.networks.console import TEAM, Message
from bot.trying.bubbles import Chat, OpenFile, Page, Tap
from bot.trying.files import NO_DIGEST, NO_REPORT, Files
from bot.trying.stage import MODERATOR, REPORTER, Stage

_CALM = Theme(
    name="vestka",
    primary="#6fa8a0",
    secondary="#d8b98a",
    accent="#d8b98a",
    foreground="#d9dde0",
    background="#15181b",
    surface="#1d2226",
    panel="#2a3136",
    warning="#d8b98a",
    error="#c98a84",
    success="#8fb58a",
    dark=True,
)


async def show(stage: Stage, *, language: str, size: tuple[int, int] | None = None) -> None:
    """Let the person try until they leave; what stopped the service goes on to the caller.

    With a `size`, columns and rows, no terminal is needed.
    """
    window = Window(stage, language=language)
    await window.run_async(headless=size is not None, size=size)
    if window.failure is not None:
        raise window.failure


class Window(App[None]):
    """Runs the service of a stage and draws what both rooms show. `failure` is what stopped the service."""

    CSS_PATH = Path(__file__).with_name("window.tcss")
    TITLE = "vestka try"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+o", "open_report", "Open the sealed report", priority=True),
        Binding("ctrl+d", "open_digest", "Make and open the digest", priority=True),
        Binding("ctrl+q", "quit", "Quit", priority=True),
        Binding("pageup", "turn(-1)", "Scroll up", show=False),
        Binding("pagedown", "turn(1)", "Scroll down", show=False),
    ]

    def __init__(self, stage: Stage, *, language: str) -> None:
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]
        self.stage = stage
        self.failure: BaseException | None = None
        self._language = language
        self._files = Files(stage)
        self._stop = asyncio.Event()
        self._drawing = asyncio.Lock()
        self._due = False
        self._service: asyncio.Task[None] | None = None

    def compose(self) -> ComposeResult:
        with Horizontal(id="rooms"):
            with Vertical(id="phone", classes="room") as phone:
                phone.border_title = "The reporter's phone"
                yield Chat(id="chat", quiet="One moment…")
                yield Input(placeholder="Type an answer, or press a button", id="entry")
            with Vertical(id="team", classes="room") as team:
                team.border_title = "The moderators' group"
                yield Chat(id="group", quiet="Quiet so far. A card appears here when a report is sent.")
        yield Static(id="where")
        yield Footer(show_command_palette=False)

    async def on_mount(self) -> None:
        """Start the service and let the person begin."""
        self.register_theme(_CALM)
        self.theme = _CALM.name
        self.stage.console.watch(self._changed)
        self._service = asyncio.create_task(self.stage.service.run(self._stop))
        self._service.add_done_callback(self._ended)
        self.query_one(Input).focus()
        self._say("/start")

    async def on_unmount(self) -> None:
        """However the window is left, the service finishes what it has begun."""
        self._stop.set()
        self.stage.console.watch(None)
        if self._service is not None:
            with suppress(Exception):  # kept in `failure`
                await self._service

    def _ended(self, service: asyncio.Task[None]) -> None:
        if not service.cancelled() and service.exception() is not None:
            self.failure = service.exception()
            self.exit(return_code=1)

    def _say(self, text: str) -> None:
        self.stage.console.write(REPORTER, text, hint=self._language)

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        if event.value.strip():
            self._say(event.value)
        event.input.clear()

    @on(Tap.Pressed, "#chat Tap")
    def _tapped(self, event: Tap.Pressed) -> None:
        self._press(REPORTER, event.button)

    @on(Tap.Pressed, "#group Tap")
    def _decided(self, event: Tap.Pressed) -> None:
        self._press(MODERATOR, event.button)

    def _press(self, person: str, button: object) -> None:
        if isinstance(button, Tap):
            self.stage.console.press(person, button.message, button.token)

    @on(OpenFile.Pressed, "OpenFile")
    async def _opened(self, event: OpenFile.Pressed) -> None:
        carrying = (*self._files.cards(), *self._files.digests())
        if isinstance(event.button, OpenFile):
            await self._open([each for each in carrying if each.id == event.button.message])

    def action_turn(self, pages: int) -> None:
        """Scroll the reporter's chat; the cursor stays where one types."""
        chat = self.query_one("#chat", Chat)
        chat.scroll_relative(y=pages * chat.size.height, animate=False)

    async def action_open_report(self) -> None:
        """Open the newest sealed report with the demonstration key."""
        await self._open(self._files.cards(), otherwise=NO_REPORT)

    async def action_open_digest(self) -> None:
        """Make the digest now instead of at its hour, and write its tables."""
        await self.stage.service.digest_now()
        await self.stage.settle()
        await self._open(self._files.digests(), otherwise=NO_DIGEST)

    async def _open(self, messages: list[Message], *, otherwise: str = "") -> None:
        """A page with the newest of these files; one page at a time."""
        if not messages:
            self.notify(otherwise, markup=False)
        elif not isinstance(self.screen, Page):
            await self.push_screen(Page(await self._files.open(messages[-1])))

    def _changed(self) -> None:
        if not self._due:
            self._due = self.call_later(self._draw)

    async def _draw(self) -> None:
        """Draw both rooms as they are now."""
        self._due = False
        console = self.stage.console
        async with self._drawing:
            rooms = self.screen_stack[0]
            with self.batch_update():
                await rooms.query_one("#chat", Chat).show(console.visible(REPORTER), topics={})
                await rooms.query_one("#group", Chat).show(console.visible(TEAM), topics=console.topics)
                rooms.query_one("#where", Static).update(self._where())
            for text in console.toasts:
                self.notify(text, markup=False)
            console.toasts.clear()

    def _where(self) -> Content:
        """Where everything lies: saved as it comes, the way a holder saves it from the group."""
        try:
            saved = [path.name for path in self._files.save_all()]
        except InputRefused as refused:
            return Content(str(refused))
        names = [*saved, self.stage.key.name, self.stage.passphrase_file.name]
        return Content(f"Files  {self.stage.folder}\n       {' · '.join(names)}")
