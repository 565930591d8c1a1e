"""The control of `workers`: a worker that believes it is alone and holds everything."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

from bot.app import put_together
from bot.service import Service
from bot.settings_file import read_settings
from storage.leases import Leases, View
from storage.operator import load
from storage.shards import SHARDS
from tests.bot.commands.paperwork import Paperwork


class Everything:
    """The real leases, in which nobody else is ever seen."""

    def __init__(self, real: Leases) -> None:
        self._real = real

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    async def look(self) -> View:
        """Only we are there, and hold every share."""
        view = await self._real.look()
        return View(view.me, {view.me: view.workers[view.me]}, dict.fromkeys(range(SHARDS + 1), view.me))


@asynccontextmanager
async def unleased(papers: Paperwork) -> AsyncIterator[Service]:
    """`vestka run`, but for that; it is at work."""
    settings = read_settings(papers.settings)
    usual = await put_together(settings, load(settings.secrets_path, papers.passphrase.read_text("utf-8")))
    leases = cast(Leases, Everything(cast(Leases, usual.instance.store.leases)))
    service, stop = Service(usual.instance, usual.network, clock=usual.clock, leases=leases), asyncio.Event()
    running = asyncio.create_task(service.run(stop))
    try:
        while len(service.instance.store.shards) < SHARDS:  # noqa: ASYNC110  (it takes them when it takes them)
            await asyncio.sleep(0.02)
        yield service
    finally:
        stop.set()
        await running
