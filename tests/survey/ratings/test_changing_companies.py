"""X40: the company of an estate changes during the quarter that it is rated for."""

from __future__ import annotations

from shared.contracts.survey import RatingPublished
from tests.samples import COMPANY, named
from tests.stage import Stage
from tests.survey.ratings.raters import OFFICER, OWNERS, Room, marks
from tests.survey.surveys.pollster import served

FIVE = (OWNERS,) * 5
ANOTHER = named("another company")
CHANGED = ((COMPANY, "2025-01-01", "2026-03-30"), (ANOTHER, "2026-03-31", None))
AFTERWARDS = ((COMPANY, "2025-01-01", "2026-03-31"), (ANOTHER, "2026-04-01", None))


async def test_a_rating_whose_company_changed_closes_invalid(stage: Stage) -> None:
    """The last day decides as well; the quarter is nobody's."""
    room = await _rated(stage)
    await stage.hear(served(*CHANGED))
    closed = await room.closed()
    assert (closed["state"], closed["invalid_because"]) == ("INVALID", "COMPANY_CHANGED")
    assert closed["result"] is None
    assert await stage.count("rating", "score IS NULL AND raters = 5") == 1
    assert await stage.count("credit_entry") == 0


async def test_a_change_after_the_quarter_changes_nothing(stage: Stage) -> None:
    room = await _rated(stage)
    await stage.hear(served(*AFTERWARDS))
    assert (await room.published())["state"] == "PUBLISHED"
    (told,) = await stage.said(RatingPublished)
    assert told.rating.company_id == COMPANY


async def test_a_change_that_is_heard_of_after_the_count_stops_the_publication(
    stage: Stage,
) -> None:
    room = await _rated(stage)
    await room.closed()
    await stage.hear(served(*CHANGED))
    refused = await room.do("publication", OFFICER)
    assert (refused.status_code, refused.json()["code"]) == (409, "COMPANY_CHANGED_SINCE")
    assert (await room.see()).json()["state"] == "CLOSED"
    assert await stage.said(RatingPublished) == []
    voided = await room.do("voiding", OFFICER, {"reason": "物业企业已变更"})
    assert voided.json()["state"] == "INVALID"


async def _rated(stage: Stage) -> Room:
    room = await Room(stage).represented(FIVE)
    await room.opened()
    await room.rated([marks(4)] * 5)
    return room
