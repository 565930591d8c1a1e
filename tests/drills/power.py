"""Power cut: with the runtime directory gone, no key that is left opens what people had not finished.

People have got to every step of a conversation when the bot is killed and the directory in memory vanishes.
Somebody takes all that is left, the operator's passphrase as well, and tries every key on every row. Then the
bot comes up again: it says what happened, in each one's language, and everybody goes on to a finished report.
"""

from __future__ import annotations

import asyncio
import json
import random
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from handlers.screens import Line
from handlers.texts import Texts
from storage.sealing import open_sealed
from tests.drills.attacker import Row, can_open, guesses, open_all, read_file, read_server, recognise
from tests.drills.canaries import Search
from tests.drills.databases import own_database
from tests.drills.drill import Drill, Outcome, Show, Size, Sizes
from tests.drills.traced_lives import Lives
from tests.drills.witnesses import FACTS, LANGUAGES, Witness, make_token, spell_keys, together
from tests.rig import telegram

GO_ON, PRESS, BEGIN = range(3)  # how people come back


@dataclass(frozen=True, slots=True)
class Halfway:
    """Somebody who had typed so many lines when the power went."""

    who: Witness
    typed: int

    @property
    def finished(self) -> bool:
        """Whether that was everything."""
        return self.typed == len(self.who.short_lines)


@dataclass(frozen=True, slots=True)
class Loot:
    """What the attacker has: rows that opened, people recognised, words and accounts that can be read."""

    opened: dict[Row, bytes] = field(repr=False)
    recognised: int
    readable: int

    def figures(self) -> dict[str, int]:
        """As they are printed."""
        return {
            "drafts_opened": sum(row.table == "talks" for row in self.opened),
            "addresses_opened": sum(row.table in {"traces", "outbox", "letters"} for row in self.opened),
            "people_recognised": self.recognised,
            "words_and_accounts_read": self.readable,
            "rows_of_cases_opened": sum(row.tier == "operator" for row in self.opened),
        }


def _people(sizes: Sizes, chance: random.Random) -> list[Halfway]:
    """One at each step, in each language in turn, as often as there are people."""
    steps = len(Witness.make(chance).short_lines)
    return [
        Halfway(Witness.make(chance, LANGUAGES[number % len(LANGUAGES)]), steps - number % steps)
        for number in range(sizes["people"])
    ]


def _tell(lives: Lives, people: Iterable[Halfway], *, first: int = 0, to_the_end: bool = False) -> None:
    """Everybody types, line by line, as far as they get."""
    people = list(people)
    for place in range(first, max(len(one.who.short_lines) for one in people)):
        lives.settle()
        for one in people:
            if place < (len(one.who.short_lines) if to_the_end else one.typed):
                lives.rig.ask("send", person=one.who.account, text=one.who.short_lines[place])
    lives.settle()


def _attack(
    rows: list[Row], secrets: list[bytes], people: list[Halfway], files: Iterable[Path], search: Search
) -> Loot:
    """Every key that can be made of the secrets, on every row, and as a pepper for every known account."""
    keys, accounts = guesses(secrets), [one.who.account for one in people]
    opened = open_all(rows, keys)
    readable = search.in_bytes(b"\n".join(opened.values())).total() + search.in_files(files).total
    return Loot(opened, len(recognise(rows, accounts, peppers=keys)), readable)


def _pull_the_plug(lives: Lives, kept: Iterable[Path]) -> int:
    """The directory in memory is gone; how often its keys lie anywhere else."""
    whole = [path.read_bytes() for path in kept]
    for path in lives.runtime.iterdir():
        path.unlink()
    keys = Search({"day key": spell_keys(part for data in whole for part in (data[4:36], data[36:68]))})
    return keys.in_files(lives.files()).total


def _is_told(lives: Lives, one: Halfway, *, way: int) -> bool:
    """Whoever was half-way goes on, presses the old button or begins anew; do they read the sentence?"""
    sentence = Texts.load().say(one.who.language, Line("lost-perhaps" if way == BEGIN else "lost"))
    if way == PRESS:
        lives.rig.ask("click", person=one.who.account, button=0)
    else:
        words = "/start" if way == BEGIN else one.who.short_lines[one.typed]
        lives.rig.ask("send", person=one.who.account, text=words)
    return lives.wait(lambda: sentence in _screen(lives, one))


def _screen(lives: Lives, one: Halfway) -> str:
    return "\n".join(shown["text"] for shown in lives.rig.ask("screen", person=one.who.account))


def _count_reports(rows: Iterable[Row], lives: Lives) -> dict[str, int]:
    """Sealed objects: finished and not, and how many open with the key of every reader."""
    objects = [row.blob for row in rows if row.table == "objects"]
    reader = lives.readers["m-01"]
    finished = [json.loads(open_sealed(data, [reader]).body)["finished"] for data in objects]
    whole = sum(all(can_open(data, one) for one in lives.readers.values()) for data in objects)
    return {"finished": sum(finished), "unfinished": finished.count(False), "open_for_every_reader": whole}


@dataclass
class Story:
    """Everything that is learnt on the way."""

    left: Loot
    control: Loot
    keys_elsewhere: int
    before: dict[str, int]
    told: int
    after: dict[str, int]


async def _rows(lives: Lives) -> list[Row]:
    if lives.place.url:
        return await read_server(lives.place.dsn)
    return await asyncio.to_thread(read_file, lives.papers.home / "vestka.db")


def _live_until_the_cut(lives: Lives, people: list[Halfway]) -> None:
    bot = lives.start(0, aloud=False)
    try:
        _tell(lives, people)
    finally:
        bot.kill()


def _live_again(lives: Lives, people: list[Halfway], show: Show) -> int:
    """How many of those who were half-way read the sentence; in the end all have finished."""
    halfway = [one for one in people if not one.finished]
    bot = lives.start(1, aloud=True)
    try:
        asked = enumerate(show.each(halfway, "coming back"))
        told = sum(_is_told(lives, one, way=number % 3) for number, one in asked)
        _tell(lives, halfway, first=1, to_the_end=True)
    finally:
        bot.kill()
    return told


async def _go(lives: Lives, people: list[Halfway], show: Show) -> Story:
    for one in people:
        who = one.who
        lives.rig.ask("person", name=who.name, id=who.account, username=who.username, language=who.language)
    await asyncio.to_thread(_live_until_the_cut, lives, people)
    rows = await _rows(lives)
    search = Search(together(one.who.canaries(one.who.short_lines[: one.typed]) for one in people))
    control = await asyncio.to_thread(_attack, rows, lives.secrets, people, (), search)
    keys = sorted(lives.runtime.glob("*.day"))
    elsewhere = await asyncio.to_thread(_pull_the_plug, lives, keys)
    left = await asyncio.to_thread(_attack, rows, lives.secrets, people, lives.files(), search)
    told = await asyncio.to_thread(_live_again, lives, people, show)
    after = _count_reports(await _rows(lives), lives)
    return Story(left, control, elsewhere, _count_reports(rows, lives), told=told, after=after)


def _judge(story: Story, people: list[Halfway]) -> Outcome:
    finished = sum(one.finished for one in people)
    halfway = len(people) - finished
    facts = sum(one.typed >= FACTS for one in people) - finished
    left, control = story.left.figures(), story.control.figures()
    broken = {
        "something unfinished can be recovered": any(left[name] for name in list(left)[:4]),
        "a day key lies outside the runtime directory": story.keys_elsewhere,
        "the attacker cannot even open what the passphrase opens": not left["rows_of_cases_opened"],
        "a finished report is missing": story.before["finished"] != finished,
        "a checkpoint is missing": story.before["unfinished"] < facts,
        "somebody half-way was not told": story.told != halfway,
        "somebody could not go on to a finished report": story.after["finished"] != len(people),
    }
    broken["a sealed report does not open for everybody"] = any(
        when["open_for_every_reader"] != when["finished"] + when["unfinished"]
        for when in (story.before, story.after)
    )
    figures: dict[str, Any] = left | {
        "people": len(people), "halfway": halfway, "told_that_it_was_erased": story.told,
        "day_keys_elsewhere": story.keys_elsewhere, "reports_at_the_cut": story.before,
        "reports_in_the_end": story.after,
    }  # fmt: skip
    fired = control["drafts_opened"] >= halfway and control["people_recognised"] == len(people)
    faults = [fault for fault, is_so in broken.items() if is_so]
    return Outcome(figures, faults, control=control, fired=fired and control["words_and_accounts_read"] > 0)


async def hold(sizes: Sizes, show: Show) -> Outcome:
    """One cut for everybody at once."""
    chance = random.Random(f"power/{sizes.seed}")
    people = _people(sizes, chance)
    with (
        tempfile.TemporaryDirectory(prefix="vestka-power-") as name,
        telegram("--token", make_token(chance)) as rig,
    ):
        async with own_database(sizes.database) as place:
            lives = Lives(Path(name) / "lives", rig, chance, traced=False, place=place)
            return _judge(await _go(lives, people, show), people)


DRILL = Drill(
    "power",
    "After a power cut nobody recovers what was unfinished; what was finished opens; everybody goes on.",
    {"people": Size(14, 280, "people, one at each of the 14 steps of a conversation in turn")},
    hold,
)
