"""Figures of the desks: sums agree from level to level, and end at what the reader may see."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.routing.statistics.domain.offices import (
    Street,
    coverage,
    is_understaffed_or_crowded,
)
from services.routing.statistics.domain.shares import Share
from shared.rulebook import Rulebook
from tests.routing.drama import FEES, HOMESTEAD, NOISE, Drama, owner, staff
from tests.rulebook import COMMITTED

BOOK = Rulebook.load(COMMITTED)
CITY = staff("zhongzhi.shi")
COUNTY = staff("zhongzhi.xianan")
STREET = staff("zhongzhi.wenquan")
WORKER = staff("wangge.wenquan2")
LEADER = staff("wanggezhang.wenquan")
YEAR = {"since": "2026-01-01T00:00:00+08:00", "until": "2027-01-01T00:00:00+08:00"}


async def _figures(drama: Drama, person: Any, what: str, **query: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await drama.see(person, f"/statistics/{what}", **YEAR, **query))[
        "items"
    ]
    return items


async def test_each_level_is_the_sum_of_the_next(drama: Drama) -> None:
    """A18: the county sees the sum of its streets, a street that of its communities."""
    for words in (NOISE, FEES, NOISE):
        await drama.submit(words)
    await drama.submit(FEES, place=HOMESTEAD, reporter=owner("owner-5"))
    city = await _figures(drama, CITY, "places", level="CITY")
    counties = await _figures(drama, CITY, "places", level="COUNTY")
    streets = await _figures(drama, CITY, "places", level="STREET")
    communities = await _figures(drama, CITY, "places", level="COMMUNITY")
    for figure in ("accepted", "open", "closed"):
        sums = [sum(each[figure] for each in level) for level in (city, counties, streets)]
        assert len(set(sums)) == 1, figure
    assert city[0]["accepted"] == 4
    for street in streets:
        below = [each for each in communities if each["place"].startswith(street["place"])]
        assert sum(each["accepted"] for each in below) == street["accepted"]


async def test_nobody_counts_beyond_the_own_place(drama: Drama) -> None:
    """A18, A16: a street reads its own month only, another one nothing of it."""
    await drama.submit(NOISE)
    await drama.submit(FEES, place=HOMESTEAD, reporter=owner("owner-5"))
    own = await _figures(drama, STREET, "places", level="COUNTY")
    assert [(each["place"], each["accepted"]) for each in own] == [("421202", 1)]
    assert await _figures(drama, staff("zhongzhi.fushan"), "places", level="CITY") == []


async def test_a_new_case_is_in_the_estates_figures_at_once(drama: Drama) -> None:
    """A19: live per estate."""
    assert await _figures(drama, STREET, "estates") == []
    await drama.submit(NOISE)
    (estate,) = await _figures(drama, STREET, "estates")
    assert (estate["name"], estate["open"]) == ("温泉花园（演示）", 1)


async def test_small_matters_closed_at_the_community(drama: Drama) -> None:
    """B14, B16: closed at the community counts for both principles, unclosed for none."""
    case_id = await drama.submit(NOISE)
    await drama.submit(NOISE)
    await drama.act(WORKER, case_id, "signature")
    await drama.act(WORKER, case_id, "result", {"result_code": "SOLVED", "text": "已解决"})
    await drama.act(LEADER, case_id, "review", {"decision": "APPROVE", "reply": "已解决"})
    await drama.pass_time(days=5)
    await drama.pass_time(days=5)
    (street,) = await _figures(drama, STREET, "places", level="STREET")
    assert street["closed_of_accepted"] == {"numerator": 1, "denominator": 2, "percent": "50.00"}
    assert street["small_closed_at_community"]["percent"] == "100.00"
    assert street["closed_within_street"]["percent"] == "100.00"


async def test_the_city_reads_everything_and_edits_nothing(drama: Drama) -> None:
    """A20: both offices of the city read the figures and the case; neither changes the case."""
    case_id = await drama.submit(NOISE)
    for account in ("zhuxin.shi", "shegong.shi"):
        observer = staff(account)
        assert len(await _figures(drama, observer, "places", level="CITY")) == 1
        await drama.see(observer, f"/cases/{case_id}")
        for what, body in (
            ("grading", {"grade": "MEDIUM", "reason": "重新判断"}),
            ("dispatch", {}),
            ("progress", {"text": "进展"}),
            ("result", {"result_code": "SOLVED", "text": "已解决"}),
        ):
            assert (await drama.refused(observer, case_id, what, body))[0] == 403


async def test_streets_and_their_offices(drama: Drama) -> None:
    """A14, A15: coverage of the streets of a county."""
    seen = await drama.see(COUNTY, "/statistics/street-offices", division="421202")
    assert seen["coverage"]["denominator"] == len(seen["items"]) > 0
    offices = [each for each in seen["items"] if each["has_office"]]
    assert seen["coverage"]["numerator"] == len(offices)


def test_twelve_of_thirteen_streets() -> None:
    """A15: 92.31 %; one person is a warning, not an error."""
    streets = [Street(f"4212020{number:02}", number != 1, 2) for number in range(1, 14)]
    assert coverage(streets).percent(BOOK.scores) == Decimal("92.31")
    warned = [
        is_understaffed_or_crowded(Street("-", True, n), BOOK.street_offices) for n in range(1, 5)
    ]
    assert warned == [True, False, False, True]
    assert not is_understaffed_or_crowded(Street("-", False), BOOK.street_offices)


@pytest.mark.parametrize(
    ("share", "percent"),
    [
        pytest.param(Share(184, 200), "92.00", id="B16"),
        pytest.param(Share(76, 80), "95.00", id="B14"),
        pytest.param(Share(0, 0), None, id="no cases"),
        pytest.param(Share(1, 8), "12.50", id="exact"),
        pytest.param(Share(1, 800), "0.13", id="half up"),
    ],
)
def test_shares_are_rounded_once(share: Share, percent: str | None) -> None:
    """Facts 2.11: a zero denominator is no figure."""
    found = share.percent(BOOK.scores)
    assert (str(found) if found is not None else None) == percent


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_a_share_lies_between_nothing_and_everything(part: int, whole: int) -> None:
    percent = Share(min(part, whole), whole).percent(BOOK.scores)
    assert percent is not None
    assert 0 <= percent <= 100
