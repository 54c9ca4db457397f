"""What goes wrong at our end is told as that; strange numbers are the client's mistake."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from tests.environment import environment
from tests.stage import Stage

KEY = environment()["LIUDUAN_GEOREPORT_DEMO_KEY"]
REQUESTS = "/open311/v2/requests.json"


@pytest.mark.parametrize(
    "query",
    [
        {"page": "9" * 5_000},
        {"page": "1000"},
        {"page_size": "0"},
        {"start_date": "0001-01-01"},
        {"end_date": "9999-12-31T23:59:59Z"},
    ],
)
async def test_a_strange_number_or_year_is_the_clients_mistake(
    stage: Stage, query: dict[str, str]
) -> None:
    async with stage.client() as client:
        answer = await client.get(REQUESTS, params=query)
    assert (answer.status_code, answer.json()[0]["code"]) == (400, 400), answer.text


async def test_a_failure_of_ours_is_not_told_as_a_refusal(stage: Stage) -> None:
    """Or a client would never send it again."""
    async with stage.host.runtime.database.transaction() as session:
        await session.execute(text("ALTER TABLE open311_client RENAME TO away"))
    async with stage.client() as client:
        answer = await client.post(REQUESTS, data={"api_key": KEY, "service_code": "EQ01"})
    assert (answer.status_code, answer.json()[0]["code"]) == (500, 500), answer.text
