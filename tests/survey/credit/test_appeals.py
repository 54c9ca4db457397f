"""A company appeals, somebody without a stake decides, and nothing is deleted (E28)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from services.survey.credit.domain.sources import EntrySource
from shared.contracts.survey import CreditGradeDecided, RectificationDue
from tests.samples import named, owner
from tests.stage import Stage
from tests.survey.credit.ledger import (
    BUREAU,
    CITY_CENTRE,
    COLLEAGUE,
    COMPANY_DESK,
    COUNTY_CENTRE,
    OTHER_BUREAU,
    OTHER_COMPANY,
    SECOND,
    Ledger,
    with_stake,
)
from tests.survey.surveys.pollster import STREET, Poll
from tests.survey.surveys.test_publishing import surveyed


async def test_a_disputed_entry_is_shown_and_counts_for_no_grade(stage: Stage) -> None:
    """E28: 55.00 of one estate is disputed, so 92.00 of the other makes the grade; upheld, both."""
    ledger = await Ledger(stage).founded(10, 10)
    low = await ledger.enters("55.00")
    grade = await ledger.graded("92.00", estate_id=SECOND)
    assert (grade["score"], grade["grade"]) == ("73.50", "C")
    filed = await ledger.appeals(low)
    assert filed.status_code == 201, filed.text
    entry = filed.json()["entry"]
    assert (entry["standing"], entry["standing_chinese"]) == ("DISPUTED", "争议中")
    newest, before = await ledger.list("/credit-grades")
    assert (newest["score"], newest["grade"], newest["edition"]) == ("92.00", "A", 2)
    assert before["state"] == "SUPERSEDED"
    ruled = (await ledger.rules(filed.json()["id"], "UPHELD")).json()
    assert (ruled["outcome"], ruled["entry"]["standing_chinese"]) == ("UPHELD", "申诉后维持")
    newest = (await ledger.list("/credit-grades"))[0]
    assert (newest["score"], newest["state"]) == ("73.50", "PROPOSED")


async def test_a_revoked_entry_stays_beside_its_counter_entry(stage: Stage) -> None:
    """E28: nothing is deleted; the grade that rested on it ends."""
    ledger = await Ledger(stage).founded()
    entry = await ledger.enters("65.00")
    await ledger.proposes()
    (grade,) = await ledger.list("/credit-grades")
    assert (await ledger.confirms(grade["id"])).json()["state"] == "DECIDED"
    assert await ledger.in_force() == "C"
    filed = (await ledger.appeals(entry)).json()
    assert await ledger.in_force() is None
    ruled = (await ledger.rules(filed["id"])).json()
    assert (ruled["outcome"], ruled["outcome_reasons"]) == ("REVOKED", "经核查")
    counter, revoked = await ledger.list("/credit-entries")
    assert (revoked["id"], revoked["standing"]) == (str(entry), "REVOKED")
    assert (counter["counters"], counter["effect"]) == (str(entry), "COUNTER")
    assert (counter["standing"], counter["appeal_until"]) == ("VALID", None)
    (ended,) = await ledger.list("/credit-grades", COMPANY_DESK)
    assert ended["state"] == "WITHDRAWN"
    assert await ledger.in_force() is None
    refused = await ledger.appeals(counter["id"])
    assert (refused.status_code, refused.json()["code"]) == (409, "NOTHING_TO_APPEAL")


async def test_a_correction_takes_the_place_of_what_was_revoked(stage: Stage) -> None:
    """E28, E16: the newest entry of an estate counts, the older one does not come back."""
    ledger = await Ledger(stage).founded()
    await ledger.enters("95.00", source_id=named("first edition"))
    stage.clock.advance(timedelta(hours=1))
    wrong = await ledger.enters("55.00", source_id=named("second edition"))
    filed = (await ledger.appeals(wrong)).json()
    await ledger.rules(filed["id"])
    await ledger.proposes()
    assert await ledger.list("/credit-grades") == []
    stage.clock.advance(timedelta(hours=1))
    grade = await ledger.graded("85.00", source_id=named("third edition"))
    assert (grade["score"], grade["grade"]) == ("85.00", "B")


async def test_an_entry_is_appealed_once_and_within_thirty_days(stage: Stage) -> None:
    """E28: until 24:00 of the thirtieth day after the entry."""
    ledger = await Ledger(stage).founded()
    first = await ledger.enters("55.00")
    late = await ledger.enters("55.00", period="2025-H2")
    stage.clock.move_to(datetime.fromisoformat("2026-04-02T00:00:00+08:00"))
    filed = await ledger.appeals(first)
    assert filed.status_code == 201
    again = await ledger.appeals(first)
    assert (again.status_code, again.json()["code"]) == (409, "CREDIT_ENTRY_STANDING_FORBIDS")
    await ledger.rules(filed.json()["id"], "UPHELD")
    again = await ledger.appeals(first)
    assert (again.status_code, again.json()["code"]) == (409, "CREDIT_ENTRY_STANDING_FORBIDS")
    twice = await ledger.rules(filed.json()["id"])
    assert (twice.status_code, twice.json()["code"]) == (409, "CREDIT_ENTRY_STANDING_FORBIDS")
    stage.clock.advance(timedelta(seconds=1))
    refused = await ledger.appeals(late)
    assert (refused.status_code, refused.json()["code"]) == (409, "APPEAL_TOO_LATE")


async def test_who_appeals(stage: Stage) -> None:
    """E28: the site office of the company at the estate, nobody else."""
    ledger = await Ledger(stage).founded()
    entry = await ledger.enters("55.00")
    elsewhere = replace(
        COMPANY_DESK, scope=replace(COMPANY_DESK.scope, estates=frozenset({SECOND}))
    )
    for actor, status, code in (
        (BUREAU, 403, "NOT_YOUR_APPEAL"),
        (STREET, 403, "NOT_YOUR_APPEAL"),
        (OTHER_COMPANY, 404, "CREDIT_ENTRY_NOT_FOUND"),
        (elsewhere, 404, "CREDIT_ENTRY_NOT_FOUND"),
        (owner(), 404, "CREDIT_ENTRY_NOT_FOUND"),
    ):
        refused = await ledger.appeals(entry, actor)
        assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert (await ledger.appeals(entry, COMPANY_DESK)).status_code == 201


async def test_who_decides(stage: Stage) -> None:
    """E28, A13: the bureau of the place or the city's centre; never who entered it."""
    ledger = await Ledger(stage).founded()
    entry = await ledger.enters("55.00", actor=COLLEAGUE)
    appeal = (await ledger.appeals(entry)).json()["id"]
    for actor, status, code in (
        (STREET, 403, "NOT_YOUR_DECISION"),
        (COUNTY_CENTRE, 403, "NOT_YOUR_DECISION"),
        (COMPANY_DESK, 403, "NOT_YOUR_DECISION"),
        (COLLEAGUE, 403, "ENTERED_BY_YOU"),
        (OTHER_BUREAU, 404, "CREDIT_APPEAL_NOT_FOUND"),
        (with_stake(BUREAU), 404, "CREDIT_APPEAL_NOT_FOUND"),
        (owner(), 404, "CREDIT_APPEAL_NOT_FOUND"),
    ):
        refused = await ledger.rules(appeal, actor=actor)
        assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert (await ledger.rules(appeal, actor=CITY_CENTRE)).status_code == 200


async def test_appeals_that_wait_come_first(stage: Stage) -> None:
    """E28: page by page, for the place and the company."""
    ledger = await Ledger(stage).founded()
    ids = []
    for period in ("2024-H2", "2025-H1", "2025-H2"):
        entry = await ledger.enters("55.00", period=period)
        ids.append((await ledger.appeals(entry)).json()["id"])
    await ledger.rules(ids[2])
    listed, cursor = [], ""
    for _ in ids:
        page = (await ledger.get(f"/credit-appeals?limit=1{cursor}", COMPANY_DESK)).json()
        listed += [each["id"] for each in page["items"]]
        cursor = f"&cursor={page['next']}"
    assert (listed, page["next"]) == ([ids[1], ids[0], ids[2]], None)
    assert await ledger.list("/credit-appeals", OTHER_COMPANY) == []
    read = await ledger.get(f"/credit-appeals/{ids[0]}", BUREAU)
    assert read.json()["reasons"] == "评分依据的走访记录与事实不符"
    assert (await ledger.get(f"/credit-appeals/{ids[0]}", OTHER_BUREAU)).status_code == 404


async def test_reasons_are_in_no_event_and_no_log(stage: Stage) -> None:
    """E28: words about a company stay in its file."""
    ledger = await Ledger(stage).founded()
    appeal = (await ledger.appeals(await ledger.enters("55.00"))).json()["id"]
    await ledger.rules(appeal)
    assert await stage.said(CreditGradeDecided) == []
    assert await stage.count("outbox", "body::text LIKE '%走访记录%'") == 0
    assert await stage.count("audit_entry", "reason IS NOT NULL") == 0


async def test_a_revoked_score_makes_no_row_of_low_ones(stage: Stage) -> None:
    """E07, E28: 79.60 was taken back, so 78.00 is the first low one."""
    poll = Poll(stage)
    await surveyed(poll, "79.60", "2026-H1")
    ledger = Ledger(stage)
    (entry,) = await ledger.list("/credit-entries")
    assert entry["source"] == EntrySource.SATISFACTION_SURVEY
    appeal = (await ledger.appeals(entry["id"])).json()["id"]
    assert (await ledger.rules(appeal)).status_code == 200
    await surveyed(poll, "78.00", "2026-H2")
    assert await stage.said(RectificationDue) == []
