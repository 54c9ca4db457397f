"""N17, D07, D08, D09: who has not met in a cycle is told once, whenever somebody looks."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from deploy.demo import world
from services.routing.governance.domain.cycles import (
    Cycle,
    MeetingLevel,
    level_of_convenor,
    period_at,
    seat_above,
)
from services.routing.governance.meeting_ticking import watch_all
from shared.contracts.routing import MeetingGapState, MeetingMissing
from tests.routing.drama import Drama, at, staff

STREET = staff("zhongzhi.wenquan")
COMMUNITY = world.staff("wanggezhang.wenquan").organisation_id
PLACE = next(each.code for each in world.COMMUNITIES if each.id == COMMUNITY)


async def missing(drama: Drama, level: str, division: str) -> list[MeetingGapState]:
    told = [each.gap for each in await drama.stage.said(MeetingMissing)]
    return [gap for gap in told if gap.level == level and gap.division == division]


async def watched(drama: Drama) -> None:
    drama.move_to("2026-03-02 10:00")
    await watch_all(drama.stage.host.runtime)
    await watch_all(drama.stage.host.runtime)


async def sweep(drama: Drama, moment: str) -> None:
    drama.move_to(moment)
    for _ in range(6):
        await drama.stage.sweep()


async def meet(drama: Drama, held_at: str, division: str = PLACE) -> None:
    record: dict[str, Any] = {
        "kind": "MEETING",
        "held_at": at(held_at).isoformat(),
        "division": division,
        "organisation_ids": [str(COMMUNITY), str(STREET.organisation_id)],
        "summary": "每周碰头会",
    }
    assert (await drama.send(STREET, "/joint-work", record)).status_code == 201


async def test_a_week_without_a_meeting_is_told_once(drama: Drama) -> None:
    """D07: no record by Sunday 24:00 of week 10."""
    await watched(drama)
    await sweep(drama, "2026-03-09 00:00")
    assert await missing(drama, "COMMUNITY", PLACE) == []
    await sweep(drama, "2026-03-09 00:00:01")
    (gap,) = await missing(drama, "COMMUNITY", PLACE)
    assert (gap.first_day, gap.last_day) == (date(2026, 3, 2), date(2026, 3, 8))
    assert (gap.cycle, gap.convenor_id) == ("WEEK", COMMUNITY)
    assert gap.superior_id is not None


async def test_a_meeting_on_record_is_no_gap(drama: Drama) -> None:
    """D07: of this very community, within the week; the street's own does not count for it."""
    await watched(drama)
    await meet(drama, "2026-03-02 09:30")
    await sweep(drama, "2026-03-09 08:00")
    assert await missing(drama, "COMMUNITY", PLACE) == []
    await meet(drama, "2026-03-09 07:00", division=PLACE[:9])
    await sweep(drama, "2026-03-16 08:00")
    (gap,) = await missing(drama, "COMMUNITY", PLACE)
    assert gap.first_day == date(2026, 3, 9)


async def test_a_stopped_worker_skips_no_week(drama: Drama) -> None:
    """X38: three weeks away, three weeks told, each once."""
    await watched(drama)
    await sweep(drama, "2026-03-25 10:00")
    weeks = [gap.first_day.day for gap in await missing(drama, "COMMUNITY", PLACE)]
    assert weeks == [2, 9, 16]


async def test_street_and_city_have_cycles_of_their_own(drama: Drama) -> None:
    """D08: the month of the street; D09: the first quarter of the city, missing on 04-01."""
    await watched(drama)
    await sweep(drama, "2026-04-01 08:00")
    (month,) = await missing(drama, "STREET", PLACE[:9])
    (quarter,) = await missing(drama, "CITY", "4212")
    assert (month.first_day, month.last_day) == (date(2026, 3, 1), date(2026, 3, 31))
    assert (quarter.first_day, quarter.last_day) == (date(2026, 1, 1), date(2026, 3, 31))


@pytest.mark.parametrize(
    ("cycle", "moment", "first", "last"),
    [
        (Cycle.WEEK, "2026-01-01 10:00", "2025-12-29", "2026-01-04"),
        (Cycle.WEEK, "2026-03-08 23:59", "2026-03-02", "2026-03-08"),
        (Cycle.MONTH, "2026-12-31 23:59", "2026-12-01", "2026-12-31"),
        (Cycle.MONTH, "2028-02-10 10:00", "2028-02-01", "2028-02-29"),
        (Cycle.QUARTER, "2026-12-01 10:00", "2026-10-01", "2026-12-31"),
    ],
)
def test_periods(cycle: Cycle, moment: str, first: str, last: str) -> None:
    period = period_at(cycle, at(moment))
    assert (period.first_day, period.last_day) == (
        date.fromisoformat(first),
        date.fromisoformat(last),
    )
    assert period_at(cycle, period.ends).begins == period.ends, "without a gap"


def test_who_convenes_and_who_is_above() -> None:
    """N17: the convenor and its superior."""
    assert level_of_convenor("COMMUNITY", "COMMUNITY", PLACE) is MeetingLevel.COMMUNITY
    assert level_of_convenor("STREET_OFFICE", "STREET", PLACE[:9]) is MeetingLevel.STREET
    assert level_of_convenor("DEPARTMENT", "HOUSING", "4212") is MeetingLevel.CITY
    assert level_of_convenor("DEPARTMENT", "HOUSING", "421202") is None
    assert level_of_convenor("COMPANY", "COMPANY", "421202") is None
    assert seat_above(MeetingLevel.COMMUNITY, "421202001001")[::2] == ("STREET_OFFICE", "421202001")
    assert seat_above(MeetingLevel.STREET, "421202001") == ("DEPARTMENT", "HOUSING", "421202")
    assert seat_above(MeetingLevel.CITY, "4212")[::2] == ("CENTRE", "4212")
