"""A case as the moderators' side knows it: status with history, who works on it, where its card lies.

Status is a history of dated steps, never one overwritten cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from handlers.triage.facts import CardFacts


class Status(StrEnum):
    """Where the work on a case stands."""

    HELD = "held"  # checkpoint of a talk that still goes on; no card
    NEW = "new"
    CLAIMED = "claimed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the history: to which status, on which day (ISO), by which pseudonym ("" = the bot)."""

    status: Status
    day: str
    by: str = ""


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
