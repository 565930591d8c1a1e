"""A stranger joins the moderators' group late and saves it all; the disk and a moderator's phone are taken.

Named after a chat whose history gave its senders away. The script of `reidentify` must find no reporter, no
name and no word of a story. The control puts on each card what must not stand there, and leaves the disk
unsealed: the same script must find nearly everybody.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from handlers.triage.cards import card
from handlers.triage.lifecycle import open_case
from handlers.triage.summary import card_facts
from handlers.triage.urgency import weigh
from storage.sealing import Identity, open_sealed
from storage.store import REAL_SEALS
from storage.vault import Seals
from tests.drills.drill import Drill, Outcome, Show, Size, Sizes
from tests.drills.hajun_chat import Years, shape, tell_over_the_wire
from tests.drills.hajun_world import Detained, Telling, World, answers_of, make_world
from tests.drills.reidentify import Findings, Loot, facts_on, reidentify, search_plainly
from tests.fakes import FakeClock
from tests.journeys.house import PACK, TEXTS, furnish
from tests.storage.unsealed import UNSEALED

START = datetime(2026, 11, 23, tzinfo=UTC)
CONTROL = 8  # reports in the control
COMPARED = 1  # reports told over the wire as well
NOISE = 5.0  # standard deviations of an order that says nothing


async def live(
    folder: Path, world: World, sizes: Sizes, *, show: Show, seals: Seals = REAL_SEALS, raised: bool = False
) -> Years:
    """The years; they know the truth about each code."""
    years = await Years.open(folder, FakeClock(START), random.Random(sizes.seed), seals=seals)
    if raised:
        years.hall.raised = lambda code: tell_more(years.truth.get(code) or _newest(years, world))
    days = sizes["days"] + 3
    await years.live(world, days=show.each(range(days), "days of the group", total=days))
    await years.seize(folder)
    return years


def _newest(years: Years, world: World) -> Telling:
    """Whose card is just being posted; what is posted before anybody told anything tells of the first."""
    told = (one for one in world.tellings if one.at <= years.hall.clock.now())
    return max(told, key=lambda one: one.at, default=world.tellings[0])


def tell_more(telling: Telling) -> str:
    """What a card of a higher level would say."""
    tag = sha256(str(telling.by.account).encode()).hexdigest()[:16]
    return f"\nЯн {telling.of.surname}: {telling.story} ({telling.by.name}, {telling.by.account}, {tag})"


def card_of(person: Detained) -> str:
    """The facts of a listed person as a card would show them."""
    answers = answers_of(person, "слова")
    facts = card_facts(answers, weigh(PACK.rules, answers, now=START), now=START, finished=True)
    case = open_case(bytes(16), "CODE", facts=facts, day="2026-11-23")
    return facts_on(TEXTS.show("en", card(case, policy="card"))[0])


def judge(found: Findings, truth: dict[str, Telling], world: World) -> dict[str, Any]:
    """How much of what was found is true."""
    reporters = {telling.by.account for telling in truth.values()}
    right = {way: len(reporters & accounts) for way, accounts in found.reporters.items()}
    everybody = set().union(*found.reporters.values()) if found.reporters else set()
    return {
        "reports": len(truth),
        "candidates": len(world.candidates),
        "listed": len(world.detained),
        "bytes_searched": found.searched,
        "reporters_found": len(reporters & everybody),
        "reporters_found_by": right,
        "names_found": len(found.names),
        "story_words_found": len(found.words),
    }


def residue(found: Findings, truth: dict[str, Telling]) -> dict[str, Any]:
    """What stays linkable, and is no promise."""
    right = sum(truth[code].by.account == account for code, account in found.links.items() if code in truth)
    return {**found.residual, "of_these_the_right_one": right}


def orders(loot: Loot, truth: dict[str, Telling]) -> dict[str, float]:
    """Whether anything with an order follows accounts or arrival: rank correlation in standard deviations."""
    told = sorted((code for code in truth if code in loot.codes), key=lambda code: truth[code].at)
    cards = {one["file"].removesuffix(".age"): one for one in loot.cards}
    tokens = [cards[code]["buttons"][0][1].split(":")[2] for code in told]
    accounts = [truth[code].by.account for code in told]
    rows, places = _lie(loot, cards)
    kept = [number for number, code in enumerate(told) if code in rows]
    row_of = [rows[told[number]] for number in kept]
    return {
        "account_and_code": _follow(accounts, told),
        "account_and_case": _follow(accounts, tokens),
        "account_and_size": _follow(accounts, [cards[code]["size"] for code in told]),
        "account_and_row": _follow([accounts[number] for number in kept], row_of),
        "arrival_and_code": _follow(range(len(told)), told),
        "arrival_and_case": _follow(range(len(told)), tokens),
        "arrival_and_row": _follow(kept, row_of),
        "arrival_and_place_in_the_file": _follow(kept, [places[told[number]] for number in kept]),
    }


def _lie(loot: Loot, cards: dict[str, dict[str, Any]]) -> tuple[dict[str, int], dict[str, int]]:
    """Of each report that is still there: which row it is, and where in the file its bytes lie."""
    files = loot.folder / "files"
    codes = {_print_of((files / f"{one['id']}-{code}.age").read_bytes()): code for code, one in cards.items()}
    raw = (loot.folder / "disk" / "vestka.db").read_bytes()
    rows, places = {}, {}
    for number, (table, row) in enumerate(loot.rows()):
        code = codes.get(_print_of(row[4])) if table == "objects" else None
        if code is not None:
            rows[code], places[code] = number, raw.find(row[4][-64:])
    return rows, places


def _print_of(data: bytes) -> bytes:
    return sha256(data).digest()


def _follow(one: Sequence[Any], other: Sequence[Any]) -> float:
    """Spearman's rank correlation times the root of the number of pairs: about 1 by chance."""
    if len(one) < 3:
        return 0.0
    ranks = [np.argsort(np.argsort(np.array(each))) for each in (list(one), list(other))]
    spread = [float(np.std(each)) for each in ranks]
    if not all(spread):
        return 0.0
    return round(float(np.corrcoef(ranks[0], ranks[1])[0, 1]) * float(np.sqrt(len(one))), 2)


async def compare(folder: Path, world: World, loot: Loot, truth: dict[str, Telling]) -> int:
    """How many of some reports look otherwise in the group when they are told through the double."""
    wanted = {telling.at: code for code, telling in truth.items()}
    cards = {one["file"].removesuffix(".age"): one for one in loot.cards}
    unequal = 0
    for telling in world.tellings[:COMPARED]:
        folder.joinpath(str(telling.by.account)).mkdir(parents=True)
        async with (
            furnish(folder / str(telling.by.account), clock=FakeClock(telling.at)) as house,
            house.running(),
        ):
            over_the_wire = await tell_over_the_wire(house, telling)
        mine = cards[wanted[telling.at]]
        unequal += over_the_wire != shape(mine["text"], mine["buttons"], mine["file"], mine["size"])
    return unequal


def _holders(years: Years) -> list[tuple[str, Identity]]:
    return [("m-01", years.keys.moderators["m-01"].identity), ("recovery", years.keys.recovery.identity)]


def read_with(identity: Identity, loot: Loot, folder: Path, world: World) -> dict[str, int]:
    """A key that opens the reports finds whom they tell of; who told them it must not find."""
    folder.mkdir()
    for path in (loot.folder / "files").iterdir():
        (folder / path.name).write_bytes(open_sealed(path.read_bytes(), [identity]).body)
    found, words = Findings(), [telling.word for telling in world.tellings]
    search_plainly(Loot(folder), world.candidates, world.detained, words=words, found=found)
    reporters = set().union(*found.reporters.values())
    return {"reporters": len(reporters), "names": len(found.names), "story_words": len(found.words)}


def attack(folder: Path, world: World, *, spelt: int) -> tuple[Loot, Findings]:
    """Let the script loose on what was taken."""
    loot = Loot(folder / "loot")
    words = [telling.word for telling in world.tellings]
    found = reidentify(loot, world.candidates, world.detained, words=words, spelt=spelt, card_of=card_of)
    return loot, found


async def hold(sizes: Sizes, show: Show) -> Outcome:
    """The years, the attack; then the control."""
    with tempfile.TemporaryDirectory(prefix="vestka-hajun-") as name:
        return await _hold(Path(name), sizes, show)


async def _hold(folder: Path, sizes: Sizes, show: Show) -> Outcome:
    chance = random.Random(sizes.seed)
    world = make_world(chance, reports=sizes["reports"], days=sizes["days"], start=START)
    years = await live(folder / "real", world, sizes, show=show)
    truth = years.truth
    loot, found = attack(folder / "real", world, spelt=sizes["spelt"])
    followed = orders(loot, truth)
    figures = judge(found, truth, world) | {
        "posted": {
            kind: sum(one["kind"] == kind for one in loot.chat) for kind in ("post", "edit", "topic", "title")
        },
        "orders_that_follow": followed,
        "cards_otherwise_over_the_wire": await compare(folder / "wire", world, loot, truth),
        "compared_over_the_wire": min(COMPARED, len(world.tellings)),
        "with_a_readers_key": {
            holder: read_with(identity, loot, folder / holder, world) for holder, identity in _holders(years)
        },
        "residual": residue(found, truth),
    }
    few = Sizes({"reports": CONTROL, "days": 3}, sizes.seed)
    raised = make_world(chance, reports=CONTROL, days=3, start=START)
    told = (await live(folder / "raised", raised, few, show=show, seals=UNSEALED, raised=True)).truth
    control = judge(attack(folder / "raised", raised, spelt=CONTROL)[1], told, raised)
    ways = control["reporters_found_by"]
    fired = (
        min(control["names_found"], control["story_words_found"], control["reporters_found"]) >= CONTROL * 0.9
        and min(ways.get(way, 0) for way in ("account", "name", "hash")) > 0
    )
    return Outcome(figures, faults(figures, sizes), control, fired=fired)


def faults(figures: dict[str, Any], sizes: Sizes) -> list[str]:
    """Broken promises; a figure that cannot be true is one, too."""
    found = [f"{name}: {figures[name]}" for name in
             ("reporters_found", "names_found", "story_words_found", "cards_otherwise_over_the_wire")
             if figures[name]]  # fmt: skip
    for holder, read in figures["with_a_readers_key"].items():
        if read["reporters"] or read["names"] < sizes["reports"]:
            found.append(f"{holder} finds {read['reporters']} reporters and {read['names']} names")
    if figures["reports"] != sizes["reports"] or figures["residual"]["cards"] < sizes["reports"]:
        found.append("not every report was posted")
    follows = {name: value for name, value in figures["orders_that_follow"].items() if name != _PLACE}
    return found + [
        f"{name} follow each other: {value}" for name, value in follows.items() if abs(value) > NOISE
    ]


_PLACE = "arrival_and_place_in_the_file"

DRILL = Drill(
    "hajun",
    "Years of the group's history, the disk and a moderator's phone tell no reporter, no name and no story.",
    {
        "reports": Size(24, 30_000, "reports told"),
        "spelt": Size(10, 400, "people whose names and words are looked for in every spelling"),
        "days": Size(3, 1095, "days that the group was in use"),
    },
    hold,
)
