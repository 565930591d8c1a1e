"""A note never becomes a reply: no import leads from one to the other, and no text gets through."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.events import Commanded, Room
from storage.outbox import Letter
from storage.sealing import Kind
from tests.bot.desk import GROUP, NAME, Desk
from tests.storage.samples import make_case
from tests.test_architecture import ROOT, imports

NOTES = ("bot.notes", "handlers.triage.notes")
TO_REPORTERS = (
    "bot.reporters",
    "bot.carry_out",
    "bot.sender",
    "bot.sending",
    "bot.networks",
    "handlers.effects",
    "handlers.intake",
    "storage.outbox",
    "storage.talks",
    "storage.traces",
)
"""What tells reporters anything, and what it goes through."""
SPEAKERS = (
    "bot.reporters",
    "bot.carry_out",
    "bot.sending.screens",
    "handlers.effects",
    "handlers.intake.flow",
)


def file_of(module: str) -> Path | None:
    """Where a module of ours lies."""
    place = ROOT / module.replace(".", "/")
    return next((path for path in (place.with_suffix(".py"), place / "__init__.py") if path.is_file()), None)


def reach(modules: Iterable[str], *, also: str = "") -> set[str]:
    """Every module of ours that these import, over any number of steps; `also` is one line more in each."""
    found, waiting = set[str](), list(modules)
    while waiting:
        module = waiting.pop()
        path = file_of(module)
        if module in found or path is None:
            continue
        found.add(module)
        text = path.read_text("utf-8") + (also if module in NOTES else "")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ImportFrom):  # a package may hand on its modules
                waiting += [f"{node.module}.{alias.name}" for alias in node.names]
        waiting += imports(ast.parse(text))
    return found


def touched(found: Iterable[str], places: Iterable[str]) -> list[str]:
    return sorted(
        one for one in found if any(one == place or one.startswith(f"{place}.") for place in places)
    )


@pytest.mark.checkout
def test_no_import_leads_from_notes_to_what_tells_reporters_anything() -> None:
    assert set(NOTES) <= reach(NOTES)
    assert touched(reach(NOTES), TO_REPORTERS) == []


@pytest.mark.checkout
def test_no_import_leads_from_what_tells_reporters_anything_to_notes() -> None:
    assert set(SPEAKERS) <= reach(SPEAKERS)
    assert touched(reach(SPEAKERS), NOTES) == []


@pytest.mark.checkout
@pytest.mark.parametrize(
    "line", ["\nfrom bot import sender", "\nimport bot.carry_out", "\nfrom storage.outbox import Letter"]
)
def test_an_import_that_leads_there_is_found(line: str) -> None:
    """The control of the two above."""
    assert touched(reach(NOTES, also=line), TO_REPORTERS)


ROOM = Room(NAME, GROUP)


async def write(desk: Desk, argument: str) -> tuple[list[Letter], list[bytes]]:
    """Everything that waits to be sent after a note, and the notes that are kept."""
    await desk.take(desk.lay(Commanded("note", argument, "5"), ROOM, sender="9001", private=False))
    letters = await desk.store.run(lambda uow: uow.outbox.take(1000))
    kept = await desk.store.run(lambda uow: uow.objects.of_case(make_case().id, Kind.NOTE))
    return letters, [one.sealed.data for one in kept]


WORD = "Прыклад-Узор"


def leaks(letters: Iterable[Letter], sealed: Iterable[bytes]) -> bool:
    """Whether the word of the note is in anything that waits to be sent, or readable in what is kept."""
    told = b"".join(msgspec.msgpack.encode(dict(letter.payload)) for letter in letters) + b"".join(sealed)
    return WORD.encode() in told


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.text(max_size=30), after=st.text(max_size=200))
async def test_whatever_a_note_says_nothing_of_it_waits_to_be_sent(
    desk: Desk, before: str, after: str
) -> None:
    case = make_case()
    if await desk.store.run(lambda uow: uow.cases.get(case.id)) is None:
        await desk.store.run(lambda uow: uow.cases.add(replace(case)))
    letters, sealed = await write(desk, f"{case.code} {before}{WORD}{after}")
    assert {letter.payload["kind"] for letter in letters} <= {"answer", "unsay", "card"}
    assert sealed
    assert not leaks(letters, sealed)


async def test_a_note_that_is_not_kept_is_a_command_like_any_other(desk: Desk) -> None:
    letters, sealed = await write(desk, f"ZZZZZ {WORD}")
    assert sealed == []
    assert not leaks(letters, sealed)


async def test_words_in_a_letter_are_seen(desk: Desk) -> None:
    """The control: a note that went the way of an answer would be found."""
    letters, sealed = await write(desk, "")
    spoken = replace(letters[0], payload={**letters[0].payload, "text": WORD})
    assert leaks([spoken], sealed)
    assert leaks([], [WORD.encode()])
