"""No roster is obeyed that is unsigned, old, foreign or expired, or brings in whom nobody vouched for."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from storage.sealing import (
    Identity,
    Member,
    Roster,
    RosterRefused,
    SigningKey,
    VerifiedRoster,
    check_successor,
    sign_roster,
    verify_roster,
    vouch,
)
from storage.sealing.members import Voucher
from tests.drills.drill import Drill, Outcome, Show, Size, Sizes

DAY = date(2026, 11, 23)
ORGANISATION = "Узорны цэнтр"
ROOTS = [SigningKey.from_seed(bytes([number]) * 32) for number in (1, 2, 3)]
THRESHOLD = 2
KEYS = {f"m-{number:02}": SigningKey.from_seed(bytes([number + 100]) * 32) for number in range(1, 8)}
SEALING = [Identity.from_seed(bytes([number]) * 32).recipient for number in range(1, 9)]


def make_member(number: int, **changes: Any) -> Member:
    """m-01, m-02 …"""
    name = f"m-{number:02}"
    member = Member(
        name,
        {"telegram": str(9000 + number)},
        SEALING[number - 1],
        KEYS[name].public,
        role="moderator",
        not_before=DAY - timedelta(days=30),
        expires=DAY + timedelta(days=60),
    )
    return replace(member, **changes)


def give(member: Member, *givers: str, organisation: str = ORGANISATION) -> Member:
    """With vouchers by these members."""
    given = tuple(vouch(member, organisation, by=by, key=KEYS[by]) for by in givers)
    return replace(member, vouchers=given)


TEAM = (
    *(make_member(number) for number in (1, 2, 3)),
    make_member(4, expires=DAY - timedelta(days=1)),
    make_member(5, suspended=True),
)
NEWCOMER = give(make_member(6), "m-01", "m-02")
USED = Roster(ORGANISATION, 7, DAY - timedelta(days=30), TEAM, None)
GOOD = Roster(ORGANISATION, 8, DAY, (*TEAM, NEWCOMER), None)


def obey(data: bytes, before: VerifiedRoster, *, threshold: int = THRESHOLD, vouchers: int = 2) -> bool:
    """Whether an instance that uses `before` would take it."""
    roots = [root.public for root in ROOTS]
    try:
        roster = verify_roster(data, roots=roots, threshold=threshold, newer_than=before.serial)
        check_successor(roster, after=before, on=DAY, vouchers=vouchers)
    except RosterRefused:
        return False
    return bool(roster.members_on(DAY))


Forgery = Callable[[random.Random], bytes]


def signed(roster: Roster, *roots: SigningKey) -> bytes:
    """By these roots, or the first two."""
    return sign_roster(roster, roots or ROOTS[:2])


def newcomer(member: Member) -> bytes:
    """The good roster with somebody else in the newcomer's place."""
    return signed(replace(GOOD, members=(*TEAM, member)))


def turned(chance: random.Random) -> bytes:
    """One bit turned."""
    data = bytearray(signed(GOOD))
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def cut(chance: random.Random) -> bytes:
    """Cut off, or with something more."""
    data = signed(GOOD)
    at = chance.randrange(len(data))
    return data[:at] if chance.random() < 0.5 else data[:at] + chance.randbytes(3) + data[at:]


def edited(chance: random.Random) -> bytes:
    """Changed after both signed: their signatures are kept."""
    old = Roster.from_bytes(signed(GOOD))
    at = chance.randrange(len(old.members))
    changed: dict[str, Any] = chance.choice(
        (
            {"expires": DAY + timedelta(days=chance.randrange(61, 999))},
            {"role": chance.choice(("lead", "coordinator"))},
            {"suspended": not old.members[at].suspended},
            {"accounts": {"telegram": str(chance.randrange(10**9))}},
            {"recipient": SEALING[7]},
        )
    )
    members = [*old.members]
    members[at] = replace(members[at], **changed)
    return replace(old, members=tuple(members)).to_bytes()


def one_root(chance: random.Random) -> bytes:
    """One of two; alone, twice, or beside strangers."""
    root, stranger = chance.choice(ROOTS), SigningKey.from_seed(chance.randbytes(32))
    doubled = Roster.from_bytes(signed(GOOD, root))
    doubled = replace(doubled, signatures=doubled.signatures * 2)
    return chance.choice((signed(GOOD, root), signed(GOOD, root, stranger), doubled.to_bytes()))


def forged(chance: random.Random) -> bytes:
    """Another key's signature under a root's name."""
    good = Roster.from_bytes(signed(GOOD))
    stranger = SigningKey.from_seed(chance.randbytes(32))
    theirs = Roster.from_bytes(signed(GOOD, stranger)).signatures[0].sig
    at = chance.randrange(2)
    lies = [replace(each, sig=theirs) if place == at else each for place, each in enumerate(good.signatures)]
    return replace(good, signatures=tuple(lies)).to_bytes()


def replayed(chance: random.Random) -> bytes:
    """A serial that was there before."""
    return signed(replace(GOOD, serial=chance.randrange(1, 8)))


def foreign(chance: random.Random) -> bytes:
    """Signed by the same roots for somebody else."""
    return signed(replace(GOOD, organisation=f"Іншы цэнтр {chance.randrange(99)}"))


def over(chance: random.Random) -> bytes:
    """Nobody in it is valid any more, or yet."""
    away = timedelta(days=chance.randrange(1, 99))
    days: dict[str, Any] = chance.choice(({"expires": DAY - away}, {"not_before": DAY + away}))
    return signed(replace(GOOD, members=tuple(replace(each, **days) for each in GOOD.members)))


def unvouched(chance: random.Random) -> bytes:
    """Vouched for by too few who count: one, one twice over, the expired, the suspended, by each other."""
    who = chance.choice(
        ([], ["m-01"], ["m-03"], ["m-01", "m-04"], ["m-02", "m-05"], ["m-04", "m-05"], ["m-03", "m-07"])
    )
    return newcomer(give(make_member(6), *who))


def borrowed(chance: random.Random) -> bytes:
    """Vouchers for something else: another role, account, key, organisation; or with another's name on it."""
    if chance.random() < 0.2:
        return newcomer(give(make_member(6), "m-01", "m-02", organisation="Іншы цэнтр"))
    if chance.random() < 0.2:
        good, other = NEWCOMER.vouchers
        return newcomer(replace(NEWCOMER, vouchers=(good, Voucher("m-03", chance.choice((good, other)).sig))))
    changed: dict[str, Any] = chance.choice(
        (
            {"role": "lead"},
            {"accounts": {"telegram": str(chance.randrange(10**9))}},
            {"recipient": SEALING[7]},
            {"identity_key": KEYS["m-07"].public},
        )
    )
    return newcomer(replace(NEWCOMER, **changed))


def promoted(chance: random.Random) -> bytes:
    """Somebody known with another key, account or role, by the roots alone."""
    at = chance.randrange(3)
    changed: dict[str, Any] = chance.choice(
        ({"role": "lead"}, {"recipient": SEALING[7]}, {"accounts": {"telegram": "77"}})
    )
    members = [*TEAM, NEWCOMER]
    members[at] = replace(members[at], **changed)
    return signed(replace(GOOD, members=tuple(members)))


FORGERIES: Mapping[str, Forgery] = {
    "bit": turned,
    "cut": cut,
    "edited": edited,
    "one_root": one_root,
    "forged": forged,
    "replayed": replayed,
    "organisation": foreign,
    "expired": over,
    "unvouched": unvouched,
    "borrowed": borrowed,
    "promoted": promoted,
}
CONTROLS: Mapping[str, tuple[str, ...]] = {
    "vouchers": ("unvouched", "borrowed", "promoted"),
    "threshold": ("one_root",),
}


async def _hold(sizes: Sizes, show: Show) -> Outcome:
    chance = random.Random(sizes.seed)
    before = verify_roster(signed(USED), roots=[root.public for root in ROOTS], threshold=THRESHOLD)
    tried: Counter[str] = Counter()
    accepted: Counter[str] = Counter()
    control: Counter[str] = Counter()
    lax = {"vouchers": partial(obey, vouchers=0), "threshold": partial(obey, threshold=1)}
    for number in show.each(range(sizes["forgeries"]), "Forging"):
        kind = [*FORGERIES][number % len(FORGERIES)]
        data = FORGERIES[kind](chance)
        tried[kind] += 1
        accepted[kind] += obey(data, before)
        for name, kinds in CONTROLS.items():
            if kind in kinds:
                control[f"without_{name}"] += lax[name](data, before)
    faults = [f"{number} {kind} accepted" for kind, number in accepted.items() if number]
    faults += [] if obey(signed(GOOD), before) else ["the good one is refused"]
    figures = {"tried": sum(tried.values()), "accepted": sum(accepted.values()), "kinds": len(tried)}
    fired = all(control[f"without_{name}"] for name in CONTROLS)
    return Outcome(figures, faults, dict(control), fired)


DRILL = Drill(
    "certificates",
    "A forged, expired, half-signed, foreign, old or unvouched roster is never obeyed.",
    {"forgeries": Size(440, 100_000, "altered rosters to try")},
    _hold,
)
