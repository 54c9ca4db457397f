"""What a reader may ask for: one place, and a period by name or by its ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.survey.coverage.domain.spans import span_of as free_span
from services.survey.indicators.domain.places import Place
from services.survey.indicators.domain.spans import Period, Span
from shared.errors import Invalid


class PlaceAmbiguous(Invalid):
    """Ask for one of division, estate_id and company_id."""

    code = "PLACE_AMBIGUOUS"
    chinese = "请在行政区划、小区、物业企业中选择一个进行查询。"


class PeriodAmbiguous(Invalid):
    """Ask for a period by its name, or for since and until."""

    code = "PERIOD_AMBIGUOUS"
    chinese = "统计周期与起止时间只能填写一种。"


@dataclass(frozen=True)
class Asked:
    """`span` ends now where the period still runs."""

    span: Span
    period: Period | None


def one_place(division: str | None, estate_id: UUID | None, company_id: UUID | None) -> Place:
    """Raises PlaceAmbiguous."""
    if sum(each is not None for each in (division, estate_id, company_id)) > 1:
        raise PlaceAmbiguous
    return Place(division, estate_id, company_id)


def asked_time(
    period: str | None, since: datetime | None, until: datetime | None, now: datetime
) -> Asked:
    """Without anything said the running quarter. Raises PeriodInvalid, PeriodAmbiguous or
    SpanInvalid.
    """
    if since is None and until is None:
        named = Period.named(period) if period else Period.around("QUARTER", now)
        return Asked(named.span.up_to(now), named)
    if period is not None:
        raise PeriodAmbiguous
    span = Span(*free_span(since, until, now))
    return Asked(span.up_to(now), None)
