"""What is known of a company when its contract is renewed (E11)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.survey.credit.domain.sources import EntrySource
from tests.samples import COMPANY, ESTATE, named, owner
from tests.stage import Stage
from tests.survey.credit.ledger import (
    BUREAU,
    COMPANY_DESK,
    OTHER_BUREAU,
    OTHER_COMPANY,
    SECOND,
    Ledger,
    with_stake,
)
from tests.survey.surveys.pollster import LEADER, STREET

PATH = f"/companies/{COMPANY}/dossier?estate_id={ESTATE}"


async def opened(ledger: Ledger) -> dict[str, Any]:
    answer = await ledger.get(PATH)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_the_last_four_quarters_and_all_else(stage: Stage) -> None:
    """E11: a quarter without a rating is shown as such; what is disputed is marked."""
    ledger = await Ledger(stage).founded()
    rating = EntrySource.QUARTERLY_RATING
    for period, score in (
        ("2024-Q4", "90"),
        ("2025-Q1", "71"),
        ("2025-Q3", "73"),
        ("2025-Q4", "74"),
    ):
        await ledger.enters(score, source=rating, period=period)
    await ledger.enters("99", source=rating, period="2025-Q2", estate_id=SECOND)
    await ledger.enters("78", source=EntrySource.SATISFACTION_SURVEY, period="2025-H2")
    await ledger.enters("88", source=EntrySource.EVALUATION)
    await ledger.enters(None, source=EntrySource.RECTIFICATION_OVERDUE)
    await ledger.appeals(await ledger.enters("40", period="2025-H2"))
    grade = await ledger.graded("83.00")
    await ledger.confirms(grade["id"])
    shown = await opened(ledger)
    quarters = [(e["quarter"], e["entry"] and e["entry"]["score"]) for e in shown["quarters"]]
    assert quarters == [
        ("2025-Q4", "74.00"),
        ("2025-Q3", "73.00"),
        ("2025-Q2", None),
        ("2025-Q1", "71.00"),
    ]
    assert [each["score"] for each in shown["satisfaction"]] == ["78.00"]
    evaluations = [(each["score"], each["standing_chinese"]) for each in shown["evaluations"]]
    assert evaluations == [("83.00", "有效"), ("40.00", "争议中"), ("88.00", "有效")]
    assert (len(shown["marks"]), shown["disputed"]) == (1, 1)
    assert (shown["grade"]["grade"], shown["estate_name"]) == ("B", "演示·桂花园")


async def test_what_expired_or_was_taken_back_is_left_out(stage: Stage) -> None:
    """E11, E28: after three years nothing is held against anybody."""
    ledger = await Ledger(stage).founded()
    await ledger.enters(None, source=EntrySource.RECTIFICATION_OVERDUE)
    appeal = (await ledger.appeals(await ledger.enters("40"))).json()["id"]
    assert (await opened(ledger))["disputed"] == 1
    await ledger.rules(appeal)
    shown = await opened(ledger)
    assert (shown["evaluations"], len(shown["marks"])) == ([], 1)
    stage.clock.move_to(datetime.fromisoformat("2029-03-02T09:00:00+08:00"))
    assert (await opened(ledger))["marks"] == []


async def test_who_opens_it(stage: Stage) -> None:
    """E11, A13."""
    ledger = await Ledger(stage).founded()
    for reader, status in (
        (BUREAU, 200),
        (STREET, 200),
        (LEADER, 200),
        (COMPANY_DESK, 200),
        (OTHER_COMPANY, 404),
        (OTHER_BUREAU, 404),
        (with_stake(BUREAU), 404),
        (owner(), 404),
    ):
        assert (await ledger.get(PATH, reader)).status_code == status
    unknown = f"/companies/{COMPANY}/dossier?estate_id={named('nowhere')}"
    absent = await ledger.get(unknown)
    assert (absent.status_code, absent.json()["code"]) == (404, "DOSSIER_NOT_FOUND")
