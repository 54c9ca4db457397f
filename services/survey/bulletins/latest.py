"""The core figures of the last quarter, for everybody: those of its bulletin once there is one.

Until then they are counted, at most once in `max_age`, however many ask: nobody needs a token. Of
answers nothing is told before: what changed between two looks would be what somebody answered.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from services.survey.bulletins.commands.deciding import link_of
from services.survey.bulletins.domain.content import Figure, Kind, content_in
from services.survey.bulletins.domain.figures import figures_of
from services.survey.bulletins.gathering import gather_figures
from services.survey.bulletins.public_schemas import PublicFigures
from services.survey.bulletins.queries import current_of
from services.survey.indicators.domain.spans import Cycle, Period, last_period
from services.survey.rendering.domain.hiding import BLANK
from shared.rulebook import Rulebook

CYCLE: Cycle = "QUARTER"


@dataclass
class LatestFigures:
    """What was counted last, of which quarter and rulebook, and when."""

    counted: tuple[Figure, ...] = ()
    of: tuple[str, str] = ("", "")
    at: datetime | None = None
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def ask(
        self, session: AsyncSession, period: Period, book: Rulebook, now: datetime
    ) -> tuple[Figure, ...]:
        async with self.lock:
            if not self._is_fresh(period, book, now):
                gathered = await gather_figures(session, period, book, now)
                self.counted = without_answers(figures_of(gathered, book), book)
                self.of, self.at = (period.name, book.version), now
            return self.counted

    def _is_fresh(self, period: Period, book: Rulebook, now: datetime) -> bool:
        if self.at is None or self.of != (period.name, book.version):
            return False
        return self.at <= now < self.at + book.transparency.max_age


def without_answers(figures: Sequence[Figure], book: Rulebook) -> tuple[Figure, ...]:
    return tuple(
        each.model_copy(update=BLANK) if each.code in book.bulletins.answers else each
        for each in figures
    )


async def figures_for_all(
    session: AsyncSession, latest: LatestFigures, division: str, book: Rulebook, now: datetime
) -> PublicFigures:
    """Of a division and of the counties and streets below it."""
    period = Period.named(last_period(CYCLE, now))
    link = await _bulletin(session, period, book)
    figures = link[1] if link else await latest.ask(session, period, book, now)
    return PublicFigures(
        period=period.name,
        division=division,
        provisional=link is None,
        bulletin=link[0] if link else None,
        cell_at_least=book.survey.cell_at_least,
        items=[each for each in figures if each.place.startswith(division)],
    )


async def _bulletin(
    session: AsyncSession, period: Period, book: Rulebook
) -> tuple[str, tuple[Figure, ...]] | None:
    """The city's own, in its newest edition: where it is, and its figures."""
    found = await current_of(session, Kind.BULLETIN, period.name, book.header.city_code)
    return (link_of(found), content_in(found.content).figures) if found else None
