"""Figures as they are shown; each share with numerator and denominator."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel

from services.survey.coverage.domain.figures import Figures
from services.survey.coverage.domain.shares import Share
from services.survey.times import Moment
from services.survey.visits.domain.voices import Silence, Through
from shared.rulebook.sections.survey import Scores


class ShareOut(BaseModel):
    """`percent` is “—” where there is nothing to divide by (facts 2.11)."""

    numerator: int
    denominator: int
    percent: str

    @classmethod
    def of(cls, share: Share, scores: Scores) -> ShareOut:
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
    def of(cls, found: Figures, scores: Scores) -> FiguresOut:
        values = {
            name: ShareOut.of(value, scores) if isinstance(value, Share) else value
            for name, value in vars(found).items()
        }
        return cls(**values)


class PlaceFiguresOut(BaseModel):
    """`division` is the code of a county, street or town."""

    division: str
    figures: FiguresOut


class ReasonCountOut(BaseModel):
    code: str
    name: str
    count: int


class CoverageOut(BaseModel):
    """The visits opened from `since` to before `until`, as far as the reader sees them."""

    since: Moment
    until: Moment
    total: FiguresOut
    places: list[PlaceFiguresOut]
    reasons: list[ReasonCountOut]
