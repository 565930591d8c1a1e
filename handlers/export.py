"""/export 30: all cases of the last days once more, as one sealed digest, if two members ask for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import date

from handlers.approvals import Approval, Matter, Request, Standing

NAME = "export"
"""How the names of its files begin."""
MOST_DAYS = 90
_DAYS = re.compile(r"[0-9]{1,2}", re.ASCII)


def read_days(argument: str) -> int | None:
    """How many days back, 1 to 90; None where it is no such number."""
    found = _DAYS.fullmatch(argument.strip())
    return int(found[0]) if found and 1 <= int(found[0]) <= MOST_DAYS else None


def has_to_wait(wanted: Request, known: Iterable[Approval], *, day: date, members: AbstractSet[str]) -> bool:
    """Whether another export is asked for, or any is on its way: there is one at a time.

    What somebody asked for or agreed to who is no member any more leads nowhere, and nobody waits for it.
    """
    for one in known:
        standing = one.standing(day)
        is_other = standing is Standing.OPEN and one.request != wanted
        goes_on = one.request.matter is Matter.EXPORT and {one.by, one.second or one.by} <= members
        if goes_on and (is_other or standing is Standing.AGREED):
            return True
    return False
