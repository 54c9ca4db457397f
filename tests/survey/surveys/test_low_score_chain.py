"""W6 from draft to rectification, at the two scores that lie closest to the threshold (E07)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal

from sqlalchemy import text

from shared.clock import BEIJING
from shared.contracts.survey import RectificationDue
from tests.samples import COMPANY, ESTATE
from tests.stage import Stage
from tests.survey.surveys.pollster import Poll, estate

# every door was visited and gave a four to everything, and some of them one three
ANSWERED = text("""
    WITH answered AS (
        INSERT INTO survey_answer (id, survey_id, house_id, relation, mode, given_at, received_at,
            levels)
        SELECT gen_random_uuid(), survey_id, house_id, 'OWNER', 'VISIT', :at, :at,
               jsonb_build_object('RESPONSE', CASE WHEN room::int < :lowered THEN 3 ELSE 4 END,
                   'HYGIENE', 4, 'FACILITIES', 4, 'SAFETY', 4, 'CHARGES', 4)
          FROM survey_household WHERE survey_id = :survey_id
        RETURNING id, house_id)
    UPDATE survey_household SET answer_id = answered.id, contacted_at = :at
      FROM answered
     WHERE survey_id = :survey_id AND survey_household.house_id = answered.house_id
""")


async def surveyed(poll: Poll, period: str, lowered: int) -> str:
    """One survey from draft to publication; its score."""
    today = poll.stage.clock.now().date()
    await poll.opened(period=period, ends_on=today)
    row = {"survey_id": poll.id, "lowered": lowered, "at": poll.stage.clock.now()}
    async with poll.stage.host.runtime.database.transaction() as session:
        await session.execute(ANSWERED, row)
    tomorrow = datetime.combine(today + timedelta(days=1), time(9), BEIJING)
    return str((await poll.published(tomorrow))["result"]["score"])


async def test_the_low_score_chain(stage: Stage) -> None:
    """W6, E07: 79.50 in H1-2026 and 79.99 in H2-2026 are due; 80.00 in H1-2027 resets, so that the
    79.99 after it prompts nobody.
    """
    await stage.hear(estate(8, version=2))
    poll = Poll(stage)
    assert await surveyed(poll, "2026-H1", lowered=1) == "79.50"
    assert await stage.said(RectificationDue) == []
    await stage.hear(estate(268, version=3))
    assert await surveyed(poll, "2026-H2", lowered=1) == "79.99", "79.98507… is rounded once"
    (due,) = await stage.said(RectificationDue)
    assert [(each.period, each.score) for each in due.company.scores] == [
        ("2026-H1", Decimal("79.50")),
        ("2026-H2", Decimal("79.99")),
    ]
    assert (due.company.company_id, due.company.estate_id) == (COMPANY, ESTATE)
    assert due.company.below == Decimal(80)
    assert await surveyed(poll, "2027-H1", lowered=0) == "80.00"
    assert await surveyed(poll, "2027-H2", lowered=1) == "79.99"
    assert len(await stage.said(RectificationDue)) == 1
