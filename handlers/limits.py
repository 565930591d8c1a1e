"""Budgets against floods, as plain functions of (bucket, now).

A budget says how many calls may fall into any span of time; a bucket remembers when the last ones were.
Times are seconds on any clock that does not run backwards. Sources: the Bot API's FAQ ("about one message
per second in a chat, 20 per minute in a group, 30 per second overall"), each with some room left.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from handlers.events import Room


@dataclass(frozen=True, slots=True)
class Allowance:
    """At most `most` calls in any `span` seconds."""

    most: int
    span: float


Budget = tuple[Allowance, ...]


@dataclass(frozen=True, slots=True)
class Bucket:
    """When the last calls were, oldest first, and until when the other side wants none."""

    calls: tuple[float, ...] = ()
    closed_until: float = 0.0


EMPTY = Bucket()


@dataclass(frozen=True, slots=True)
class Limits:
    """Budgets of one network: for everything, for one private chat, for one group."""

    overall: Budget = (Allowance(25, 1.0),)
    private: Budget = (Allowance(3, 3.0),)
    group: Budget = (Allowance(1, 1.1), Allowance(18, 60.0))


TELEGRAM = Limits()
UNLIMITED = Limits(overall=(), private=(), group=())

STRANGERS_WITHIN = 5.0  # seconds: two refusals in different rooms so close together concern everything


def divide(limits: Limits, among: int) -> Limits:
    """The part of one of several senders; rooms are not divided, because each has one sender."""
    overall = tuple(Allowance(max(1, one.most // among), one.span) for one in limits.overall)
    return Limits(overall, private=limits.private, group=limits.group)


def is_group(room: Room) -> bool:
    """A room of many; Telegram numbers them below zero."""
    return room.id.startswith(("-", "!"))


def wait(bucket: Bucket, budget: Budget, now: float) -> float:
    """Seconds until one more call fits; 0 if it fits now."""
    waits = [_wait_for(bucket.calls, allowance, now) for allowance in budget]
    return round(max([bucket.closed_until - now, 0.0, *waits]), 6)  # what is less is no time, but rounding


def spend(bucket: Bucket, budget: Budget, now: float) -> Bucket:
    """One call more; what no allowance looks at any more is forgotten."""
    longest = max((allowance.span for allowance in budget), default=0.0)
    recent = tuple(call for call in bucket.calls if now - call < longest)
    return Bucket((*recent, now) if longest else (), bucket.closed_until)


def close(bucket: Bucket, until: float) -> Bucket:
    """No call before `until`; an earlier promise that lasts longer is kept."""
    return Bucket(bucket.calls, max(bucket.closed_until, until))


def is_stale(bucket: Bucket, budget: Budget, now: float) -> bool:
    """Whether an empty bucket would say the same."""
    longest = max((allowance.span for allowance in budget), default=0.0)
    return bucket.closed_until <= now and all(now - call >= longest for call in bucket.calls)


@dataclass(frozen=True, slots=True)
class Floods:
    """When each room was last told to wait; for telling one room's flood from everybody's."""

    rooms: Mapping[Room, float] = field(default_factory=dict, repr=False)


def note_flood(floods: Floods, room: Room, now: float) -> tuple[Floods, bool]:
    """Remember a refusal; true if another room was refused within seconds, so that all must wait."""
    recent = {one: at for one, at in floods.rooms.items() if now - at < STRANGERS_WITHIN}
    everybody = any(one != room for one in recent)
    return Floods({**recent, room: now}), everybody


def backoff(tries: int, chance: float, *, first: float = 1.0, longest: float = 300.0) -> float:
    """Seconds to wait after the `tries`th failure (from 1): doubling, spread by `chance` (0 to 1)."""
    return min(longest, first * 2.0 ** min(tries - 1, 20)) * (0.5 + chance / 2)


def _wait_for(calls: tuple[float, ...], allowance: Allowance, now: float) -> float:
    if len(calls) < allowance.most:
        return 0.0
    return calls[-allowance.most] + allowance.span - now
