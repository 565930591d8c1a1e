"""One unit of work: all stores over the rows of one transaction. A job gets it and decides within it.

A job is `async def job(unit: UnitOfWork) -> T`. It awaits nothing but the unit's stores: the database waits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from handlers.events import Room
from storage.approvals import Approvals
from storage.audit import Audit
from storage.authors import Authors
from storage.boards import Boards
from storage.cards import Cards
from storage.cases import Cases
from storage.letters import Letters
from storage.likenesses import Likenesses
from storage.marks import Marks
from storage.objects import Objects
from storage.outbox import Outbox
from storage.positions import Positions
from storage.rows import Rows
from storage.seen import Seen
from storage.suspensions import Suspensions
from storage.talks import Talks
from storage.traces import Traces
from storage.vault import Vault
from storage.waiting import Waiting
from storage.ways import Ways


@dataclass(frozen=True, slots=True)
class Ahead:
    """What jobs will look at first, so that it is read in one go; leaving it out is only slower.

    `rooms` are those whose talks and traces will be asked for, `traced` those of the traces alone.
    `updates` are pairs of network and key, as for `seen.mark`; `cards` cases whose cards are to be made.
    """

    rooms: Sequence[Room] = field(default=(), repr=False)
    traced: Sequence[Room] = field(default=(), repr=False)
    updates: Sequence[tuple[str, str]] = field(default=(), repr=False)
    cards: Sequence[bytes] = ()


class UnitOfWork:
    """The stores."""

    def __init__(
        self, rows: Rows, vault: Vault, *, waiting: Waiting, new_id: Callable[[], bytes], policy: int = 0
    ) -> None:
        vault = vault.for_one_unit()
        self.audit = Audit(rows, vault, policy=policy)
        self._rows = rows
        self._waiting = waiting
        self.talks = Talks(rows, vault)
        self.authors = Authors(rows, vault)
        self.cases = Cases(rows, vault, self.audit)
        self.objects = Objects(rows, self.audit)
        self.cards = Cards(rows, vault, self.audit)
        self.boards = Boards(rows, vault)
        self.likenesses = Likenesses(rows, vault, cases=self.cases)
        self.approvals = Approvals(rows, vault)
        self.suspensions = Suspensions(rows, vault)
        self.outbox = Outbox(rows, vault, waiting=waiting)
        self.traces = Traces(rows, vault)
        self.letters = Letters(rows, vault, new_id=new_id)
        self.positions = Positions(rows)
        self.seen = Seen(rows, vault)
        self.marks = Marks(rows)
        self.ways = Ways(rows, vault)

    async def read_ahead(self, ahead: Sequence[Ahead]) -> None:
        """Read what the jobs of this batch say they will look at."""
        rooms = [room for some in ahead for room in some.rooms]
        traced = [room for some in ahead for room in some.traced]
        updates = [update for some in ahead for update in some.updates]
        cards = [case for some in ahead for case in some.cards]
        wanted = [self.seen.wanted(updates), self.traces.wanted([*rooms, *traced])]
        wanted += [*self.cases.wanted(cards), self.cards.wanted(cards), self.likenesses.wanted(cards)]
        if not rooms:
            await self._rows.read_ahead(*wanted)
            return
        talks, shadows = self.talks.wanted(rooms), self.authors.wanted(rooms)
        await self._rows.read_ahead(*wanted, talks, shadows, self.audit.wanted())
        open_talks = await self.talks.those_in(rooms)
        new = [talk.code for talk in open_talks if not talk.sealed]
        await self._rows.read_ahead(*self.cases.wanted([talk.case for talk in open_talks], codes=new))

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A part of a job that stands or falls alone: what it changed is undone when it raises."""
        changes, mark = self._rows.copy_job(), self._waiting.mark()
        try:
            yield
        except BaseException:
            self._rows.restore_job(changes)
            self._waiting.undo(mark)
            raise
