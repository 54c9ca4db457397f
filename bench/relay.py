"""`python -m bench.relay [--seconds N] [--json]`: how fast and how soon events arrive.

First the rate, from outbox row to committed copy over RabbitMQ, in turns with what aio-pika alone
publishes of the same bodies. Then the latency at twenty complaints a second, through the services.
"""

from __future__ import annotations

from typing import Any

from bench.chain import EVENTS, GATHERED, chain
from bench.latency import PER_SECOND, real_services
from bench.machine import rabbitmq_version
from bench.output import run, table
from bench.rounds import Rounds
from bench.world import World, private_world

RATE_SHARE = 0.6  # of the time; the rest is for the latency


async def measure(seconds: float) -> tuple[dict[str, Any], str]:
    async with private_world(broker=True) as world:
        rounds = await _rate(world, seconds * RATE_SHARE)
        async with real_services(world) as latency:
            await latency.measure(seconds * (1 - RATE_SHARE))
            unlisted = await latency.unlisted()
    assert not unlisted, f"{len(unlisted)} cases are not in the grid worker's list"
    figures = {
        "vs_publish": round(rounds.ratio("relay", "publish"), 2),
        "p50_ms": round(latency.p50_ms, 1),
        "p99_ms": round(latency.p99_ms, 1),
    }
    rows = [
        (title, f"{rounds.median(way):,.0f}", rounds.spread(way))
        for title, way in (
            ("outbox → RabbitMQ → committed copy", "relay"),
            (f"aio-pika alone, confirms gathered by {GATHERED}", "publish"),
        )
    ]
    text = table(("events per second", "median", "from … to"), rows)
    notes = (
        f"RabbitMQ {rabbitmq_version()}; ratio {figures['vs_publish']}; {len(rounds.figures)} "
        f"rounds of {EVENTS:,} events\n"
        f"POST → visible to the grid worker at {PER_SECOND}/s: p50 {figures['p50_ms']} ms, "
        f"p99 {figures['p99_ms']} ms ({len(latency.seconds)} complaints)"
    )
    return figures, f"{text}\n{notes}"


async def _rate(world: World, seconds: float) -> Rounds:
    rounds = Rounds()
    assert world.broker is not None
    async with chain(world.folder, world.postgres, world.broker) as pair:
        await pair.relay()  # the first events also pay for connections and plans
        await rounds.measure({"relay": pair.relay, "publish": pair.publish}, seconds)
    return rounds


if __name__ == "__main__":
    run(measure)
