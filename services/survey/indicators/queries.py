"""Figures of a place and a time, live from the facts; everybody who counts starts here.

A period that still runs is to be asked up to now (`Span.up_to`): what falls due later is no part
of it yet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from services.survey.indicators.domain.formulas import Code
from services.survey.indicators.domain.places import Level, Place
from services.survey.indicators.domain.shares import NOTHING, Share
from services.survey.indicators.domain.spans import Span
from services.survey.indicators.sources import SOURCES
from services.survey.indicators.sources.asking import ALL, Ask, Source


async def figures(
    session: AsyncSession, span: Span, place: Place, codes: Sequence[str]
) -> Mapping[str, Share]:
    """One share per code, also where there is nothing to count."""
    return (await figures_of(session, Ask(span, place), codes)).get(ALL, _nothing(codes))


async def figures_by(
    session: AsyncSession, span: Span, level: str, within: str, codes: Sequence[str]
) -> Mapping[str, Mapping[str, Share]]:
    """The same for every place of a level within a division, by its code or id. A place where
    nothing happened has no line; what is not known to lie in one has the key "".
    """
    ask = Ask(span, Place(division=within or None), Level(level))
    return await figures_of(session, ask, codes)


async def figures_of(
    session: AsyncSession, ask: Ask, codes: Sequence[str]
) -> Mapping[str, Mapping[str, Share]]:
    together: dict[Source, list[Code]] = defaultdict(list)
    for code in map(Code, codes):
        together[SOURCES[code]].append(code)
    places: dict[str, dict[str, Share]] = {}
    for source, asked in together.items():
        for key, found in (await source(session, ask, asked)).items():
            line = places.setdefault(key, _nothing(codes))
            line.update((str(code), share) for code, share in found.items())
    return places


def _nothing(codes: Sequence[str]) -> dict[str, Share]:
    return {str(Code(code)): NOTHING for code in codes}
