"""Windows: a warm crowd of so many talks, watched for so many seconds."""

from __future__ import annotations

import asyncio
import os
from time import perf_counter

from bench.crowd.api import Api
from bench.crowd.people import Counted, People
from bench.crowd.script import Sample, Window
from bench.figures import percentile
from bench.machine import cpu_seconds, memory_bytes

PATIENCE = 30.0  # seconds without a single right answer
_LOOK = 0.005


class Stuck(Exception):
    """Nobody was answered rightly for a long while."""


async def watch(api: Api, window: Window) -> Sample:
    """Open the talks, let everybody come round once, measure, and let everybody be answered.

    :raises Stuck: the bot does not answer, or not as the script wants.
    """
    people = api.people
    people.open_talks(window.talks, depth=window.depth)
    await _until_answered(people)
    if not window.seconds:
        return await _measure(api, window, None)
    if window.rate:
        people.pace()
        sample = await _measure(api, window, asyncio.create_task(_keep_pace(people, window.rate)))
    else:
        people.go_on()
        await _until(people, people.steps + window.talks)
        sample = await _measure(api, window, None)
    people.pause()
    await _until_answered(people)
    return sample


async def _measure(api: Api, window: Window, pace: asyncio.Task[None] | None) -> Sample:
    people, own = api.people, os.getpid()
    people.counted = Counted(wrong=people.counted.wrong)  # those before count, too
    api.cards.begin()
    cpu, crowd_cpu, begun = cpu_seconds(window.pid), cpu_seconds(own), perf_counter()
    await asyncio.sleep(window.seconds)
    counted, seconds = people.counted, perf_counter() - begun
    cards, ways = api.cards.taken, api.cards.ways.most_common(1)
    cpu, crowd_cpu = cpu_seconds(window.pid) - cpu, cpu_seconds(own) - crowd_cpu
    people.counted = Counted()
    if pace is not None:
        pace.cancel()
    rss, peak = memory_bytes(window.pid)
    taken = counted.taken or [0.0]
    return Sample(
        steps=len(counted.taken),
        seconds=seconds,
        p50=percentile(taken, 0.5),
        p99=percentile(taken, 0.99),
        cpu=cpu,
        crowd_cpu=crowd_cpu,
        rss=rss,
        peak=peak,
        calls=dict(counted.calls),
        wrong=counted.wrong,
        untaken=counted.untaken,
        dialogues=counted.dialogues,
        documents=counted.documents,
        chats=len(people.talks),
        shown=people.shown,
        cards=len(cards),
        card_p50=percentile(cards or [0.0], 0.5),
        card_p99=percentile(cards or [0.0], 0.99),
        card_calls=ways[0][0] if ways else (),
    )


async def _keep_pace(people: People, rate: float) -> None:
    """Turns at their times, however late the last one was."""
    begun, taken = perf_counter(), 0
    while True:
        taken += 1
        await asyncio.sleep(max(0.0, begun + taken / rate - perf_counter()))
        people.take_one()


async def _until_answered(people: People) -> None:
    while people.unanswered:
        await _progress(people)


async def _until(people: People, steps: int) -> None:
    while people.steps < steps:
        await _progress(people)


async def _progress(people: People) -> None:
    """Wait for the next right answer."""
    steps, begun = people.steps, perf_counter()
    while people.steps == steps and people.unanswered:
        if perf_counter() - begun > PATIENCE:
            raise Stuck(_where(people))
        await asyncio.sleep(_LOOK)


def _where(people: People) -> str:
    waiting = people.waiting()
    turns = sorted({talk.turn for talk in waiting})
    return (
        f"no right answer for {PATIENCE:.0f} s: {len(waiting)} people wait at turns {turns}, "
        f"{people.counted.wrong} answers were not what the script wants"
    )
