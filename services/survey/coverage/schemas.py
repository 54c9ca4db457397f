"""Figures as they are shown; each share with numerator and denominator."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel

from services.survey.coverage.domain.figures import Figures
from services.survey.indicators.domain.shares import WITHHELD, Share
from services.survey.times import Moment
from services.survey.visits.domain.voices import Silence, Through
from shared.rulebook.sections.survey import Scores

OF_ANSWERS = frozenset({"satisfied", "solved", "asking_to_reopen"})


class ShareOut(BaseModel):
    """`percent` is “—” where there is nothing to divide by (facts 2.11). `hidden`: it is of so few
    answers that it would tell what somebody said.
    """

    numerator: int | None
    denominator: int | None
    percent: str
    hidden: bool = False

    @classmethod
    def of(cls, share: Share, scores: Scores, at_least: int = 0) -> ShareOut:
        if share.is_of_few(at_least):
            return cls(numerator=None, denominator=None, percent=WITHHELD, hidden=True)
        return cls(
            numerator=share.numerator,
            denominator=share.denominator,
            percent=share.shown(scores),
        )


class FiguresOut(BaseModel):
    """`answered_share`: answered of ended; `called_share`: called at least once of those to be
    called; `satisfied` (群众满意度), `solved` and `asking_to_reopen`: of those that answered.
    """

    opened: int
    awaiting: int
    cancelled: int
    answered: Mapping[Through, int]
    unanswered: Mapping[Silence, int]
    answered_share: ShareOut
    called_share: ShareOut
    satisfied: ShareOut
    solved: ShareOut
    asking_to_reopen: ShareOut

    @classmethod
    def of(cls, found: Figures, scores: Scores, cell_at_least: int) -> FiguresOut:
        values = {
            name: ShareOut.of(value, scores, cell_at_least if name in OF_ANSWERS else 0)
            if isinstance(value, Share)
            else value
            for name, value in vars(found).items()
        }
        return cls(**values)


class PlaceFiguresOut(BaseModel):
    """`division` is the code of a county, street or town."""

    division: str
    figures: FiguresOut


class ReasonCountOut(BaseModel):
    """`count` is absent where so few have answered that it would tell what somebody said."""

    code: str
    name: str
    count: int | None


class CoverageOut(BaseModel):
    """The visits opened from `since` to before `until`, as far as the reader sees them."""

    since: Moment
    until: Moment
    total: FiguresOut
    places: list[PlaceFiguresOut]
    reasons: list[ReasonCountOut]
