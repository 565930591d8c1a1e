"""Which sealed objects a member's key could open, found without that key.

An object names the set it was sealed to by a hash. Whoever has the signed rosters of that time can make the
sets of each day anew, and see whose hash it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import chain, combinations

from bot.keys.sealed_files import Found
from handlers.duty import LEAST
from storage.sealing import Label, NobodyToSealTo, Roster, SealingSet, VerifiedRoster, read_label, sealing_set

MISSING_AT_ONCE = 2  # so many people suspended in the chat at one time are tried
SMALL_TEAM = 12  # up to so many members every duty list is tried: 4,096 sets for each day at most


@dataclass(frozen=True, slots=True)
class Seen:
    """One object: its code or file name, what it is, the day it was sealed."""

    name: str
    kind: str
    day: str

    def __str__(self) -> str:
        return f"{self.name}  {self.kind}  {self.day}"


@dataclass(frozen=True, slots=True)
class Exposure:
    """What the key could open, what cannot be ruled out (no roster given fits), and how many it could not."""

    exposed: tuple[Seen, ...]
    unknown: tuple[Seen, ...]
    safe: int

    def to_json(self) -> dict[str, object]:
        """For scripts."""
        listed = {"exposed": self.exposed, "unknown": self.unknown}
        spelt: dict[str, object] = {
            name: [{"name": one.name, "kind": one.kind, "day": one.day} for one in some]
            for name, some in listed.items()
        }
        return spelt | {"safe": self.safe}


def keys_of(pseudonym: str, rosters: Iterable[Roster | VerifiedRoster]) -> frozenset[bytes]:
    """All sealing keys that stood under this pseudonym."""
    members = chain.from_iterable(roster.members for roster in rosters)
    return frozenset(each.recipient.public for each in members if each.pseudonym == pseudonym)


def examine(found: Iterable[Found], keys: Collection[bytes], rosters: Sequence[VerifiedRoster]) -> Exposure:
    """Go through objects; each counts once, however often it was given.

    :raises CannotOpen: a file is no sealed object.
    """
    sets: dict[tuple[date, bytes], SealingSet | None] = {}
    verdicts: dict[bytes, tuple[Seen, bool | None]] = {}
    for one in found:
        label = read_label(one.data)
        which = label.day, label.roster_hash
        if which not in sets:
            sets[which] = _find_set(label, rosters)
        readers = sets[which]
        opens = None if readers is None else any(each.public in keys for each in readers.recipients)
        seen = Seen(one.name, label.kind.name.lower(), label.day.isoformat())
        verdicts[label.object_id] = seen, opens
    return Exposure(
        exposed=tuple(seen for seen, opens in verdicts.values() if opens),
        unknown=tuple(seen for seen, opens in verdicts.values() if opens is None),
        safe=sum(opens is False for _, opens in verdicts.values()),
    )


def spell_exposure(exposure: Exposure, pseudonym: str, *, on: date) -> str:
    """The report, for a lead to read."""
    lines = [
        f"What the key of {pseudonym} could open, as of {on}",
        "",
        f"Could open: {len(exposure.exposed)}",
        *(f"  {seen}" for seen in exposure.exposed),
        f"Cannot be ruled out, because no roster given here fits: {len(exposure.unknown)}",
        *(f"  {seen}" for seen in exposure.unknown),
        f"Could not open: {exposure.safe}",
        "",
        "Only the files that were given are counted, by the label that each carries. What was read or",
        "copied stays read and copied, whatever is revoked or sealed anew: speak with those whom it may put",
        "at risk.",
        "",
    ]
    return "\n".join(lines)


def _find_set(label: Label, rosters: Sequence[VerifiedRoster]) -> SealingSet | None:
    """The sealing set that the label names."""
    for roster in rosters:
        for readers in _sets(roster, label.day):
            if readers.roster_hash == label.roster_hash:
                return readers
    return None


def _sets(roster: VerifiedRoster, day: date) -> Iterator[SealingSet]:
    """Whom objects of a day may have been sealed to: strictly or not, with some suspended or not on duty."""
    valid = [member.pseudonym for member in roster.members_on(day)]
    most = max(MISSING_AT_ONCE, len(valid) - LEAST) if len(valid) <= SMALL_TEAM else MISSING_AT_ONCE
    for missing in chain.from_iterable(combinations(valid, number) for number in range(most + 1)):
        for strict in (False, True):
            with suppress(NobodyToSealTo):
                yield sealing_set(roster.without(frozenset(missing)), on=day, strict=strict)
