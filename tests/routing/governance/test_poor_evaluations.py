"""A poor evaluation prompts the same talk as low scores, once in the half-year (E26)."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from services.routing.app import service
from services.routing.governance.domain.half_years import half_year_of
from shared.contracts import routing as said
from shared.contracts.survey import EvaluationState, PoorEvaluationFound
from shared.database import Database
from shared.migrating import upgrade
from tests.migrated import migrate_to
from tests.routing.drama import GARDEN, Drama, at
from tests.routing.governance.test_low_scores import low_scores, talk
from tests.routing.governance.test_rectification import COMPANY, KEEPER, OFFICE, STREET
from tests.samples import named
from tests.servers import Databases

EVALUATION = named("poor evaluation")


def found_poor(**changes: Any) -> PoorEvaluationFound:
    state = {
        "id": EVALUATION,
        "version": 1,
        "estate_id": GARDEN.estate_id,
        "estate_name": GARDEN.estate,
        "division": "421202001",
        "company_id": KEEPER,
        "period": "2026-H1",
        "edition": 1,
        "owners": Decimal("61.00"),
        "community": Decimal("58.00"),
        "third_party": Decimal("55.00"),
        "composite": Decimal("58.30"),
        "band": "POOR",
        "published_at": at("2026-07-06 09:00"),
    }
    return PoorEvaluationFound(evaluation=EvaluationState.model_validate(state | changes))


async def prompts(drama: Drama) -> list[dict[str, Any]]:
    return list((await drama.see(STREET, "/talk-prompts"))["items"])


async def test_the_street_is_prompted_once_and_orders_the_same_rectification(drama: Drama) -> None:
    """E26: told twice, and once more after a correction; CK-16 runs from the talk that was held."""
    drama.move_to("2026-07-06 10:00")
    await drama.stage.hear(found_poor())
    await drama.stage.hear(found_poor(version=2, edition=2, id=named("corrected")))
    (prompt,) = await prompts(drama)
    assert (prompt["cause"], prompt["period"]) == ("POOR_GRADE", "2026-H1")
    assert prompt["evaluation_id"] == str(EVALUATION)
    assert prompt["scores"] == [{"period": "2026-H1", "score": "55.00"}]
    assert await drama.stage.count("rectification") == 0
    path = f"/talk-prompts/{prompt['id']}/rectification"
    refused = await drama.send(COMPANY, path, talk(drama))
    assert (refused.status_code, refused.json()["code"]) == (403, "CENTRES_ONLY")
    ordered = await drama.send(OFFICE, path, talk(drama))
    assert ordered.status_code == 201, ordered.text
    assert ordered.json()["cause"] == "POOR_GRADE"
    assert ordered.json()["due_at"] == "2026-08-06T00:00:00+08:00"
    assert len(await drama.stage.said(said.RectificationOrdered)) == 1


@pytest.mark.parametrize("first", ["LOW_SCORE", "POOR_GRADE"])
async def test_low_scores_of_the_same_half_year_prompt_no_second_talk(
    drama: Drama, first: str
) -> None:
    """E26, E07: whichever comes first; told by either, the street talks once."""
    events = [low_scores(), found_poor()]
    drama.move_to("2026-07-06 10:00")
    await drama.stage.hear(*(events if first == "LOW_SCORE" else reversed(events)))
    (prompt,) = await prompts(drama)
    assert prompt["cause"] == first


async def test_another_half_year_and_another_estate_prompt_their_own(drama: Drama) -> None:
    """E26."""
    drama.move_to("2027-01-06 10:00")
    await drama.stage.hear(
        low_scores(),
        found_poor(period="2026-H2"),
        found_poor(id=named("elsewhere"), estate_id=named("another estate")),
        found_poor(id=named("of others"), company_id=named("another company")),
    )
    shown = [(each["cause"], each["period"]) for each in reversed(await prompts(drama))]
    assert shown == [
        ("LOW_SCORE", "2026-H1"),
        ("POOR_GRADE", "2026-H2"),
        ("POOR_GRADE", "2026-H1"),
        ("POOR_GRADE", "2026-H1"),
    ]


@pytest.mark.parametrize(
    ("period", "half"),
    [
        ("2026-H1", "2026-H1"),
        ("2026-Q2", "2026-H1"),
        ("2026-Q3", "2026-H2"),
        ("2026-06", "2026-H1"),
        ("2026-07", "2026-H2"),
        ("2026", "2026-H2"),
        ("26-H1", None),
    ],
)
def test_the_half_year_of_a_period(period: str, half: str | None) -> None:
    """E26: surveys may be held in other cycles (U21)."""
    assert half_year_of(period) == half


LOW = text("""
    INSERT INTO talk_prompt (id, cause, company_id, estate_id, division, reopened, scores, at)
    VALUES (:id, :cause, :id, :id, '421202001', 0, CAST(:scores AS jsonb), now())
""")


async def test_what_was_prompted_before_belongs_to_a_half_year_too(postgres: Databases) -> None:
    """E26, E07: a talk prompted before the migration is not prompted again."""
    url = await postgres.fresh_database()
    await asyncio.to_thread(migrate_to, "0021", service.migrations, url)
    database = Database(url)
    scores = '[{"period": "2025-H2", "score": "79.50"}, {"period": "2026-H1", "score": "79.99"}]'
    before = [("LOW_SCORE", scores), ("REOPENED_CASES", "[]")]
    async with database.transaction() as session:
        for number, (cause, listed) in enumerate(before, start=1):
            await session.execute(LOW, {"id": UUID(int=number), "cause": cause, "scores": listed})
    await asyncio.to_thread(upgrade, service.migrations, url)
    async with database.transaction() as session:
        rows = await session.execute(text("SELECT period FROM talk_prompt ORDER BY id"))
        assert rows.scalars().all() == ["2026-H1", None]
    await database.engine.dispose()
