"""The community's own assessment of a company: complete, in time, about somebody (E15, [ours])."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from services.survey.evaluations.domain.halves import half_year
from shared.errors import Conflict, Forbidden, Invalid
from shared.rulebook.sections.survey import Indicator


class AssessmentIncomplete(Invalid):
    """Every indicator is given once, from 0 to 100 with at most two decimals."""

    code = "ASSESSMENT_INCOMPLETE"
    chinese = "请对每项指标打分，0—100 分，最多两位小数。"


class AssessedInTheFuture(Invalid):
    """The day of the assessment is still to come."""

    code = "ASSESSED_IN_THE_FUTURE"
    chinese = "评价日期不能晚于今天。"


class AssessedOutsideHalfYear(Invalid):
    """The day of the assessment lies outside its half-year (E16)."""

    code = "ASSESSED_OUTSIDE_HALF_YEAR"
    chinese = "评价日期不在所填评价周期内。"


class AssessmentExists(Conflict):
    """The community has assessed this company here for this half-year."""

    code = "ASSESSMENT_EXISTS"
    chinese = "该小区本期已有对该企业的社区评价。"


class NotYourAssessment(Forbidden):
    """This estate lies outside your place, or you have a stake in its company (A13)."""

    code = "NOT_YOUR_ASSESSMENT"
    chinese = "该小区不在您的辖区内，或您与其物业企业有利害关系。"


def refuse_incomplete(
    marks: Mapping[str, Decimal], indicators: tuple[Indicator, ...], top: Decimal
) -> None:
    """Raises AssessmentIncomplete."""
    asked = {each.code for each in indicators}
    if set(marks) != asked or not all(0 <= mark <= top for mark in marks.values()):
        raise AssessmentIncomplete(indicators=sorted(asked), top=str(top))


def refuse_wrong_day(period: str, day: date, today: date) -> None:
    """Raises PeriodUnknown, AssessedInTheFuture or AssessedOutsideHalfYear."""
    if not half_year(period).holds(day):
        raise AssessedOutsideHalfYear
    if day > today:
        raise AssessedInTheFuture
