"""Questions back while the bot is killed with kill -9: no answer is lost, and none is asked twice.

The real service dies at points spread over one question and its answer (before and after commits, sends,
acknowledgements); the next life goes on. A question may come again only if the kill found it under way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from storage.sealing import Kind, open_sealed
from tests.doubles.telegram.people import Person
from tests.drills.crash import HOLDER, Town, spread, town
from tests.drills.lives import PATIENCE
from tests.drills.repeats import count_repeats
from tests.journeys.stories import AGREED, SEND

KILLS = 5
ASKED = "Ці чалавека ўсё яшчэ трымаюць?"


def bodies(here: Town, kind: Kind) -> Iterator[dict[str, Any]]:
    """What a holder finds behind every file of this kind in the group."""
    for shown in here.group.messages:
        if shown.document:
            opened = open_sealed(here.tg.world.files[shown.file_id].data, [HOLDER])
            if opened.kind is kind:
                yield msgspec.json.decode(opened.body, type=dict[str, Any])


def codes_of(here: Town) -> set[str]:
    """Of all reports whose file stands in the group; answers have a number behind it."""
    names = [shown.document.removesuffix(".age") for shown in here.group.messages if shown.document]
    return {name for name in names if "-" not in name}


async def report(here: Town, number: int) -> tuple[Person, str]:
    """Somebody reports and agrees to be asked; the moderator takes the case. Undisturbed."""
    person = here.tg.person(f"Ганна Узор {number}")
    known = codes_of(here)
    for line in (*AGREED, SEND, "Гатова"):
        said = await person.send(line.strip("[]"))
        await here.tg.wait_idle(PATIENCE)
        if line != "Гатова":
            await person.wait_for(lambda _: True, PATIENCE, after=said)
    await here.group.wait_for(lambda _: codes_of(here) > known, PATIENCE)
    (code,) = codes_of(here) - known
    await here.moderator.send(f"/claim {code}", in_=here.group)
    await here.group.wait_for(lambda shown: code in shown.text and "m-01" in shown.text, PATIENCE)
    return person, code


async def ask_and_answer(here: Town, person: Person, code: str) -> None:
    """The question, and an answer in words as soon as it stands there."""
    await here.moderator.send(f"/ask {code} held", in_=here.group)
    await person.wait_for(lambda shown: ASKED in shown.text, PATIENCE)
    await person.send(f"Адказ пра {code}")
    await here.group.wait_for(lambda shown: shown.document == f"{code}-2.age", PATIENCE)
    await here.tg.wait_idle(PATIENCE)


@pytest.mark.slow
async def test_killed_at_any_moment_no_answer_is_lost_and_nothing_is_asked_twice(tmp_path: Path) -> None:
    """The control is the first round: it is not disturbed, and dies nowhere."""
    async with town(tmp_path, "") as here, here.lives.nursery():
        codes = []
        async with here.lives.living():
            await here.lives.arm(0)
            person, code = await report(here, 0)
            codes.append(code)
            await here.lives.arm(0)
            await ask_and_answer(here, person, code)
            there = Counter(here.lives.passed)
            assert not here.lives.deaths
            for point, number in list(spread(there, KILLS)):
                await here.lives.arm(0)
                person, code = await report(here, len(codes))
                codes.append(code)
                await here.lives.arm(number, point)
                await ask_and_answer(here, person, code)
        answers = Counter(str(body["case"]) for body in bodies(here, Kind.ADDITION))
        again = count_repeats(here.tg.calls, here.lives.deaths)
    assert len(here.lives.deaths) >= KILLS - 2
    assert set(answers) == set(codes)
    assert again.outside == 0
