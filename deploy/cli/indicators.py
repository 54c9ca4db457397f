"""`liuduan indicators`: whether the live figures are right."""

from __future__ import annotations

import asyncio
import sys
from typing import Annotated

import typer

from deploy.cli.world import known_services

application = typer.Typer(help="The indicators.", no_args_is_help=True)

Periods = Annotated[
    list[str] | None,
    typer.Option("--period", help="2026, 2026-H1, 2026-Q1 or 2026-03; may be given again."),
]


@application.callback()
def indicators() -> None:
    """The indicators."""


@application.command()
def verify(period: Periods = None) -> None:
    """Count every case anew and compare with the live figures of every place.

    Without a period: this year and the last one. Ends with 1 when something differs.
    """
    from services.survey.indicators.domain.spans import Period
    from shared.clock import SystemClock

    this_year = Period.around("YEAR", SystemClock().now())
    periods = period or [this_year.previous.name, this_year.name]
    with known_services() as services:
        found = asyncio.run(_verify(services["survey"].database_url, periods))
    for difference in found:
        print(difference)
    print("the figures are right" if not found else f"{len(found)} figures differ")
    sys.exit(bool(found))


async def _verify(url: str, periods: list[str]) -> list[object]:
    from services.survey.indicators.verifying import verify
    from shared.database import Database

    database = Database(url)
    try:
        async with database.transaction() as session:
            await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            return [*await verify(session, periods, lambda words: print(words, flush=True))]
    finally:
        await database.dispose()
