"""Several relatives report one arrest, each in their own letters: is it seen, and how often in error?

Labelled pairs come from `name_pairs`. The controls hear worse: one compares names as they are written, the
other hears nothing of a name but its first sound.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from handlers.matching.likeness import Sighting, blind_traits, compare
from handlers.matching.traits import Traits, read_traits
from tests.drills.drill import Drill, Outcome, Show, Size, Sizes
from tests.drills.name_pairs import YEAR, Pair, Told, draw_pairs
from tests.drills.tags import tag_with

RECALL, PRECISION = 0.95, 0.9
OTHERS = 5  # pairs about two people for each pair about one
_KEY = bytes(range(32))

Judge = Callable[[Told, Told], bool]


@dataclass(slots=True)
class Tally:
    """How pairs were judged: all, those about one person by spellings, those about two by their kind."""

    found: Counter[bool] = field(default_factory=Counter)
    spellings: Counter[tuple[str, bool]] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    drawn: Counter[str] = field(default_factory=Counter)

    def note(self, pair: Pair, found: bool) -> None:
        """One pair more."""
        self.drawn[pair.kind] += 1
        if not pair.same:
            self.wrong[pair.kind] += found
            return
        self.found[found] += 1
        self.spellings["-".join(sorted((pair.one.spelling, pair.two.spelling))), found] += 1

    @property
    def recall(self) -> float:
        """Of the pairs about one person, those that were found."""
        return self.found[True] / self.found.total()

    @property
    def precision(self) -> float:
        """Of the pairs that were found, those about one person."""
        return self.found[True] / max(1, self.found[True] + self.wrong.total())

    def by_spelling(self) -> dict[str, float]:
        """The recall of each two spellings, the weakest first."""
        names = {name for name, _ in self.spellings}
        shares = {name: self._share(name) for name in names}
        return dict(sorted(shares.items(), key=lambda share: (share[1], share[0])))

    def _share(self, name: str) -> float:
        hits = self.spellings[name, True]
        return round(hits / (hits + self.spellings[name, False]), 3)

    def told(self) -> dict[str, Any]:
        """The two figures."""
        return {"recall": round(self.recall, 3), "precision": round(self.precision, 3)}


def _as_heard(traits: Traits) -> Traits:
    return traits


def first_sound(traits: Traits) -> Traits:
    """The control that hears nothing else of a name."""
    firsts = frozenset(surname[0] for surname in traits.surnames)
    return replace(traits, surnames=firsts, given=frozenset({"?"}) if traits.given else traits.given)


def listen(hear: Callable[[Traits], Traits] = _as_heard, key: bytes = _KEY) -> Judge:
    """The product's judgement, with all that a database between two reports takes away."""
    tag = tag_with(key)

    def sight(told: Told) -> Sighting | None:
        traits = read_traits(told.person, year=YEAR)
        return Sighting(blind_traits(hear(traits), tag), told.day, told.region) if traits else None

    def judge(one: Told, two: Told) -> bool:
        here, there = sight(one), sight(two)
        if here is None or there is None or there.likeness.buckets[0] not in here.likeness.buckets:
            return False
        return compare(here, there).enough

    return judge


def read_letters(one: Told, two: Told) -> bool:
    """The control that compares given and family name letter by letter."""
    parts = ("given_name", "surname")
    return all(one.person.get(part) == two.person.get(part) for part in parts) and bool(one.person)


def judge_all(pairs: Iterable[Pair], judge: Judge) -> Tally:
    """Every pair, judged."""
    tally = Tally()
    for pair in pairs:
        tally.note(pair, judge(pair.one, pair.two))
    return tally


async def hold(sizes: Sizes, show: Show) -> Outcome:
    """Judge the same pairs three times."""
    same = sizes["pairs"]
    drawn = draw_pairs(sizes.seed, same=same, others=OTHERS * same)
    pairs = list(show.each(drawn, "drawing pairs", total=(1 + OTHERS) * same))
    tally = judge_all(pairs, listen())
    letters, sound = judge_all(pairs, read_letters), judge_all(pairs, listen(first_sound))
    figures = {
        **tally.told(),
        "pairs_by_kind": dict(tally.drawn),
        "found_by_mistake": dict(tally.wrong),
        "recall_by_spellings": tally.by_spelling(),
    }
    floors = {"recall": RECALL, "precision": PRECISION}
    faults = [
        f"{name} is {tally.told()[name]}" for name, least in floors.items() if tally.told()[name] < least
    ]
    control = {"letter by letter": letters.told(), "first sound only": sound.told()}
    fired = letters.recall < RECALL / 2 and sound.precision < PRECISION / 2
    return Outcome(figures, faults, control, fired=fired)


DRILL = Drill(
    "match",
    "Reports about one person are seen to be alike in any letters, and others seldom.",
    {"pairs": Size(800, 20_000, "pairs of reports about one person; five times as many about two")},
    hold,
)
