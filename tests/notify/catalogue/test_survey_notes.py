"""Calls that wait (CK-14), grades (E16) and poor years (E27), in the inboxes they concern."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pytest

from services.notify.messages.domain.survey_notes import callers_desks
from shared.contracts.event import Event
from shared.contracts.vocabulary import Grade
from tests.notify import news
from tests.notify.catalogue.cast import (
    COUNTY_HOUSING,
    DISPATCHER,
    EVERYBODY,
    LEADER,
    MANAGER_1,
    OFFICE,
    WORKER_1,
    Person,
    gather,
    told,
)
from tests.notify.sends import pump
from tests.notify.survey_news import (
    calling_began,
    grade_decided,
    grade_withdrawn,
    guidance_due,
    guidance_withdrawn,
)
from tests.notify.town import Town
from tests.samples import COMPANY, WORKER
from tests.stage import Stage


async def once_each(
    stage: Stage, town: Town, event: Event, code: str, meant: Collection[Person]
) -> str:
    """What those who are meant were told, by the inbox alone, however often it is said."""
    await pump(stage)
    before = len(town.provider.sent)
    await stage.hear_after_forgetting(event)
    await pump(stage)
    bodies = set()
    for person in EVERYBODY:
        entries = await told(stage, person, code)
        assert len(entries) == (person in meant), person.name
        bodies |= {entry["body"] for entry in entries}
    assert len(town.provider.sent) == before
    assert len(bodies) == 1
    return str(bodies.pop())


@pytest.mark.parametrize(
    ("case", "callers"),
    [
        ({"grade": Grade.SMALL}, (LEADER,)),
        ({"grade": Grade.MEDIUM}, (LEADER, WORKER_1)),
        ({"grade": Grade.MAJOR}, (DISPATCHER,)),
        ({"grade": Grade.SMALL, "confidential": True}, (DISPATCHER,)),
    ],
    ids=["X20 small", "medium", "facts 2.4 major", "X16 confidential"],
)
async def test_whoever_may_call_hears_that_a_call_waits(
    stage: Stage, town: Town, case: dict[str, Any], callers: Collection[Person]
) -> None:
    """CK-14, X33: and nothing of the case, of which the call list tells."""
    await gather(stage)
    await stage.hear(news.feedback(**case))
    said = await once_each(stage, town, calling_began(), "CALL_WAITING", callers)
    assert "最多拨打3次" in said
    for hidden in ("XN421202", "演示·桂花园", "轻微噪音"):
        assert hidden not in said


async def test_a_call_about_the_own_company_is_somebody_elses(stage: Stage, town: Town) -> None:
    """A13: the grid worker is the company's site manager; the leader and the centre are not."""
    await gather(stage)
    both = news.staff_known(WORKER, "both", COMPANY, version=2, grid_codes=("421202001001001",))
    await stage.hear(both, news.feedback(grade=Grade.MEDIUM))
    await once_each(stage, town, calling_began(), "CALL_WAITING", (LEADER,))


async def test_a_call_of_an_unknown_case_waits_for_it(stage: Stage) -> None:
    """X37."""
    await stage.hear_early(calling_began())
    assert await stage.count("message") == 0


def test_of_an_ungraded_case_the_centre_calls() -> None:
    """Cases from before grades were kept: the centre may always call."""
    assert callers_desks(None, confidential=False) == ("DISPATCHER",)


async def test_a_grade_is_told_to_company_and_bureau(stage: Stage, town: Town) -> None:
    """E16, E18: what follows is a proposal."""
    await gather(stage)
    event = grade_decided(bidding_restricted=True)
    said = await once_each(stage, town, event, "CREDIT_GRADE", (MANAGER_1, COUNTY_HOUSING))
    for words in (
        "演示物业公司2026年上半年信用等级审定为C级（75.50分）",
        "建议限制其参与物业招投标",
    ):
        assert words in said


async def test_a_good_grade_restricts_nobody(stage: Stage) -> None:
    """E17."""
    await gather(stage)
    await stage.hear(grade_decided("A", "92.00", government_priority=True))
    (entry,) = await told(stage, MANAGER_1, "CREDIT_GRADE")
    assert "优先承接政府项目" in entry["body"]
    assert "限制" not in entry["body"]


async def test_poor_years_are_told_to_those_who_assist_the_assembly(
    stage: Stage, town: Town
) -> None:
    """E27: the procedure of the law, the days of notice; the company does not read it."""
    await gather(stage)
    meant = (LEADER, OFFICE, COUNTY_HOUSING)
    said = await once_each(stage, town, guidance_due(), "DISMISSAL_GUIDANCE", meant)
    for words in ("连续2年评价为差（2026年55.00分、2027年58.50分）", "提前60日", "不自动解聘"):
        assert words in said


async def test_a_grade_that_ends_is_told_to_those_who_heard_of_it(stage: Stage, town: Town) -> None:
    """E28."""
    await gather(stage)
    meant = (MANAGER_1, COUNTY_HOUSING)
    said = await once_each(stage, town, grade_withdrawn(), "CREDIT_GRADE_WITHDRAWN", meant)
    assert "演示物业公司2026年上半年信用等级C级（75.50分）" in said
    assert "即日起不再有效" in said


async def test_guidance_that_is_off_is_told_to_those_who_assist(stage: Stage, town: Town) -> None:
    """E28: not to the company, which never heard of it."""
    await gather(stage)
    meant = (LEADER, OFFICE, COUNTY_HOUSING)
    said = await once_each(stage, town, guidance_withdrawn(), "DISMISSAL_GUIDANCE_WITHDRAWN", meant)
    assert "（2026年55.00分、2027年58.50分）" in said
    assert "该指引不再适用" in said


async def test_they_are_counted_with_their_family(stage: Stage) -> None:
    await gather(stage)
    await stage.hear(guidance_due(), grade_decided(), guidance_withdrawn(), grade_withdrawn())
    async with stage.client(COUNTY_HOUSING.actor) as client:
        counts = (await client.get("/inbox/counts")).json()
    assert counts["notices"] == 4
