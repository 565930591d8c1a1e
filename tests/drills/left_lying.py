"""What the bot put into the moderators' group and nobody kept where; and what of all that outlives a lock."""

from __future__ import annotations

import contextlib

from tests.doubles.telegram import TelegramDouble
from tests.doubles.telegram.groups import Group
from tests.doubles.telegram.waiting import wait_until
from tests.drills.lives import PATIENCE, Lives


def nobodys(group: Group) -> int:
    """Topics that never had a card: the kill came before anybody kept where they are."""
    cards = {shown.topic for shown in group.messages if shown.from_bot and shown.document}
    return len({topic.id for topic in group.topics} - cards)


async def lock_up(tg: TelegramDouble, group: Group, lives: Lives) -> int:
    """Somebody comes in who may not: how much then still lies there of all that the bot ever put there."""
    group.add(tg.person("Чужы Чалавек"))
    async with lives.living():
        with contextlib.suppress(AssertionError):
            await wait_until(tg.world, lambda: not _count(group) or None, seconds=PATIENCE / 4, what="a lock")
    return _count(group)


def _count(group: Group) -> int:
    said = [shown for shown in group.messages if shown.from_bot and (shown.text or shown.document)]
    return len(group.topics) + len(said)
