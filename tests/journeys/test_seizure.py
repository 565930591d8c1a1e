"""Whoever takes the disk in the middle of everything finds no word, no name, no account and no token."""

from __future__ import annotations

import logging
from io import StringIO
from pathlib import Path

import pytest

from bot.logs import configure
from storage.store import REAL_SEALS
from storage.vault import Seals
from tests.drills.canaries import Search, files_under, spell_number, spell_word
from tests.journeys.house import House
from tests.journeys.stories import MOTHER, SEND
from tests.storage.unsealed import UNSEALED

STORY = tuple(line.replace("масках", "КанарэйкаЖоўтая").replace("Прыклад", "Канарэйчык") for line in MOTHER)


async def seize(house: House, seals: Seals, log: Path) -> list[int]:
    """Hits in all files but the runtime directory, after every step of a whole conversation."""
    mother, stream = house.person("Канарэйчык Узор"), StringIO()
    words = ("КанарэйкаЖоўтая", "Канарэйчык", house.tg.token)
    search = Search({word: spell_word(word) for word in words} | {"account": spell_number(mother.id)})
    undo = configure(level=logging.DEBUG, stream=stream)
    found = []
    try:
        async with house.running(seals=seals):
            for line in (*STORY, SEND):
                await house.say(mother, line)
                found.append(_search(house.folder, log, stream.getvalue(), search))
    finally:
        undo()
    return found


def _search(folder: Path, log: Path, logged: str, search: Search) -> int:
    log.write_text(logged, "utf-8")
    return search.in_files(path for path in files_under(folder) if "runtime" not in path.parts).total


async def test_no_state_of_the_disk_shows_a_word_and_the_log_at_debug_neither(house: House) -> None:
    found = await seize(house, REAL_SEALS, house.folder / "bot.log")
    assert sum(found) == 0
    assert (house.folder / "bot.log").read_text("utf-8")


async def test_the_same_search_finds_words_when_sealing_is_off(house: House) -> None:
    found = await seize(house, UNSEALED, house.folder / "bot.log")
    assert sum(hits > 0 for hits in found) >= 0.8 * len(found)


@pytest.mark.parametrize("method", ["sendMessage", "getUpdates", "deleteMessages", "sendDocument"])
async def test_no_refusal_brings_the_token_or_a_word_into_the_log(house: House, method: str) -> None:
    stream = StringIO()
    undo = configure(level=logging.DEBUG, stream=stream)
    try:
        house.tg.faults.refuse(400, "Bad Request: КанарэйкаЖоўтая", method=method, times=1)
        house.tg.faults.fail(502, method, times=1)
        mother = house.person()
        async with house.running():
            for line in (*STORY, SEND):
                await mother.send(line.strip("[]"))
                await house.settled()
            await house.tg.wait_call(method)
    finally:
        undo()
    assert stream.getvalue()
    assert not any(word in stream.getvalue() for word in ("Канарэй", house.tg.token))
