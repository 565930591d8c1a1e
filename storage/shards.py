"""Shards: letters that must stay in order lie in one, and a shard has one sender at a time.

A slot is named `what:about`. Screens and erasers are about one reporter's chat and go to the shard of that
chat. Everything else is about the moderators' room, which has one budget, and goes to the shard of that room.
"""

from __future__ import annotations

SHARDS = 16
READING = SHARDS  # beside the shards: the lease of the one who reads
UNSORTED = -1  # a row from before there were shards
_OF_A_CHAT = frozenset({"show", "erase"})


def lane_of_slot(slot: str) -> str:
    """What decides about the shard."""
    what, _, about = slot.partition(":")
    return about if what in _OF_A_CHAT else ""
