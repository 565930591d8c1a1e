"""What may be taken out of the outbox now: errands and screens have room of their own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from bot.sending.lanes import Fresh, Lane, lane_of, room_of
from storage.outbox import Letter
from storage.unit_of_work import UnitOfWork

AT_ONCE = 100  # letters under way, of screens and of errands; newer ones can still overtake the others


class Claims:
    """Marks letters as being sent, as long as the lanes have room; `errands` are the app's own kinds."""

    def __init__(
        self,
        errands: Iterable[str],
        lanes: Mapping[str, Lane],
        *,
        resting: Collection[str],
        paused: Callable[[], bool],
    ) -> None:
        self._errands = tuple(f"{kind}:" for kind in errands)
        self._lanes = lanes
        self._resting = resting
        self._paused = paused

    def is_errand(self, slot: str) -> bool:
        """Whether a slot, or the lane of it, is one of the app's own kinds."""
        return slot.startswith(self._errands)

    async def claim(self, uow: UnitOfWork) -> list[Letter]:
        """What waits: a crowd of cards keeps no reporter waiting."""
        room = 0 if self._paused() else self._room(errand=True)
        errands = await uow.outbox.claim(room, fits=self._is_idle_errand)
        screens = await uow.outbox.claim(self._room(errand=False), fits=lambda slot: not self.is_errand(slot))
        return [*errands, *screens]

    async def claim_fresh(self, uow: UnitOfWork, letters: Sequence[Letter]) -> Sequence[Fresh]:
        """Screens in the very transaction that puts them, with what lies in rooms that are idle."""
        fresh: list[Fresh] = []
        for one in await uow.outbox.claim_these(letters[: self._room(errand=False)]):
            idle = lane_of(one) not in self._lanes
            fresh.append(Fresh(one, await uow.traces.of(room_of(one.payload)) if idle else None))
        return fresh

    def _is_idle_errand(self, slot: str) -> bool:
        """One of each at a time: in the outbox the next ones replace each other, in a lane they would not."""
        return self.is_errand(slot) and slot not in self._lanes

    def _room(self, *, errand: bool) -> int:
        lanes = (lane for name, lane in self._lanes.items() if name not in self._resting)
        return max(
            0, AT_ONCE - sum(len(lane.letters) for lane in lanes if self.is_errand(lane.name) is errand)
        )
