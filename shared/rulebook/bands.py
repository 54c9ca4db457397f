"""Bands of a score: each begins at a number, included, and ends before the next."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator

from shared.rulebook.section import Section

LOWEST = Decimal(0)


class Band(Section):
    """`below` is absent in the top band only."""

    code: str
    chinese: str
    at_least: Decimal
    below: Decimal | None = None

    def holds(self, score: Decimal) -> bool:
        return self.at_least <= score and (self.below is None or score < self.below)


def check_bands(bands: tuple[Band, ...]) -> tuple[Band, ...]:
    """Refuses bands, listed best first, that overlap, leave a gap or do not reach down to 0."""
    above: Decimal | None = None
    for position, band in enumerate(bands):
        if band.below != above or (position > 0 and above is None):
            raise ValueError(f"band {band.code} overlaps its neighbour or leaves a gap")
        above = band.at_least
    if above != LOWEST:
        raise ValueError("the lowest band begins at 0")
    return bands


def band_of(bands: tuple[Band, ...], score: Decimal) -> Band:
    """The band of an already rounded score. Raises ValueError below 0."""
    for band in bands:
        if band.holds(score):
            return band
    raise ValueError(f"no band holds {score}")


Bands = Annotated[tuple[Band, ...], AfterValidator(check_bands)]
