"""Updates that were handled already, recognised by a keyed hash for as long as the day's pepper lives."""

from __future__ import annotations

from collections.abc import Iterable

from storage.rows import Rows
from storage.speech import Wanted
from storage.tables import seen
from storage.vault import Vault


class Seen:
    """What was handled today and yesterday."""

    def __init__(self, rows: Rows, vault: Vault) -> None:
        self._rows = rows
        self._vault = vault

    def wanted(self, updates: Iterable[tuple[str, str]]) -> Wanted:
        """What `mark` will look for: `updates` are pairs of network and key."""
        days = self._vault.ring.days
        return seen.c.tag, [self._vault.tag_update(*update, keys) for update in updates for keys in days]

    async def mark(self, network: str, key: str) -> bool:
        """Remember the update; False if it was handled before."""
        for keys in self._vault.ring.days:
            if await self._rows.get(seen, self._vault.tag_update(network, key, keys)):
                return False
        today = self._vault.ring.today
        self._rows.put(seen, {"tag": self._vault.tag_update(network, key, today), "day": today.day})
        return True
