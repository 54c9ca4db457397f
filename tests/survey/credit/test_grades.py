"""Grades are proposed from composite scores and decided by persons (E16-E19, U19, U20)."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from decimal import Decimal

import pytest

from services.survey.credit.domain.sources import EntrySource
from services.survey.credit.grade_queries import grades_in_force
from shared.contracts.survey import CreditGradeDecided, CreditGradeWithdrawn
from tests.samples import COMPANY, ESTATE, named, owner
from tests.stage import Stage
from tests.survey.credit.ledger import (
    BUREAU,
    CITY_BUREAU,
    CITY_CENTRE,
    COLLEAGUE,
    COMPANY_DESK,
    ELSEWHERE,
    OTHER_BUREAU,
    OTHER_COMPANY,
    SECOND,
    Ledger,
    with_stake,
)
from tests.survey.surveys.pollster import STREET


async def test_d_takes_two_persons_and_touches_no_contract(stage: Stage) -> None:
    """E19: 55 is proposed as D, PENDING_CONFIRM; confirmed by two it opens a task, no more."""
    ledger = await Ledger(stage).founded()
    grade = await ledger.graded("55.00")
    assert (grade["grade"], grade["grade_chinese"]) == ("D", "D级")
    assert grade["state"] == "PENDING_CONFIRM"
    once = await ledger.confirms(grade["id"])
    assert (once.status_code, once.json()["state"]) == (200, "CONFIRMED_ONCE")
    again = await ledger.confirms(grade["id"])
    assert (again.status_code, again.json()["code"]) == (403, "SECOND_PERSON_NEEDED")
    assert (await ledger.in_force(), await stage.said(CreditGradeDecided)) == (None, [])
    decided = (await ledger.confirms(grade["id"], COLLEAGUE)).json()
    assert (decided["state"], decided["bidding_restricted"]) == ("DECIDED", True)
    assert await ledger.in_force() == "D"
    (told,) = await stage.said(CreditGradeDecided)
    assert (told.grade.grade, told.grade.score) == ("D", Decimal("55.00"))
    (task,) = await ledger.list("/consequences?state=PROPOSED")
    assert (task["kind"], task["estate_id"], task["grade"]) == ("MARKET_EXIT", None, "D")
    kept = f"id = '{ESTATE}' AND contracts->0->>'company_id' = '{COMPANY}'"
    assert await stage.count("estate_copy", kept) == 1


async def test_one_person_who_confirms_twice_at_once_is_one(stage: Stage) -> None:
    """E19: and of two colleagues at once the second one decides, once."""
    ledger = await Ledger(stage).founded()
    grade = (await ledger.graded("55.00"))["id"]
    answers = await asyncio.gather(*(ledger.confirms(grade) for _ in range(3)))
    assert sorted(each.status_code for each in answers) == [200, 403, 403]
    (shown,) = await ledger.list("/credit-grades")
    assert (shown["state"], await stage.said(CreditGradeDecided)) == ("CONFIRMED_ONCE", [])
    answers = await asyncio.gather(
        *(ledger.confirms(grade, each) for each in (COLLEAGUE, CITY_BUREAU))
    )
    assert sorted(each.status_code for each in answers) == [200, 409]
    assert len(await stage.said(CreditGradeDecided)) == 1
    assert len(await ledger.list("/consequences")) == 1


@pytest.mark.parametrize(
    ("score", "letter", "priority", "restricted"),
    [("90.00", "A", True, False), ("80.00", "B", False, False), ("79.99", "C", False, True)],
)
async def test_one_person_decides_the_others(
    stage: Stage, score: str, letter: str, priority: bool, restricted: bool
) -> None:
    """E17, E18, U19: A comes first in government projects, C is restricted in bidding."""
    ledger = await Ledger(stage).founded()
    grade = await ledger.graded(score)
    assert (grade["grade"], grade["state"]) == (letter, "PROPOSED")
    assert await ledger.in_force() is None
    decided = (await ledger.confirms(grade["id"])).json()
    flags = (decided["government_priority"], decided["bidding_restricted"])
    assert (decided["state"], flags) == ("DECIDED", (priority, restricted))
    (told,) = await stage.said(CreditGradeDecided)
    assert (told.grade.government_priority, told.grade.bidding_restricted) == flags
    assert await ledger.in_force() == letter
    again = await ledger.confirms(grade["id"], COLLEAGUE)
    assert (again.status_code, again.json()["code"]) == (409, "CREDIT_GRADE_STATE_FORBIDS")
    assert await ledger.list("/consequences") == []


async def test_estates_are_weighed_by_households(stage: Stage) -> None:
    """U20, E16: 90.00 of 30 and 60.00 of 10 houses are 82.50; each shown with its share."""
    ledger = await Ledger(stage).founded(30, 10)
    await ledger.enters("60.00", estate_id=SECOND)
    grade = await ledger.graded("90.00")
    assert (grade["score"], grade["grade"]) == ("82.50", "B")
    shares = {each["estate_id"]: each["households"] for each in grade["basis"]}
    assert shares == {str(ESTATE): 30, str(SECOND): 10}


async def test_only_the_composite_of_the_half_year_counts(stage: Stage) -> None:
    """E16, U20: the third party's score, ratings and other half-years make no grade."""
    ledger = await Ledger(stage).founded()
    await ledger.enters("40.00", source=EntrySource.EVALUATION)
    await ledger.enters("40.00", source=EntrySource.QUARTERLY_RATING, period="2026-Q1")
    await ledger.enters("40.00", period="2025-H2")
    grade = await ledger.graded("82.00")
    assert (grade["score"], len(await ledger.list("/credit-grades"))) == ("82.00", 1)


async def test_computed_again_only_what_changed_is_proposed(stage: Stage) -> None:
    """E16: a correction supersedes a proposal, and what was decided stays until decided anew."""
    ledger = await Ledger(stage).founded()
    grade = await ledger.graded("82.00")
    await ledger.proposes()
    assert len(await ledger.list("/credit-grades")) == 1
    await ledger.confirms(grade["id"])
    await ledger.proposes()
    assert len(await ledger.list("/credit-grades")) == 1
    corrected = await ledger.graded("92.00")
    assert (corrected["edition"], await ledger.in_force()) == (2, "B")
    await ledger.confirms(corrected["id"])
    assert await ledger.in_force() == "A"
    history = await ledger.list(f"/credit-grades?company_id={COMPANY}", COMPANY_DESK)
    assert [(each["grade"], each["state"]) for each in history] == [
        ("A", "DECIDED"),
        ("B", "DECIDED"),
    ]


async def test_the_newest_half_year_is_in_force(stage: Stage) -> None:
    """E16: whatever is decided when; and at an earlier moment what was so then."""
    ledger = await Ledger(stage).founded()
    newer = await ledger.graded("92.00", period="2026-H2")
    await ledger.confirms(newer["id"])
    older = await ledger.graded("65.00", period="2026-H1")
    await ledger.confirms(older["id"])
    assert await ledger.in_force() == "A"
    async with ledger.deed(CITY_CENTRE) as deed:
        (public,) = await grades_in_force(deed.session, deed.at)
        assert (public.company_id, public.grade, public.period) == (COMPANY, "A", "2026-H2")
        before = deed.at.replace(year=2025)
        assert list(await grades_in_force(deed.session, before)) == []
        after = deed.at.replace(year=2030)
        assert list(await grades_in_force(deed.session, after)) == []


async def test_a_grade_ends_with_one_disputed_score_of_several(stage: Stage) -> None:
    """E28: 55.00 and 92.00 were graded C; one disputed, nothing older comes into force again."""
    ledger = await Ledger(stage).founded(10, 10)
    await ledger.confirms((await ledger.graded("91.00"))["id"])
    assert await ledger.in_force() == "A"
    stage.clock.advance(timedelta(hours=1))
    low = await ledger.enters("55.00", source_id=named("correction"))
    await ledger.confirms((await ledger.graded("92.00", estate_id=SECOND))["id"])
    assert await ledger.in_force() == "C"
    appeal = (await ledger.appeals(low)).json()["id"]
    assert await ledger.in_force() is None
    (told,) = await stage.said(CreditGradeWithdrawn)
    assert (told.grade.grade, str(told.grade.score)) == ("C", "73.50")
    states = [each["state"] for each in await ledger.list("/credit-grades")]
    assert states == ["PROPOSED", "WITHDRAWN", "WITHDRAWN"]
    await ledger.rules(appeal, "UPHELD")
    await ledger.confirms((await ledger.list("/credit-grades"))[0]["id"])
    assert await ledger.in_force() == "C"


async def test_no_older_grade_stands_in_for_a_disputed_one(stage: Stage) -> None:
    """E16, E28: A in the first half-year, C in the second; disputed, the A is not back."""
    ledger = await Ledger(stage).founded()
    await ledger.confirms((await ledger.graded("95.00"))["id"])
    await ledger.confirms((await ledger.graded("65.00", period="2026-H2"))["id"])
    assert await ledger.in_force() == "C"
    (newest, *_) = await ledger.list("/credit-entries")
    appeal = (await ledger.appeals(newest["id"])).json()["id"]
    assert await ledger.in_force() is None
    await ledger.rules(appeal)
    assert await ledger.in_force() == "A", "nothing is left of the second half-year"


async def test_a_grade_ends_with_the_correction_it_counts_by_now(stage: Stage) -> None:
    """E28: 65.00 was entered again as 65.00, so the grade stayed; then that was revoked."""
    ledger = await Ledger(stage).founded(10, 10)
    await ledger.enters("65.00")
    await ledger.confirms((await ledger.graded("95.00", estate_id=SECOND))["id"])
    stage.clock.advance(timedelta(hours=1))
    again = await ledger.enters("65.00", source_id=named("correction"))
    await ledger.proposes()
    assert await ledger.in_force() == "B"
    appeal = (await ledger.appeals(again)).json()["id"]
    assert await ledger.in_force() is None
    await ledger.rules(appeal)
    await ledger.confirms((await ledger.list("/credit-grades"))[0]["id"])
    assert await ledger.in_force() == "A"


async def test_an_appeal_about_something_else_proposes_no_declined_grade(stage: Stage) -> None:
    """E28: nothing of the grade rests on that survey."""
    ledger = await Ledger(stage).founded()
    survey = await ledger.enters("70.00", source=EntrySource.SATISFACTION_SURVEY)
    grade = await ledger.graded("65.00")
    body = {"decision": "DECLINE", "reason": "待复核"}
    await ledger.send(f"/credit-grades/{grade['id']}/decision", body, BUREAU)
    appeal = (await ledger.appeals(survey)).json()["id"]
    await ledger.rules(appeal, "UPHELD")
    assert [each["state"] for each in await ledger.list("/credit-grades")] == ["DECLINED"]


async def test_a_grade_is_declined_with_a_reason(stage: Stage) -> None:
    """E19: then there is none, until its entries change."""
    ledger = await Ledger(stage).founded()
    path = f"/credit-grades/{(await ledger.graded('55.00'))['id']}/decision"
    bare = await ledger.send(path, {"decision": "DECLINE"}, BUREAU)
    assert (bare.status_code, bare.json()["code"]) == (422, "REASON_NEEDED")
    declined = await ledger.send(path, {"decision": "DECLINE", "reason": "样本不足"}, BUREAU)
    assert (declined.json()["state"], declined.json()["reason"]) == ("DECLINED", "样本不足")
    await ledger.proposes()
    assert [each["state"] for each in await ledger.list("/credit-grades")] == ["DECLINED"]
    assert await ledger.in_force() is None


async def test_what_was_declined_is_proposed_again_when_an_appeal_is_decided(stage: Stage) -> None:
    """E28: declined because the appeal was open; the B of the revoked score must not stay."""
    ledger = await Ledger(stage).founded(10, 10)
    low = await ledger.enters("65.00")
    first = (await ledger.graded("95.00", estate_id=SECOND))["id"]
    await ledger.confirms(first)
    appeal = (await ledger.appeals(low)).json()["id"]
    waiting = (await ledger.list("/credit-grades?state=PROPOSED"))[0]
    assert waiting["grade"] == "A"
    decline = {"decision": "DECLINE", "reason": "申诉未决，暂不审定"}
    await ledger.send(f"/credit-grades/{waiting['id']}/decision", decline, BUREAU)
    await ledger.proposes()
    assert await ledger.list("/credit-grades?state=PROPOSED") == []
    await ledger.rules(appeal)
    (again,) = await ledger.list("/credit-grades?state=PROPOSED")
    assert (again["grade"], again["score"]) == ("A", "95.00")


async def test_one_refusal_does_not_decline_a_later_computation(stage: Stage) -> None:
    """E19: B was decided, D declined once; corrected to C and back to D, it waits again."""
    ledger = await Ledger(stage).founded()
    await ledger.confirms((await ledger.graded("82.00"))["id"])
    declined = (await ledger.graded("55.00"))["id"]
    decline = {"decision": "DECLINE", "reason": "样本不足"}
    await ledger.send(f"/credit-grades/{declined}/decision", decline, BUREAU)
    await ledger.graded("70.00")
    await ledger.graded("55.00", source_id=named("third edition"))
    (waiting,) = await ledger.list("/credit-grades?state=PENDING_CONFIRM")
    assert (waiting["grade"], waiting["score"]) == ("D", "55.00")


async def test_who_decides_a_grade(stage: Stage) -> None:
    """E19, A13: the housing bureau that answers for all places of the company."""
    ledger = await Ledger(stage).founded(10, 10, ELSEWHERE)
    await ledger.enters("92.00", estate_id=SECOND, community=f"{ELSEWHERE}001")
    grade = (await ledger.graded("90.00"))["id"]
    for actor, status, code in (
        (BUREAU, 403, "NOT_YOUR_DECISION"),
        (OTHER_BUREAU, 403, "NOT_YOUR_DECISION"),
        (CITY_CENTRE, 403, "NOT_YOUR_DECISION"),
        (STREET, 403, "NOT_YOUR_DECISION"),
        (with_stake(CITY_BUREAU), 404, "CREDIT_GRADE_NOT_FOUND"),
        (COMPANY_DESK, 404, "CREDIT_GRADE_NOT_FOUND"),
        (owner(), 404, "CREDIT_GRADE_NOT_FOUND"),
    ):
        refused = await ledger.confirms(grade, actor)
        assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert (await ledger.confirms(grade, CITY_BUREAU)).status_code == 200


async def test_who_reads_a_grade(stage: Stage) -> None:
    """E16, A13: the desks of its places at once, the company once it was decided."""
    ledger = await Ledger(stage).founded()
    grade = (await ledger.graded("90.00"))["id"]
    assert await ledger.list("/credit-grades", COMPANY_DESK) == []
    await ledger.confirms(grade)
    for reader, status in (
        (STREET, 200),
        (COMPANY_DESK, 200),
        (OTHER_BUREAU, 404),
        (OTHER_COMPANY, 404),
        (with_stake(BUREAU), 404),
        (owner(), 404),
    ):
        assert (await ledger.get(f"/credit-grades/{grade}", reader)).status_code == status
