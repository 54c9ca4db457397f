"""Numbers without gaps or doubles: one row per series, taken in the order of their names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

RESERVE = text("""
    INSERT INTO number_series AS series (name, last)
    SELECT name, count FROM unnest(CAST(:names AS text[]), CAST(:counts AS int[]))
        AS wanted (name, count) ORDER BY name
    ON CONFLICT (name) DO UPDATE SET last = series.last + EXCLUDED.last
    RETURNING name, last
""")

GIVE_BACK = text("UPDATE number_series SET last = last - :unused WHERE name = :name")


async def reserve(session: AsyncSession, wanted: Counter[str]) -> Mapping[str, Iterator[int]]:
    """The next numbers of each series. Sorted, so that two transactions cannot block each other."""
    if not wanted:
        return {}
    names = sorted(wanted)
    counts = [wanted[name] for name in names]
    rows = await session.execute(RESERVE, {"names": names, "counts": counts})
    return {name: iter(range(last - wanted[name] + 1, last + 1)) for name, last in rows}


async def give_back(session: AsyncSession, left: Mapping[str, Iterator[int]]) -> None:
    """Numbers reserved and not needed; nobody took any since, for the series is still ours."""
    for name in sorted(left):
        if unused := len(list(left[name])):
            await session.execute(GIVE_BACK, {"name": name, "unused": unused})


async def next_number(session: AsyncSession, series: str) -> int:
    return next((await reserve(session, Counter([series])))[series])
