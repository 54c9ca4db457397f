"""X40: the company of an estate changes while people are asked about it."""

from __future__ import annotations

from datetime import date

import pytest

from services.survey.surveys.domain.scope import serves_throughout
from shared.contracts.survey import SatisfactionPublished
from tests.samples import COMPANY, named
from tests.stage import Stage
from tests.survey.surveys.pollster import STREET, Poll, levels, served
from tests.survey.surveys.test_publishing import BOARD, GROUP

ANOTHER = named("another company")
BEFORE = (COMPANY, "2025-01-01", "2026-03-05")
CHANGED = (BEFORE, (ANOTHER, "2026-03-06", None))
OPENED, LAST = date(2026, 3, 2), date(2026, 3, 9)


async def test_a_survey_whose_company_changed_closes_invalid(stage: Stage) -> None:
    """Neither company gets what was said of both; the period may be surveyed again."""
    poll = await Poll(stage).opened()
    await poll.walked([levels(3)] * 10)
    await stage.hear(served(*CHANGED))
    closed = await poll.closed()
    assert (closed["state"], closed["invalid_because"]) == ("INVALID", "COMPANY_CHANGED")
    assert closed["result"] is None
    assert await stage.count("survey", "score IS NULL AND answers = 10") == 1
    assert (await poll.post_on(BOARD, stage.clock.now())).status_code == 409
    assert await stage.count("credit_entry") == 0
    assert (await poll.draft(ends_on=date(2026, 3, 20))).status_code == 201


async def test_a_change_after_the_last_day_changes_nothing(stage: Stage) -> None:
    poll = await Poll(stage).opened()
    await poll.walked([levels(3)] * 10)
    await stage.hear(served((COMPANY, "2025-01-01", "2026-03-09"), (ANOTHER, "2026-03-10", None)))
    assert (await poll.closed())["state"] == "CLOSED"
    await poll.post_on(BOARD, stage.clock.now())
    assert (await poll.post_on(GROUP, stage.clock.now())).json()["state"] == "PUBLISHED"
    (told,) = await stage.said(SatisfactionPublished)
    assert told.survey.company_id == COMPANY


async def test_a_change_that_is_heard_of_after_the_count_stops_the_posting(stage: Stage) -> None:
    """It can only be voided; what hangs on the board already is finished on the other channel."""
    poll = await Poll(stage).opened()
    await poll.walked([levels(3)] * 10)
    await poll.closed()
    await stage.hear(served(*CHANGED))
    refused = await poll.post_on(BOARD, stage.clock.now())
    assert (refused.status_code, refused.json()["code"]) == (409, "COMPANY_CHANGED_SINCE")
    await stage.hear(served((COMPANY, "2025-01-01", None), version=3))
    assert (await poll.post_on(BOARD, stage.clock.now())).status_code == 200
    await stage.hear(served(*CHANGED, version=4))
    assert (await poll.post_on(GROUP, stage.clock.now())).json()["state"] == "PUBLISHED"


async def test_a_survey_of_a_changed_company_is_voided(stage: Stage) -> None:
    poll = await Poll(stage).opened()
    await poll.walked([levels(3)] * 10)
    await poll.closed()
    await stage.hear(served(*CHANGED))
    voided = await poll.post("voiding", {"reason": "物业企业已变更"}, STREET)
    assert (voided.status_code, voided.json()["state"]) == (200, "INVALID")


@pytest.mark.parametrize(
    ("contracts", "throughout"),
    [
        pytest.param([(COMPANY, "2025-01-01", None)], True, id="open-ended"),
        pytest.param([(COMPANY, "2025-01-01", "2026-03-09")], True, id="to-the-last-day"),
        pytest.param([(COMPANY, "2025-01-01", "2026-03-08")], False, id="gone-on-the-last-day"),
        pytest.param(
            [(COMPANY, "2025-01-01", "2026-03-04"), (COMPANY, "2026-03-05", None)],
            True,
            id="prolonged",
        ),
        pytest.param(
            [(ANOTHER, "2025-01-01", "2026-03-01"), (COMPANY, "2026-03-02", None)],
            True,
            id="new-on-the-first-day",
        ),
        pytest.param(CHANGED, False, id="changed"),
        pytest.param([(ANOTHER, "2026-03-09", None)], False, id="another"),
        pytest.param(
            [BEFORE, (ANOTHER, "2026-03-06", "2026-03-07"), (COMPANY, "2026-03-08", None)],
            False,
            id="there-and-back",
        ),
        pytest.param([], False, id="nobody"),
    ],
)
def test_whose_days_they_are(
    contracts: list[tuple[object, str, str | None]], throughout: bool
) -> None:
    known = [
        {"company_id": str(company), "valid_from": begins, "valid_to": ends}
        for company, begins, ends in contracts
    ]
    assert serves_throughout(COMPANY, OPENED, LAST, known) is throughout
