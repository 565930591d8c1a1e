"""A reporter's phone, or the bot's token, is taken after each line of a talk: what does the chat still show?

At any moment one question stands there and at most the answer that is just being taken away; afterwards a
code. The control cannot delete.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.doubles.telegram.people import Person
from tests.drills.canaries import cyrillic
from tests.drills.databases import own_database
from tests.drills.drill import Drill, Outcome, Show, Size, Sizes
from tests.journeys.house import House, furnish
from tests.journeys.stories import MOTHER, SEND

NO_DELETION = ("deleteMessages", "deleteMessage")
ENDINGS = ("[Гатова]", "/stop", "")  # thanks and goodbye; erased half-way; left alone


@dataclass
class Shown:
    """What stood in the chats, summed over the looks."""

    looks: int = 0
    most_messages: int = 0
    earlier_answers: int = 0
    left_afterwards: int = 0


class Chat:
    """One person's chat with the bot, looked at after each line."""

    def __init__(self, house: House, person: Person, words: Sequence[str]) -> None:
        self.house, self.person, self.words = house, person, words
        self.shown = Shown()

    async def go_through(self, lines: Sequence[str], ending: str) -> None:
        """Tell, look, end, look again."""
        for number, line in enumerate(lines):
            await self.house.say(self.person, line)
            self._look(reviewed=number >= len(MOTHER) - 2)
        if ending:
            await self.house.say(self.person, ending)
        if ending == "/stop":
            await self.person.click(0)
            await self.house.settled()
        self.shown.left_afterwards += self._hits()

    def _look(self, *, reviewed: bool) -> None:
        """The review shows all answers, on purpose; every other screen none of them."""
        screen = self.person.screen()
        self.shown.looks += 1
        self.shown.most_messages = max(self.shown.most_messages, len(screen))
        if not reviewed:
            self.shown.earlier_answers += self._hits()

    def _hits(self) -> int:
        text = "\n".join(shown.text for shown in self.person.screen())
        return sum(word in text for word in self.words)


async def visit(
    folder: Path, chance: random.Random, *, people: int, deleting: bool, database: str = ""
) -> dict[str, Any]:
    """Several people, each with an ending of their own; what their chats showed."""
    total = Shown()
    async with furnish(folder) as house:
        house.url = database
        if not deleting:
            for method in NO_DELETION:
                house.tg.faults.refuse(
                    400, "Bad Request: message can't be deleted", method=method, times=None
                )
        async with house.running():
            for number in range(people):
                ending = ENDINGS[number % len(ENDINGS)]
                await _add(total, house, chance, ending=ending)
    return {name: getattr(total, name) for name in total.__dataclass_fields__}


async def _add(total: Shown, house: House, chance: random.Random, *, ending: str) -> None:
    words = (cyrillic(chance), cyrillic(chance))
    story = [line.replace("Прыклад", words[0]).replace("масках", words[1]) for line in MOTHER]
    lines = story[:-2] if ending == "/stop" else [*story, SEND]
    chat = Chat(house, house.person(f"Узор {cyrillic(chance)}"), words)
    await chat.go_through(lines, ending)
    total.looks += chat.shown.looks
    total.most_messages = max(total.most_messages, chat.shown.most_messages)
    total.earlier_answers += chat.shown.earlier_answers
    total.left_afterwards += chat.shown.left_afterwards


async def hold(sizes: Sizes, show: Show) -> Outcome:
    """As it is; then with deletion refused."""
    chance = random.Random(sizes.seed)
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        async with own_database(sizes.database) as place:
            figures = await visit(
                Path(one), chance, people=sizes["people"], deleting=True, database=place.url
            )
        show.say("the same with deletion refused")
        control = await visit(Path(other), chance, people=3, deleting=False)
    faults = [f"{name}: {figures[name]}" for name in ("earlier_answers", "left_afterwards") if figures[name]]
    if figures["most_messages"] > 2:
        faults.append(f"{figures['most_messages']} messages at once")
    fired = min(control["earlier_answers"], control["left_afterwards"], control["most_messages"] - 2) > 0
    return Outcome(figures, faults, control, fired=fired)


DRILL = Drill(
    "phone",
    "A phone, or the bot's token, shows one question of a talk that goes on, nothing of one that is over.",
    {"people": Size(3, 300, "people who tell, in turn")},
    hold,
)
