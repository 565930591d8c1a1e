"""Waiting for something to appear, without sleeping for a guessed time."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from tests.doubles.telegram.state import World

T = TypeVar("T")
PATIENCE = 30.0  # seconds; a busy machine is slow, and only a test that fails waits so long


async def wait_until(world: World, look: Callable[[], T | None], *, seconds: float, what: str) -> T:
    """The first thing `look` finds; AssertionError with `what` if it finds nothing in time."""
    loop = asyncio.get_running_loop()
    until = loop.time() + seconds
    while True:
        found = look()
        if found is not None and found is not False:
            return found
        left = until - loop.time()
        if left <= 0:
            raise AssertionError(f"waited {seconds:g} s in vain for {what}")
        await world.bell.wait(min(left, 0.25))
