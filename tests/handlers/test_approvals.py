"""Two people, every order of events: what is done was asked by one and agreed to by another, as it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pytest

from handlers import approvals
from handlers.approvals import (
    RULES,
    Answer,
    Approval,
    Matter,
    Members,
    Request,
    Standing,
    hash_words,
    read_consent,
    write_consent,
)
from handlers.texts import LANGUAGES, Texts
from handlers.triage.changes import Refusal
from tests.tables import each

DAY = date(2026, 11, 23)
CASE = b"case-of-approval"
LINES = {"m-01": "east", "m-02": "east", "m-03": "west"}
STRANGER = "m-99"
EVENTS = (
    *(("ask", by) for by in ("m-01", "m-02")),
    *(("agree", by) for by in ("m-01", "m-02", "m-03", STRANGER)),
    ("use", ""),
    ("day", ""),
    ("change", ""),
    ("leave", "m-01"),
    ("leave", "m-03"),
)

Agree = Callable[[Approval, Request, str, date, Members], Answer]
Use = Callable[[Approval, Request, date, Members], Answer]


def agree(approval: Approval, now: Request, by: str, day: date, members: Members) -> Answer:
    return approvals.agree(approval, now, by=by, day=day, members=members)


def use(approval: Approval, now: Request, day: date, members: Members) -> Answer:
    return approvals.use(approval, now, day=day, members=members)


@dataclass(frozen=True)
class Rules:
    """What the world goes by; a control takes one protection away."""

    agree: Agree = agree
    use: Use = use


@dataclass(frozen=True)
class World:
    """One request on its way, and, told apart from it, what really happened."""

    matter: Matter
    day: int = 0
    revision: int = 1
    members: frozenset[str] = frozenset(LINES)
    approval: Approval | None = None
    asked: tuple[str, int, int] = ("", 0, 0)  # by, day, revision
    agreed: tuple[str, int, int] | None = None
    done: int = 0
    faults: tuple[str, ...] = field(default=())

    @property
    def date(self) -> date:
        """Today."""
        return DAY + timedelta(self.day)

    @property
    def lines(self) -> Members:
        """Who is a member today."""
        return {name: LINES[name] for name in self.members}

    def now(self) -> Request:
        """What would be asked for at this moment."""
        on_case = RULES[self.matter].on_case
        return Request(self.matter, CASE if on_case else b"", self.revision if on_case else 0)


def step(world: World, event: str, by: str, rules: Rules) -> World:
    """The world after one event."""
    if event == "day":
        return replace(world, day=world.day + 1)
    if event == "change":
        return replace(world, revision=world.revision + 1)
    if event == "leave":
        return replace(world, members=world.members - {by})
    return ANSWERED[event](world, by, rules)


def _ask(world: World, by: str, _rules: Rules) -> World:
    known = [world.approval] if world.approval else []
    answer = approvals.ask(
        world.now(), key=bytes(16), by=by, day=world.date, members=world.lines, known=known
    )
    if isinstance(answer, Refusal) or answer is world.approval:
        return world
    return replace(world, approval=answer, asked=(by, world.day, world.revision), agreed=None, done=0)


def _agree(world: World, by: str, rules: Rules) -> World:
    if world.approval is None:
        return world
    answer = rules.agree(world.approval, world.now(), by, world.date, world.lines)
    if isinstance(answer, Refusal):
        return world
    faults = [] if by in world.members else ["a stranger agreed"]
    faults += ["somebody agreed twice"] if world.agreed else []
    agreed = (by, world.day, world.revision)
    return replace(world, approval=answer, agreed=agreed, faults=(*world.faults, *faults))


def _use(world: World, _by: str, rules: Rules) -> World:
    if world.approval is None:
        return world
    answer = rules.use(world.approval, world.now(), world.date, world.lines)
    if isinstance(answer, Refusal):
        return world
    return replace(world, approval=answer, done=world.done + 1, faults=(*world.faults, *judge(world)))


ANSWERED = {"ask": _ask, "agree": _agree, "use": _use}


def judge(world: World) -> Iterator[str]:
    """What is wrong with doing it now, by what happened and not by what the approval says."""
    by, asked_on, asked_at = world.asked
    second, _, agreed_at = world.agreed or ("", 0, 0)
    if not second or second == by:
        yield "nobody else agreed"
    if not {by, second} <= world.members:
        yield "one of the two had left"
    if world.day > asked_on + RULES[world.matter].days:
        yield "too late"
    if RULES[world.matter].on_case and not asked_at == agreed_at == world.revision:
        yield "not what was asked for"
    if RULES[world.matter].apart and second and LINES[by] == LINES[second]:
        yield "both of one line"
    if world.done:
        yield "done twice"


def explore(world: World, depth: int, rules: Rules) -> tuple[int, bool, set[str]]:
    """Every order of events: how many there are, whether one of them did it, and what was wrong.

    Many orders lead to the same world, and there is one way on from it: it is walked once.
    """
    reached, orders, did, faults = Counter({world: 1}), 1, False, set[str]()
    for _ in range(depth):
        after: Counter[World] = Counter()
        for now, ways in reached.items():
            for event, by in EVENTS:
                after[step(now, event, by, rules)] += ways
        reached, orders = after, orders + after.total()
        did = did or any(now.done for now in after)
        faults.update(fault for now in after for fault in now.faults)
    return orders, did, faults


@pytest.mark.parametrize("matter", [Matter.REOPEN, Matter.QUESTION, Matter.UNLOCK])
def test_in_every_order_of_events_two_people_did_it_in_time_once_as_it_stood(
    matter: Matter, thorough: bool
) -> None:
    orders, did, faults = explore(World(matter), 8 if thorough else 4, Rules())
    assert orders > 16_000
    assert did
    assert not faults


def _agrees_alone(approval: Approval, now: Request, _by: str, day: date, members: Members) -> Answer:
    other = next((name for name in members if name != approval.by), "")
    answer = approvals.agree(approval, now, by=other, day=day, members=members)
    return replace(answer, second=approval.by) if isinstance(answer, Approval) else answer


WEAKER = {
    "nobody else agreed": Rules(agree=_agrees_alone),
    "a stranger agreed": Rules(agree=lambda a, now, by, day, m: agree(a, now, by, day, {**LINES, by: ""})),
    "too late": Rules(
        agree=lambda a, now, by, _day, m: agree(a, now, by, DAY, m),
        use=lambda a, now, _day, m: use(a, now, DAY, m),
    ),
    "not what was asked for": Rules(
        agree=lambda a, _now, by, day, m: agree(a, a.request, by, day, m),
        use=lambda a, _now, day, m: use(a, a.request, day, m),
    ),
    "one of the two had left": Rules(use=lambda a, now, day, _m: use(a, now, day, LINES)),
    "done twice": Rules(use=lambda a, now, day, m: use(replace(a, used=False), now, day, m)),
}


@each((fault,) for fault in WEAKER)
def test_each_protection_that_is_taken_away_would_be_noticed(fault: str) -> None:
    deep = 5 if fault == "too late" else 4
    _, _, faults = explore(World(Matter.REOPEN), deep, WEAKER[fault])
    assert fault in faults


def test_one_line_of_vouchers_would_be_noticed() -> None:
    blind = Rules(agree=lambda a, now, by, day, m: agree(a, now, by, day, dict.fromkeys(m, "")))
    _, _, faults = explore(World(Matter.QUESTION), 4, blind)
    assert faults == {"both of one line"}


def ask(matter: Matter = Matter.REOPEN, *, by: str = "m-01", words: str = "") -> Approval:
    on_case = RULES[matter].on_case
    request = Request(matter, CASE if on_case else b"", int(on_case), words)
    answer = approvals.ask(request, key=b"i" * 16, by=by, day=DAY, members=LINES)
    assert isinstance(answer, Approval)
    return answer


def test_who_asks_twice_asks_once_and_another_who_asks_the_same_has_not_agreed() -> None:
    first = ask()
    for by in ("m-01", "m-02"):
        again = approvals.ask(first.request, key=bytes(16), by=by, day=DAY, members=LINES, known=[first])
        assert again is first
    assert first.standing(DAY) is Standing.OPEN


def test_other_words_are_another_request() -> None:
    first = ask(Matter.EXPORT, words=hash_words("K7QF2", "K7QF3"))
    now = replace(first.request, words=hash_words("K7QF2", "K7QF4"))
    answer = agree(first, now, "m-02", DAY, LINES)
    assert isinstance(answer, Refusal)
    assert hash_words("a", "b") != hash_words("ab") != hash_words() == ""


def test_an_approval_runs_out_at_the_end_of_its_last_day() -> None:
    asked = ask()
    assert asked.standing(DAY + timedelta(1)) is Standing.OPEN
    assert asked.standing(DAY + timedelta(2)) is Standing.EXPIRED
    assert replace(asked, used=True).standing(DAY + timedelta(9)) is Standing.USED


def test_a_matter_of_one_case_names_it_and_another_names_none() -> None:
    for matter, rule in RULES.items():
        wrong = Request(matter, b"" if rule.on_case else CASE)
        with pytest.raises(ValueError, match="about one case"):
            approvals.ask(wrong, key=bytes(16), by="m-01", day=DAY, members=LINES)


def test_a_button_names_its_approval_and_no_other_token_does() -> None:
    asked = ask()
    assert read_consent(write_consent(asked)) == asked.id
    assert len(write_consent(asked)) <= 64
    for token in ("a:", "a:12", f"a:{'g' * 32}", f"t:{'0' * 32}", write_consent(asked) + "\n"):
        assert read_consent(token) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_and_every_matter_has_its_words(language: str) -> None:
    texts = Texts.load()
    keys = [*approvals._WHY.values(), *(f"second-{matter}" for matter in Matter)]
    assert all(texts.has(language, key) for key in keys)
