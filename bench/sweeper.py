"""`python -m bench.sweeper [--seconds N]`: 1,000 due clocks among 10,000 and 1,000,000 open cases.

Before each sweep 1,000 clocks that nobody has touched are made due: half are warned about, four
in ten are broken promises of feedback, one in ten is signed by the system (X04). Only the sweep
is timed, with everything it does: timeline, audit, outbox, the next promise on case and units.
"""

from __future__ import annotations

from collections.abc import Mapping
from time import perf_counter
from typing import Any

import asyncpg

from bench.backlogs import SIZES, Backlog, both_backlogs
from bench.output import run, table
from bench.rounds import Rounds

DUE = 1_000

# drawn by id, which is random: due clocks lie all over the table
MAKE_DUE = """
    WITH drawn AS (
        SELECT id, row_number() OVER () AS place, kind FROM (
            (SELECT id, kind FROM clock WHERE kind = 'FEEDBACK' AND state = 'RUNNING'
             AND breached_at IS NULL ORDER BY id < $1, id LIMIT $2 - $2 / 10)
            UNION ALL
            (SELECT id, kind FROM clock WHERE kind = 'SIGN' AND state = 'RUNNING'
             AND breached_at IS NULL ORDER BY id < $1, id LIMIT $2 / 10)
        ) AS clocks
    )
    UPDATE clock SET
        started_at = CASE WHEN place <= $2 / 2 THEN now() - interval '6 days'
                          ELSE now() - interval '11 days' END,
        due_at = CASE WHEN place <= $2 / 2 THEN now() + interval '4 days'
                      ELSE now() - interval '1 minute' END,
        next_at = now() - interval '1 minute', warned = 0
    FROM drawn WHERE drawn.id = clock.id
"""
DRAW = "SELECT gen_random_uuid()"
LEFT = "SELECT count(*) FROM clock WHERE state = 'RUNNING' AND next_at <= now()"


async def measure(seconds: float) -> tuple[dict[str, Any], str]:
    async with both_backlogs() as backlogs:
        for backlog in backlogs.values():
            await _swept(backlog)  # the first sweep also pays for connections and caches
        rounds = Rounds()
        await rounds.measure(
            {size: _variant(backlog) for size, backlog in backlogs.items()}, seconds
        )
    ratio = round(rounds.ratio("large", "small"), 2)
    figures = {
        "rounds": len(rounds.figures),
        "due": DUE,
        "seconds": {size: round(rounds.median(size), 2) for size in SIZES},
        "ratio": ratio,
        "worst_ratio": round(max(each["large"] / each["small"] for each in rounds.figures), 2),
    }
    return figures, _text(rounds, figures)


def _variant(backlog: Backlog) -> Any:
    async def swept() -> float:
        return await _swept(backlog)

    return swept


async def _swept(backlog: Backlog) -> float:
    """Seconds that one sweep takes to mark what has just become due."""
    connection = await asyncpg.connect(backlog.url)
    try:
        await connection.execute(MAKE_DUE, await connection.fetchval(DRAW), DUE)
        due = await connection.fetchval(LEFT)
        assert backlog.host.sweeper is not None
        started = perf_counter()
        found = await backlog.host.sweeper.sweep()
        taken = perf_counter() - started
        left = await connection.fetchval(LEFT)
    finally:
        await connection.close()
    assert (due, found, left) == (DUE, DUE, 0), (due, found, left)
    return taken


def _text(rounds: Rounds, figures: Mapping[str, Any]) -> str:
    head = ("open cases", "median s", "ms per clock", "ratio")
    rows = [
        (
            f"{cases:,}",
            f"{rounds.median(size):.2f}",
            f"{rounds.median(size) * 1000 / DUE:.2f}",
            f"{figures['ratio']:.2f}" if size == "large" else "1.00",
        )
        for size, cases in SIZES.items()
    ]
    return table(head, rows)


if __name__ == "__main__":
    run(measure, always_json=True)
