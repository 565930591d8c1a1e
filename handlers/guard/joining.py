"""Who may come into the moderators' group: by a link made for an entry of the roster, with its account."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from handlers.guard.facts import Validity, Vetted

LINK_LIVES = timedelta(minutes=10)


def may_enter(roster: Iterable[Vetted], entry: str, account: str) -> bool:
    """Whether the link was made for somebody who is valid today, and it is they who knock."""
    return Vetted(entry, account, Validity.VALID) in set(roster)
