"""The cycles of the three-level meetings: which period a day lies in (D07, D08, D09)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from services.routing.directory.domain.codes import parent_of
from shared.clock import BEIJING
from shared.contracts.vocabulary import OrganisationKind
from shared.divisions import CITY_DIGITS

CONVENING_DEPARTMENT = "HOUSING"


class MeetingLevel(StrEnum):
    """社区, 街道（乡镇）, 市: who meets; the rulebook has a cycle for each under `meetings`."""

    COMMUNITY = "COMMUNITY"
    STREET = "STREET"
    CITY = "CITY"

    @property
    def rule(self) -> str:
        return f"meetings.{self.lower()}"


class Cycle(StrEnum):
    WEEK = "WEEK"
    MONTH = "MONTH"
    QUARTER = "QUARTER"


@dataclass(frozen=True, slots=True)
class MeetingPeriod:
    """From the beginning of the first day to 24:00 of the last, in Beijing."""

    first_day: date
    last_day: date

    @property
    def begins(self) -> datetime:
        return datetime.combine(self.first_day, time.min, tzinfo=BEIJING)

    @property
    def ends(self) -> datetime:
        return datetime.combine(self.last_day + timedelta(days=1), time.min, tzinfo=BEIJING)


def period_at(cycle: Cycle, moment: datetime) -> MeetingPeriod:
    """Weeks begin on Monday; months and quarters are those of the calendar."""
    return PERIODS[cycle](moment.astimezone(BEIJING).date())


def level_of_convenor(kind: str, specialty: str, division: str) -> MeetingLevel | None:
    """Who calls the meeting: the community, the street office, the city's housing bureau."""
    if kind == OrganisationKind.COMMUNITY:
        return MeetingLevel.COMMUNITY
    if kind == OrganisationKind.STREET_OFFICE:
        return MeetingLevel.STREET
    is_bureau = kind == OrganisationKind.DEPARTMENT and specialty == CONVENING_DEPARTMENT
    return MeetingLevel.CITY if is_bureau and len(division) == CITY_DIGITS else None


def seat_above(level: MeetingLevel, division: str) -> tuple[OrganisationKind, str, str]:
    """Kind, specialty and division of who is told beside the convenor (N17)."""
    above = parent_of(division) or division
    match level:
        case MeetingLevel.COMMUNITY:
            return OrganisationKind.STREET_OFFICE, "STREET", above
        case MeetingLevel.STREET:
            return OrganisationKind.DEPARTMENT, CONVENING_DEPARTMENT, above
    return OrganisationKind.CENTRE, "GOVERNANCE_CENTRE", division


def _week(day: date) -> MeetingPeriod:
    monday = day - timedelta(days=day.weekday())
    return MeetingPeriod(monday, monday + timedelta(days=6))


def _month(day: date) -> MeetingPeriod:
    first = day.replace(day=1)
    return MeetingPeriod(first, _months_after(first, 1) - timedelta(days=1))


def _quarter(day: date) -> MeetingPeriod:
    first = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return MeetingPeriod(first, _months_after(first, 3) - timedelta(days=1))


def _months_after(first: date, months: int) -> date:
    count = first.month - 1 + months
    return date(first.year + count // 12, count % 12 + 1, 1)


PERIODS: Mapping[Cycle, Callable[[date], MeetingPeriod]] = {
    Cycle.WEEK: _week,
    Cycle.MONTH: _month,
    Cycle.QUARTER: _quarter,
}
