"""Scripts: what a person would type, one message per line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import InputRefused
from bot.networks import Post, Press
from bot.networks.console import Console
from bot.trying.script import read_script, say_or_tap
from handlers.events import Pressed, Room, Wrote


def test_comments_and_empty_lines_are_skipped_and_the_language_is_read(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text("# language: ru\n\n/start\n  Да, я за границей  \n# the end\n", "utf-8")
    script = read_script(path)
    assert (script.language, script.lines) == ("ru", ("/start", "Да, я за границей"))


def test_a_script_without_a_language_is_belarusian(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text("/start\n", "utf-8")
    assert read_script(path).language == "be"


@pytest.mark.parametrize("data", [b"", b"# only words to the reader\n", b"\xff\xfe\x00", b"/start\n" * 501])
def test_a_script_that_cannot_be_played_is_refused_in_one_sentence(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(data)
    with pytest.raises(InputRefused, match="message"):
        read_script(path)


def test_a_missing_script_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="one message per line"):
        read_script(tmp_path / "nothing.txt")


async def test_a_line_in_brackets_taps_the_button_and_any_other_is_typed() -> None:
    console = Console()
    await console.deliver(Post(Room("console", "p"), "Далей?", ((Press("Так", "t1"),),)))
    say_or_tap(console, "p", "[Так]", language="be")
    say_or_tap(console, "p", "Мабыць", language="be")
    batch = await console.receive(None)
    events = [incoming.event for raw in batch.updates if (incoming := console.read(raw))]
    assert isinstance(events[0], Pressed)
    assert events[0].token == "t1"
    assert isinstance(events[1], Wrote)
    assert events[1].text == "Мабыць"


async def test_updates_come_again_until_they_are_acknowledged() -> None:
    console = Console()
    console.write("p", "першае")
    first = await console.receive(None)
    console.write("p", "другое")
    again = await console.receive(None)
    assert [raw.key for raw in again.updates][:1] == [raw.key for raw in first.updates]
    assert len((await console.receive(first.position)).updates) == 1
