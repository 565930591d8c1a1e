"""The window, driven as a person would: keys, taps, another size, and the way out."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Input, Static

from bot.networks import Batch
from bot.networks.console import TEAM, Console
from bot.service import Service
from bot.trying.bubbles import Bubble, Chat, OpenFile, Page, Tap
from bot.trying.stage import REPORTER, Stage, set_up
from bot.trying.window import show
from tests.bot.trying.seat import seated

pytestmark = pytest.mark.slow

STORY = (
    "[Так, я за мяжой]",
    "[Маці або бацька]",
    "Ян Прыклад, 1990",
    "учора вечарам",
    "Гродна, на працы",
    "[АМАП]",
    "[КДБ]",
    "[Гатова ›]",
    "[Не, невядома]",
    "1,8",
    "прапусціць",
    "Забралі з працы.",
    "далей",
    "5",
)


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Everything set up in a folder of its own."""
    stage = await set_up(tmp_path / "try", language="be")
    yield stage
    await stage.instance.store.close()


async def test_a_story_told_by_keys_and_taps_becomes_a_card_a_report_and_a_digest(stage: Stage) -> None:
    async with seated(stage) as person:
        assert "Quiet so far" in person.words("#group")
        for line in STORY:
            await person.say(line)
        assert "Ян Прыклад" in person.words()
        await person.say("[Адправіць]")
        assert "Статус: новая" in person.words("#group")
        assert "Прыклад" not in person.words("#group")
        assert "Прынята і запячатана" in person.words()

        await person.click(person.button("Узяць", room="#group"))
        assert "m-01" in person.words("#group")

        await person.pilot.press("ctrl+o")
        await person.open_page()
        assert "Прыклад" in person.page()
        assert "Забралі з працы." in person.page()
        await person.pilot.press("escape")

        await person.pilot.press("ctrl+d")
        await person.open_page()
        assert "reports opened 1 of 1" in person.page()
        assert (stage.folder / "digest" / "digest.html").is_file()
        await person.pilot.press("enter")
        foot = str(person.window.query_one("#where", Static).content)
        names = [each.name for each in stage.folder.glob("*.age")]
        assert len(names) == 2
        assert all(name in foot for name in (str(stage.folder), *names))


async def test_the_file_under_a_card_opens_by_a_click(stage: Stage) -> None:
    async with seated(stage) as person:
        await person.tell(*STORY, "[Адправіць]")
        await person.click(person.window.query_one(OpenFile))
        await person.open_page()
        assert "Прыклад" in person.page()
        await person.pilot.press("ctrl+o")  # one page at a time
        await person.settle()
        assert len(person.window.screen_stack) == 2


async def test_before_anything_is_sent_the_window_says_what_to_do(stage: Stage) -> None:
    async with seated(stage) as person:
        await person.pilot.press("ctrl+o")
        await person.settle()
        assert "Nothing was sent yet" in person.window.popped
        await person.pilot.press("ctrl+d")
        await person.open_page()
        assert "reports opened 0 of 0" in person.page()


async def test_a_button_of_an_old_screen_is_answered_softly(stage: Stage) -> None:
    async with seated(stage) as person:
        old = person.button("Так, я за мяжой")
        await person.say("[Так, я за мяжой]")
        before = person.words()
        stage.console.press(REPORTER, old.message, old.token)
        await person.settle()
        assert person.window.popped != ""
        assert person.words() == before


async def test_a_choice_is_marked_in_place_and_the_focus_stays_on_it(stage: Stage) -> None:
    async with seated(stage) as person:
        await person.tell(*STORY[:5])
        tap = person.button("АМАП")
        tap.focus()
        await person.pilot.press("enter")
        await person.settle()
        assert person.button("АМАП") is tap
        assert str(tap.label) != "АМАП"
        assert person.window.focused is tap


async def test_what_is_typed_is_never_taken_for_markup(stage: Stage) -> None:
    async with seated(stage) as person:
        await person.tell(*STORY[:11])
        await person.say("слова [/b] [red]слова[/red] [")
        await person.tell("далей", "5")
        assert "слова [/b] [red]слова[/red] [" in person.words()


@pytest.mark.parametrize("size", [(80, 24), (60, 15), (200, 60)])
async def test_every_size_of_terminal_is_usable(stage: Stage, size: tuple[int, int]) -> None:
    async with seated(stage, size) as person:
        await person.tell(*STORY, "[Адправіць]")
        window, chat = person.window, person.window.query_one("#chat", Chat)
        width, height = size
        assert window.query_one(Input).region.bottom <= height
        assert all(tap.region.right <= chat.region.right for tap in chat.query(Tap))
        assert all(len(str(tap.label)) <= tap.size.width * tap.size.height for tap in window.query(Tap))
        await person.click(person.button("Узяць", room="#group"))
        assert "m-01" in person.words("#group")
        assert window.query_one("#team").region.right <= width


async def test_another_size_keeps_everything_in_its_place(stage: Stage) -> None:
    async with seated(stage) as person:
        await person.tell(*STORY[:5])
        await person.pilot.resize_terminal(80, 24)
        await person.settle()
        assert person.window.screen.has_class("-narrow")
        await person.tell("[АМАП]", "[Гатова ›]")
        await person.pilot.resize_terminal(160, 50)
        await person.settle()
        assert person.window.screen.has_class("-wide")
        assert "7/11" in person.words()


async def test_a_new_message_begins_at_its_beginning_and_pages_turn(stage: Stage) -> None:
    async with seated(stage, (80, 24)) as person:
        await person.tell(*STORY, "[Адправіць]")
        chat = person.window.query_one("#chat", Chat)
        newest = list(chat.query(Bubble))[-1]
        assert newest.region.y == chat.region.y
        await person.pilot.press("pagedown")
        await person.pilot.pause(0.02)
        below = chat.scroll_offset.y
        assert below > 0
        await person.pilot.press("pageup")
        await person.pilot.pause(0.02)
        assert chat.scroll_offset.y < below


async def test_rooms_go_on_behind_an_open_page(stage: Stage) -> None:
    async with seated(stage) as person:
        await person.tell(*STORY, "[Адправіць]")
        await person.pilot.press("ctrl+o")
        await person.open_page()
        stage.console.write(REPORTER, "/start")
        await person.settle()
        assert isinstance(person.window.screen, Page)
        await person.pilot.press("space")
        await person.settle()
        assert "Перш чым пісаць" in person.words()


async def test_leaving_in_the_middle_leaves_nothing_running(stage: Stage) -> None:
    tasks = asyncio.all_tasks()
    async with seated(stage) as person:
        await person.tell(*STORY[:6])
        stage.console.write(REPORTER, "учора")  # still to be answered
        await person.pilot.press("ctrl+q")
    left = {task for task in asyncio.all_tasks() - tasks if not task.done()}
    assert left - {asyncio.current_task()} == set()
    assert [thread for thread in threading.enumerate() if "sqlite" in thread.name.lower()] == []
    cards = [shown for shown in stage.console.visible(TEAM) if shown.buttons or shown.document]
    assert cards == []  # the dashboard may stand


class Breaking(Console):
    """A network that fails in a way nobody expected."""

    async def receive(self, position: str | None) -> Batch:
        """Fail."""
        raise RuntimeError("the network broke")


async def test_a_service_that_breaks_closes_the_window_and_says_so(stage: Stage) -> None:
    console = Breaking()
    broken = replace(stage, console=console, service=Service(stage.instance, console, unlimited=True))
    with pytest.raises(RuntimeError, match="the network broke"):
        await asyncio.wait_for(show(broken, language="be", size=(80, 24)), 30)
