"""Periods, shares, and what a company learns of answers: pure (facts 2.11, E05, E06)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.survey.indicators.domain.asking import asked_time
from services.survey.indicators.domain.disclosure import Discretion
from services.survey.indicators.domain.places import Place
from services.survey.indicators.domain.shares import NOTHING, Share
from services.survey.indicators.domain.spans import (
    Period,
    PeriodInvalid,
    last_period,
    span_of,
)
from shared.clock import BEIJING
from tests.samples import COMPANY, ESTATE, named, owner
from tests.stage import START, Stage
from tests.survey.indicators.cases import DAY, MARCH, hear_cases, share
from tests.survey.indicators.cases import closed as closed_case
from tests.survey.indicators.test_reading import COUNTY, MANAGER, figure, get, shown
from tests.survey.surveys.pollster import estate
from tests.survey.test_rules import SCORES
from tests.survey.test_visits import feedback, once, submitted

SATISFIED, RESOLVED = "SATISFACTION", "DISPUTES_RESOLVED"
OVER = asked_time("2026-Q1", None, None, datetime(2026, 4, 1, tzinfo=BEIJING))
TOWARDS_COMPANY = Discretion(towards_company=True, least=5)
TOWARDS_STAFF = Discretion(towards_company=False, least=5)
OF_ESTATE = {"period": "2026-Q1", "estate_id": str(ESTATE)}
OTHERWISE = (
    {"period": "2026-Q1"},
    {"period": "2026-Q1", "company_id": str(COMPANY)},
    {"period": "2026-03", "estate_id": str(ESTATE)},
)


@pytest.mark.parametrize(
    ("period", "since", "until", "before"),
    [
        ("2026", "2026-01-01", "2027-01-01", "2025"),
        ("2026-H1", "2026-01-01", "2026-07-01", "2025-H2"),
        ("2026-H2", "2026-07-01", "2027-01-01", "2026-H1"),
        ("2026-Q1", "2026-01-01", "2026-04-01", "2025-Q4"),
        ("2026-Q4", "2026-10-01", "2027-01-01", "2026-Q3"),
        ("2026-03", "2026-03-01", "2026-04-01", "2026-02"),
        ("2026-01", "2026-01-01", "2026-02-01", "2025-12"),
        ("2026-12", "2026-12-01", "2027-01-01", "2026-11"),
    ],
)
def test_a_period_is_a_span_of_beijing(period: str, since: str, until: str, before: str) -> None:
    """D10, C08, E23: from its first midnight to before the one after its last day."""
    span = span_of(period)
    assert span.since == datetime.fromisoformat(f"{since}T00:00:00+08:00")
    assert span.until == datetime.fromisoformat(f"{until}T00:00:00+08:00")
    named_ = Period.named(period)
    assert named_.previous.name == before
    assert Period.around(named_.cycle, span.since) == named_
    assert last_period(named_.cycle, span.until) == period


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2026", "2026年"),
        ("2026-H1", "2026年上半年"),
        ("2026-Q4", "2026年第四季度"),
        ("2026-03", "2026年3月"),
    ],
)
def test_readers_call_it_by_its_chinese_name(period: str, words: str) -> None:
    assert Period.named(period).chinese == words


@pytest.mark.parametrize(
    "name",
    ["", "26", "2026-Q0", "2026-Q5", "2026-H3", "2026-00", "2026-13", "2026-3", "1999", "٢٠٢٦"],
)
def test_other_names_are_none(name: str) -> None:
    with pytest.raises(PeriodInvalid):
        span_of(name)


def test_a_running_period_ends_now() -> None:
    running = asked_time("2026-Q1", None, None, START)
    assert running.span.until == START
    assert OVER.span == span_of("2026-Q1")
    coming = asked_time("2027", None, None, START)
    assert coming.span.since == coming.span.until


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_share_is_rounded_once(part: int, whole: int) -> None:
    """Ground rule 0.2.6: half up from the exact value; nothing of nothing is no figure."""
    percent = Share(part, whole).percent(SCORES)
    assert percent is not None
    assert abs(percent * whole - 100 * part) * 200 <= whole
    assert NOTHING.percent(SCORES) is None
    assert Share(1, 800).percent(SCORES) == Decimal("0.13")
    assert Share(90, 100).percent(SCORES) == Decimal("90.00")


@given(st.integers(0, 20), st.integers(0, 20))
def test_a_company_learns_no_answers_and_nobody_those_of_few(positive: int, negative: int) -> None:
    """E05, E06: nothing is hidden of cases, nor that nobody answered."""
    counted = Share(positive, positive + negative)
    assert TOWARDS_COMPANY.hides(SATISFIED, counted)
    assert TOWARDS_STAFF.hides(SATISFIED, counted) == (1 <= positive + negative < 5)
    for discretion in (TOWARDS_COMPANY, TOWARDS_STAFF):
        assert not discretion.hides(RESOLVED, counted)


async def answered(stage: Stage, levels: list[int], first: int = 0) -> None:
    """One household after the other, each about a case of its own."""
    for number, level in enumerate(levels, start=first):
        person, filed = named(f"person {number}"), named(f"of {number}")
        case_id = named(f"answered {number}")
        await stage.hear(submitted(id=filed, owner_id=person))
        await stage.hear(feedback(id=case_id, complaint_ids=(filed,), owner_ids=(person,)))
        actor = owner(person)
        async with stage.client(actor) as client:
            (visit,) = (await client.get("/visits")).json()["items"]
            body = {"solved": "YES", "result_level": level, "process_level": level}
            given_ = await client.post(f"/visits/{visit['id']}/answer", json=body, headers=once())
            assert given_.status_code < 300, given_.text


async def test_satisfaction_of_six_households(stage: Stage) -> None:
    """C06, X33, X34: counted with bad levels without a reason; nobody is shown which case was
    answered how, and the company nothing, ever."""
    await stage.hear(estate(division="421202001"))
    await answered(stage, [5, 4, 3, 2, 1, 3])
    stage.clock.advance(DAY)
    assert await share(stage, SATISFIED) == "4/6 = 66.67"
    assert figure(await shown(stage, COUNTY), SATISFIED) == (4, 6, "66.67")
    await hidden_from_the_company(stage, OF_ESTATE, *OTHERWISE)
    stage.clock.move_to(MARCH.until)
    await hidden_from_the_company(stage, OF_ESTATE, *OTHERWISE)
    path = f"/indicators/{SATISFIED}/cases"
    listed = (await get(stage, path, COUNTY, period="2026-Q1")).json()["items"]
    assert (len(listed), {each["counted"] for each in listed}) == (6, {None})
    assert (await get(stage, path, MANAGER, period="2026-Q1")).status_code == 403


async def test_of_few_answers_staff_see_that_there_are_some(stage: Stage) -> None:
    """E05: four are hidden, with five the figure is shown; the company sees neither."""
    await stage.hear(estate(division="421202001"))
    await answered(stage, [5, 4, 1, 2])
    stage.clock.advance(DAY)
    assert figure(await shown(stage, COUNTY), SATISFIED) == (None, None, None)
    await answered(stage, [3], first=4)
    stage.clock.advance(DAY)
    assert figure(await shown(stage, COUNTY), SATISFIED) == (3, 5, "60.00")
    await hidden_from_the_company(stage, OF_ESTATE, *OTHERWISE)


async def hidden_from_the_company(stage: Stage, *queries: dict[str, str]) -> None:
    for query in queries:
        assert figure(await shown(stage, MANAGER, **query), SATISFIED) == (None, None, None)


async def test_the_place_of_an_answer_is_that_of_its_case(stage: Stage) -> None:
    await answered(stage, [5, 1])
    await hear_cases(stage, [closed_case("answered 0", estate_id=named("moved"), version=12)])
    stage.clock.advance(DAY)
    assert await share(stage, SATISFIED, place=Place(estate_id=ESTATE)) == "0/1 = 0.00"
    assert await share(stage, SATISFIED, place=Place(estate_id=named("moved"))) == "1/1 = 100.00"
