"""Kills a process every two seconds, and the broker once; a seed makes it repeatable.

It goes on for as long as it was told, and on a slow machine until the load has been under it long
enough to say something; then it gives up.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from deploy.embedded.rabbitmq import EmbeddedRabbitMQ
from tests.kept import KeptProcess

INTERVAL = 2.0  # seconds
BROKER_DOWN = 1.0  # seconds
LONGEST = 10  # times as long as it was told


class Monkey:
    """`kills` counts what really died: a victim that was down anyway does not count."""

    def __init__(self, processes: Sequence[KeptProcess], broker: EmbeddedRabbitMQ, seed: int):
        self.kills: Counter[str] = Counter()
        self._broker = broker
        self._victims = _in_random_order(processes, random.Random(seed))

    async def run(self, seconds: float, enough: Callable[[], bool]) -> None:
        rounds = int(seconds / INTERVAL)
        async with asyncio.TaskGroup() as group:
            for number in range(LONGEST * rounds):
                if number >= rounds and enough():
                    return
                if number == rounds // 2:
                    group.create_task(self._restart_broker())
                self._kill_one()
                await asyncio.sleep(INTERVAL)

    def _kill_one(self) -> None:
        victim = next(self._victims)
        while not victim.kill():
            victim = next(self._victims)
        self.kills[victim.name] += 1

    async def _restart_broker(self) -> None:
        self._broker.kill()
        self.kills["rabbitmq"] += 1
        await asyncio.sleep(BROKER_DOWN)
        self._broker.launch()
        await asyncio.to_thread(self._broker.wait_until_ready)


def _in_random_order(
    processes: Sequence[KeptProcess], dice: random.Random
) -> Iterator[KeptProcess]:
    """Everybody once, in random order, then again: so that nobody is spared by chance."""
    while True:
        yield from dice.sample(processes, len(processes))
