"""Drill `crash`: kill -9 at random moments and at every point; what was acknowledged is kept, and once.

People tell whole reports, line by line, to the double of the Bot API. One after the other their bot, the
real service, is killed before and after a commit, a send or an acknowledgement, and between a post in the
group and its being remembered (`tests.drills.crash_bot`), and the next life goes on. Then a crowd types while
`vestka run` itself is killed at random moments. At the end the cards are opened with a holder's key and
compared with what was told. A send may come again only if the kill found its letter marked as under way.
Last a stranger comes in: nothing that was ever put into the group may stay, remembered or not. Control: the
same kills of a bot that acknowledges a batch before it is kept; it must lose. And there must have been topics
that nobody remembered.

    python -m tests.drills crash --points 10000          every point of a story
    python -m tests.drills crash --people 200 --kills 1000
"""

from __future__ import annotations

import asyncio
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from storage.sealing import Identity, open_sealed
from tests.bot.commands.paperwork import Paperwork, furnish
from tests.doubles.telegram import TelegramDouble
from tests.doubles.telegram.groups import Group
from tests.doubles.telegram.people import Person
from tests.drills.databases import own_database
from tests.drills.drill import Drill, Outcome, Show, Size, Sizes
from tests.drills.left_lying import lock_up, nobodys
from tests.drills.lives import PATIENCE, Lives
from tests.drills.repeats import count_repeats
from tests.journeys.stories import MOTHER, SEND
from tests.rig import environment

HOLDER = Identity.from_seed(bytes([1]) * 32)  # m-01 of the invented roster
ACCOUNT = 100200300  # theirs


def story_of(number: int) -> list[str]:
    """Everything typed, nothing tapped: who writes while the bot is down has no buttons to look at."""
    return [line.strip("[]").replace("Ян Прыклад, 1990", told_as(number)) for line in (*MOTHER, SEND)]


def told_as(number: int) -> str:
    """Name and year as this person tells them; digits of the number spelt in letters."""
    return "Ян Узор" + "".join("абвгдежзік"[int(digit)] for digit in f"{number:05}") + ", 1990"


@dataclass
class Town:
    """The pretended Telegram, an instance that belongs to it, and who told what."""

    tg: TelegramDouble
    group: Group
    moderator: Person
    papers: Paperwork
    lives: Lives
    told: dict[int, Person] = field(default_factory=dict)  # by the number in the surname

    def newcomer(self) -> tuple[Person, list[str]]:
        """Somebody with a story of their own."""
        number = len(self.told)
        self.told[number] = self.tg.person(f"Ганна Узор {number}")
        return self.told[number], story_of(number)

    def reports(self) -> list[dict[str, Any]]:
        """What a holder finds behind every card that stands in the group."""
        cards = [shown for shown in self.group.messages if shown.from_bot and shown.document]
        files = [self.tg.world.files[card.file_id].data for card in cards]
        return [msgspec.json.decode(open_sealed(data, [HOLDER]).body, type=dict[str, Any]) for data in files]


@asynccontextmanager
async def town(folder: Path, database: str) -> AsyncIterator[Town]:
    """A group, a moderator in it, and an instance that was never started."""
    async with TelegramDouble() as tg:
        group = tg.supergroup("Дзяжурства", forum=True)
        group.add_bot()
        moderator = tg.person("Дзяжурны", id=ACCOUNT)
        group.put_in_order(moderator)
        papers = furnish(folder, api_root=tg.api_root, token=tg.token, group=str(group.id))
        if database:
            settings = papers.settings.read_text("utf-8")
            papers.settings.write_text(settings.replace("[places]", f'[places]\ndatabase = "{database}"'))
        yield Town(tg, group, moderator, papers, Lives(papers, database, lambda: len(tg.calls)))


async def tell(here: Town, *, patient: bool = True) -> None:
    """A newcomer tells everything; `patient`: each line when the one before was answered."""
    person, lines = here.newcomer()
    for line in lines:
        said = await person.send(line)
        await here.tg.wait_idle(PATIENCE)
        if patient:
            await person.wait_for(lambda _: True, PATIENCE, after=said)


async def kill_at_points(here: Town, points: int, show: Show) -> int:
    """One story undisturbed, then one for each point; how many points there are."""
    async with here.lives.living():
        await here.lives.arm(0)
        await tell(here)
        await here.group.wait_for(lambda shown: bool(shown.document), PATIENCE)
        there = Counter(here.lives.passed)
        for point, number in show.each(list(spread(there, points)), "kills at points"):
            await here.lives.arm(number, point)
            await tell(here)
    return there.total()


def spread(there: Counter[str], points: int) -> Iterator[tuple[str, int]]:
    """So many of the points of a story, of each sort as many, far from each other: (sort, which of them)."""
    for sort, have in sorted(there.items()):
        wanted = min(have, max(1, points // len(there)))
        yield from ((sort, 1 + (2 * number + 1) * have // (2 * wanted)) for number in range(wanted))


async def kill_at_random(here: Town, people: int, kills: int, *, chance: random.Random, show: Show) -> None:
    """A crowd types, whether or not anybody listens, while `vestka run` is killed again and again."""
    crowd = [here.newcomer() for _ in range(people)]
    typing = asyncio.create_task(_type_on(crowd, seconds=kills * 2.0))
    for number in show.each(range(kills), "kills at random"):
        async with started(here.papers) as process:
            if number % 4 != 3:  # every fourth dies while it starts
                await wait_listening(process)
            await asyncio.sleep(chance.uniform(0.02, 1.0))  # the whole point: any moment
            process.kill()
            assert await process.wait() == -signal.SIGKILL
        await here.lives.note_death()
    async with started(here.papers) as process:
        await wait_listening(process)
        await typing
        await here.tg.wait_idle(PATIENCE)
        await wait_told(here)
        process.terminate()
        assert await process.wait() == 0


async def wait_told(here: Town) -> None:
    """Until everybody's card stands and every chat shows one screen, or nothing more is sent.

    The program keeps the network's budgets: twenty calls a minute in a group.
    """
    wanted = {told_as(number) for number in here.told}
    sent, since = -1, time.monotonic()
    while time.monotonic() - since < PATIENCE / 2:
        reached = wanted <= {words_of(report) for report in here.reports() if report["finished"]}
        if reached and all(len(person.screen()) < 2 for person in here.told.values()):
            return
        if (now := sum(call.method != "getUpdates" for call in here.tg.calls)) != sent:
            sent, since = now, time.monotonic()
        await asyncio.sleep(0.2)


async def _type_on(crowd: Sequence[tuple[Person, list[str]]], *, seconds: float) -> None:
    pause = seconds / sum(len(lines) for _, lines in crowd)
    for number in range(len(crowd[0][1])):
        for person, lines in crowd:
            await person.send(lines[number])
            await asyncio.sleep(pause)


@asynccontextmanager
async def started(papers: Paperwork) -> AsyncIterator[asyncio.subprocess.Process]:
    """The program; killed at the end if it still runs."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", "--settings", str(papers.settings),
        "--passphrase-file", str(papers.passphrase),
        env=environment(), stdin=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def wait_listening(process: asyncio.subprocess.Process) -> None:
    assert process.stderr is not None
    async for line in process.stderr:
        if b"service.listening" in line:
            return
    raise AssertionError("the bot ended by itself")


def weigh(here: Town, *, first: int = 0) -> dict[str, int]:
    """What was told, from the `first` person on, against what a holder finds."""
    codes: dict[str, set[str]] = {}
    whole: Counter[str] = Counter()
    reports = here.reports()
    firsts = (one for one in reports if words_of(one) == told_as(0) and one["finished"])
    expected = _content(next(firsts, {"answers": {}}))
    for report in reports:
        codes.setdefault(words_of(report), set()).add(report["case"])
        whole[words_of(report)] += report["finished"] and _content(report) == expected
    people = list(here.told.items())[first:]
    repeats = count_repeats(here.tg.calls, here.lives.deaths)
    return {
        "told": len(people),
        "lost": sum(not whole[told_as(number)] for number, _ in people),
        "doubled": sum(len(one) - 1 for one in codes.values()),
        "strange": len(codes.keys() - {told_as(number) for number in here.told}),
        "words_left": sum(max(0, len(person.screen()) - 1) for _, person in people),
        "sends": repeats.sent,
        "repeated": repeats.again,
        "repeated_outside_the_window": repeats.outside,
        "refused_by_the_network": len(here.tg.violations),
    }


def words_of(report: dict[str, Any]) -> str:
    return str(report["answers"].get("person", {}).get("words"))


def _content(report: dict[str, Any]) -> dict[str, Any]:
    return {name: answer for name, answer in report["answers"].items() if name != "person"}


MUST_BE_ZERO = ("lost", "doubled", "strange", "words_left", "repeated_outside_the_window",
                "refused_by_the_network")  # fmt: skip


async def protected(here: Town, sizes: Sizes, show: Show) -> dict[str, Any]:
    """Kills at points, then kills at random."""
    there = await kill_at_points(here, sizes["points"], show)
    chance = random.Random(sizes.seed)
    await kill_at_random(here, sizes["people"], sizes["kills"], chance=chance, show=show)
    return {
        "points_in_a_story": there,
        "kills_at_points": dict(sorted(here.lives.points.items())),
        "kills_at_random": sizes["kills"],
        **weigh(here),
    }


async def unprotected(here: Town, rounds: int) -> dict[str, int]:
    """Acknowledged before it is kept: each kill between the two must lose what was told."""
    first = len(here.told)
    async with here.lives.living(early=True):
        for number in range(rounds):
            await here.lives.arm(4 + number, "read")
            await tell(here, patient=False)
    weighed = weigh(here, first=first)
    return {"kills_at_points": rounds} | {name: weighed[name] for name in ("told", "lost")}


def faults_of(figures: dict[str, Any]) -> Iterator[str]:
    yield from (
        f"{name}: {figures[name]}" for name in (*MUST_BE_ZERO, "left_lying_after_a_lock") if figures[name]
    )
    wanted = {"open.after", "post.after"}
    wanted |= {f"{what}.{side}" for what in ("commit", "send", "acknowledge") for side in ("before", "after")}
    if missed := wanted - figures["kills_at_points"].keys():
        yield f"no kill at: {', '.join(sorted(missed))}"


async def hold(sizes: Sizes, show: Show) -> Outcome:
    """Kill, look, kill again; then the control."""
    with tempfile.TemporaryDirectory() as folder:
        async with (
            own_database(sizes.database) as place,
            town(Path(folder), place.url) as here,
            here.lives.nursery(),
        ):
            figures = await protected(here, sizes, show)
            control = await unprotected(here, rounds=2)
            control["topics_that_nobody_remembered"] = nobodys(here.group)
            figures["left_lying_after_a_lock"] = await lock_up(here.tg, here.group, here.lives)
    fired = control["lost"] > 0 and control["topics_that_nobody_remembered"] > 0
    return Outcome(figures, list(faults_of(figures)), control, fired=fired)


DRILL = Drill(
    "crash",
    "kill -9 at any moment: no report lost or doubled; nothing sent again in vain; a lock leaves nothing",
    {
        "people": Size(4, 200, "people who type while the program is killed at random"),
        "kills": Size(1, 1000, "kills of `vestka run` at random moments"),
        "points": Size(7, 10_000, "kills at points of a story, spread over it (at most all)"),
    },
    hold,
)
