"""Suspended in the chat by two of the team: at once, until the root signs something newer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Suspension:
    """Two members, `by` and `second`, suspended a third one.

    `id` has 16 bytes, `day` is the ISO day, `serial` that of the roster in use then.
    """

    id: bytes
    pseudonym: str
    by: str
    second: str
    day: str
    serial: int

    def holds(self, *, serial: int, made: str) -> bool:
        """Whether it counts under the roster with this serial, signed on the ISO day `made`.

        A roster that was signed on the same day or before may not know of it yet.
        """
        return serial <= self.serial or made <= self.day


def suspended_now(suspensions: Iterable[Suspension], *, serial: int, made: str) -> frozenset[str]:
    """Pseudonyms of everybody who is suspended under this roster."""
    return frozenset(one.pseudonym for one in suspensions if one.holds(serial=serial, made=made))
