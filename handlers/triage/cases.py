"""A case as the moderators' side knows it: status with history, who works on it, what was found out since.

Nothing here is one overwritten cell: the work and the person's fate are histories of dated steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from handlers.triage.facts import CardFacts, Level


class Status(StrEnum):
    """Where the work on a case stands."""

    HELD = "held"  # checkpoint of a talk that still goes on; no card
    NEW = "new"
    CLAIMED = "claimed"
    MERGED = "merged"  # another case goes on for both
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the history: to which status, on which day (ISO), by which pseudonym ("" = the bot).

    `reason` is an id of the closed list that belongs to the act, or "".
    """

    status: Status
    day: str
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Override:
    """An urgency that a person set: level, reason (id of a closed list), who, on which day (ISO)."""

    level: Level
    reason: str
    by: str
    day: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One entry on one axis of the detained person's fate (`handlers/triage/fate.py`).

    `axis` is "life", "track" or "contact", `state` an id of that axis, `since` the ISO day from which it
    holds, `source` and `grade` say how it is known, `by` and `day` who noted it and when.
    """

    axis: str
    state: str
    since: str
    source: str
    grade: str
    by: str
    day: str


@dataclass(frozen=True, slots=True)
class Verified:
    """How well one fact of the report is known: id of the fact, grade, who said so, on which day (ISO)."""

    fact: str
    grade: str
    by: str
    day: str


class Reached(StrEnum):
    """What became of a question to the reporter."""

    WAITING = "waiting"  # not delivered yet
    SENT = "sent"
    ANSWERED = "answered"
    DECLINED = "declined"
    BLOCKED = "blocked"  # the reporter's chat takes nothing from us
    EXPIRED = "expired"  # nobody can reach them any more


@dataclass(frozen=True, slots=True)
class Contact:
    """One question to the reporter: id of the closed list or "free", ISO day, by which pseudonym."""

    question: str
    day: str
    by: str
    state: Reached = Reached.WAITING


@dataclass(frozen=True, slots=True)
class Joined:
    """Into which case this one was merged, and how it stood before: what `unmerge` brings back."""

    into: bytes
    status: Status
    claimant: str | None
    until: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """A case merged into this one, and the urgency it brought: the more urgent of two reports counts."""

    id: bytes
    level: Level


@dataclass(frozen=True, slots=True)
class Case:
    """Everything the server keeps about a case beside the sealed report. Lives under the operator's key."""

    id: bytes
    code: str
    facts: CardFacts
    status: Status
    claimant: str | None
    history: tuple[Step, ...]
    day: str  # ISO day on which it was first sealed
    revision: int = 1
    until: str | None = None  # the last ISO day of the claim
    override: Override | None = None
    labels: tuple[str, ...] = ()
    fate: tuple[Finding, ...] = ()
    verified: tuple[Verified, ...] = ()
    linked: tuple[bytes, ...] = ()  # possibly the same person; both name each other
    joined: Joined | None = None
    parts: tuple[Part, ...] = ()
    notes: int = 0
    noted: str = ""  # ISO day of the last note
    shadowed: bool = False  # what its reporter's account writes is read no more
    contacts: tuple[Contact, ...] = ()
    unseen: int = 0  # answers that nobody has looked at
    heard: int = 0  # answers so far
    touched: str = ""  # ISO day of the last change, whoever made it; a look changes nothing
    facility: str = ""  # where the person is held (id of the pack's list): it groups, no card says it

    @property
    def level(self) -> Level:
        """The urgency that counts: a person's word before the table's, and the most urgent of all parts."""
        own = self.override.level if self.override else self.facts.level
        return min((own, *(part.level for part in self.parts)), key=tuple(Level).index)

    def lapsed(self, day: str) -> bool:
        """Whether the claim has run out by this ISO day."""
        return self.until is not None and self.until < day
