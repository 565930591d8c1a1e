"""Who keeps finished reports: Vestka and its rivals, all in Vestka's tables and with Vestka's settings."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from bench.submissions.papers import Finished, Papers
from bot.carry_out import Carrier
from bot.instance import Instance, utc_now
from bot.settings import Organisation, Settings, Team
from handlers.intake.flow import Pack
from handlers.intake.talk import Talk
from handlers.texts import Texts
from storage.store import Store
from storage.unit_of_work import Ahead, UnitOfWork
from storage.volatile import KeyRing


class Keeper(Protocol):
    """Keeps reports in one database."""

    async def expect(self, some: Sequence[Finished]) -> None:
        """These people will finish; whoever keeps their talks does it now, while nobody counts."""

    async def keep(self, one: Finished) -> None:
        """Seal the report and keep it with its case and its card; comes back when it is on the disk."""

    async def close(self) -> None:
        """Let go."""


Open = Callable[[str, Path, Papers], Awaitable[Keeper]]
"""Opens a keeper on an empty database, with a folder of its own."""


class Vestka:
    """The product: an effect carried out in a unit of work; whoever waits meanwhile shares a commit."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance

    @classmethod
    async def open(cls, url: str, folder: Path, papers: Papers) -> Vestka:
        """As `bot.app` puts it together."""
        ring = KeyRing.open(folder / "runtime", now=utc_now(), allow_disk=True)
        store = await Store.open(
            url,
            ring=ring,
            case_key=papers.case_key,
            now=utc_now,
            new_id=lambda: secrets.token_bytes(16),
        )
        settings = Settings(organisation=Organisation(name="Узорны цэнтр"), team=Team(language="en"))
        return cls(Instance(settings, papers.roster, papers.signing, ring, store, Pack.load(), Texts.load()))

    async def expect(self, some: Sequence[Finished]) -> None:
        """Their talks stand at the review."""
        await self._instance.store.run_batch([partial(_keep_talk, one.talk) for one in some])

    async def keep(self, one: Finished) -> None:
        """As when the last button of a dialogue is pressed: what is known of the talk is read ahead."""

        async def job(uow: UnitOfWork) -> None:
            carrier = Carrier(self._instance, uow, one.talk.room, language=one.talk.language, query=None)
            await carrier.carry(one.effect)

        await self._instance.store.run(job, ahead=Ahead(rooms=[one.talk.room]))

    async def close(self) -> None:
        """Close the store."""
        await self._instance.store.close()


async def _keep_talk(talk: Talk, uow: UnitOfWork) -> None:
    await uow.talks.keep(talk)
