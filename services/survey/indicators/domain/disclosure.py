"""What is told of answers: of few to nobody, and to the company none at all (E05, E06).

A company knows its cases and when they end, and it reads the bulletins. Whatever live figure it had
of one estate, the street's published one less that figure would be the neighbour's; and figures
that follow the answers tell them apart one by one. So it learns of its answers what everybody
learns, from bulletins and published surveys.
"""

from __future__ import annotations

from dataclasses import dataclass

from services.survey.indicators.domain.formulas import Code
from services.survey.indicators.domain.shares import Share


@dataclass(frozen=True)
class Discretion:
    """Who is shown a figure: the company itself or not, and how many answers it needs."""

    towards_company: bool
    least: int

    def hides(self, code: str, share: Share) -> bool:
        if code != Code.SATISFACTION:
            return False
        return self.towards_company or share.is_of_few(self.least)
