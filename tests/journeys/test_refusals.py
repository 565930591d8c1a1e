"""No refusal and no broken answer of the network brings anything into the log, at its most talkative."""

from __future__ import annotations

import logging
from io import StringIO

import pytest

from bot.logs import configure
from tests.journeys.house import House
from tests.journeys.stories import MOTHER, SEND

STORY = tuple(line.replace("масках", "КанарэйкаЖоўтая").replace("Прыклад", "Канарэйчык") for line in MOTHER)


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
