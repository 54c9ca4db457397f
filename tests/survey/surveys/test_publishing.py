"""Publication on two channels, the credit file, and what two low scores lead to (E05-E07)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from shared.clock import BEIJING
from shared.contracts.survey import RectificationDue, SatisfactionPublished
from tests.samples import COMPANY, ESTATE
from tests.stage import Stage
from tests.survey.surveys.pollster import (
    LEADER,
    MANAGER,
    STREET,
    Poll,
    levels,
    resident,
)

BOARD, GROUP = "NOTICE_BOARD", "OWNERS_GROUP"
SCORES = {  # ten answers whose levels sum to fifty times the mean
    "79.60": [levels(4)] * 9 + [levels(4, 4, 4, 4, 3)],
    "80.00": [levels(4)] * 9 + [levels(3, 4, 4, 4, 5)],
    "78.00": [levels(4)] * 5 + [levels(3, 4, 4, 4, 4)] * 5,
}


async def surveyed(poll: Poll, score: str, period: str) -> dict[str, Any]:
    """One survey from draft to publication, whose score is `score`."""
    today = poll.stage.clock.now().date()
    await poll.opened(10, period=period, ends_on=today)
    await poll.walked(SCORES[score])
    return await poll.published(datetime.combine(today + timedelta(days=1), time(9), BEIJING))


async def test_public_with_the_second_channel(stage: Stage) -> None:
    """E05, E06: one event, one entry, the same figures for everybody."""
    poll = await Poll(stage).opened()
    await poll.walked(SCORES["78.00"])
    await poll.closed()
    now = stage.clock.now()
    first = (await poll.post_on(BOARD, now)).json()
    assert (first["state"], await stage.said(SatisfactionPublished)) == ("CLOSED", [])
    again = await poll.post_on(BOARD, now)
    assert (again.status_code, again.json()["code"]) == (409, "CHANNEL_RECORDED")
    stage.clock.advance(timedelta(hours=2))
    second = (await poll.post_on(GROUP, stage.clock.now())).json()
    assert (second["state"], second["result"]["synchronous"]) == ("PUBLISHED", True)
    (told,) = await stage.said(SatisfactionPublished)
    assert (told.survey.score, told.survey.company_id) == (Decimal("78.00"), COMPANY)
    assert (told.survey.estate_id, told.survey.period) == (ESTATE, "2026-H1")
    for reader in (STREET, MANAGER, resident("anybody", 2)):
        async with stage.client(reader) as client:
            shown = (await client.get(f"/surveys/{poll.id}")).json()
        assert shown["result"] == second["result"]
    assert await stage.count("credit_entry", f"source_id = '{poll.id}' AND score = 78.00") == 1
    assert await stage.count("credit_entry") == 1


async def test_another_day_is_not_synchronous(stage: Stage) -> None:
    """E05: board on 03-10 at 09:00, group on 03-11; it is public all the same, and flagged."""
    poll = await Poll(stage).opened()
    await poll.walked(SCORES["78.00"])
    await poll.closed()
    stage.clock.move_to(datetime.fromisoformat("2026-03-10T09:00:00+08:00"))
    await poll.post_on(BOARD, stage.clock.now())
    stage.clock.move_to(datetime.fromisoformat("2026-03-11T08:00:00+08:00"))
    late = (await poll.post_on(GROUP, stage.clock.now())).json()
    assert (late["state"], late["result"]["synchronous"]) == ("PUBLISHED", False)
    assert [each["posted_at"] for each in late["publications"]] == [
        "2026-03-10T09:00:00+08:00",
        "2026-03-11T08:00:00+08:00",
    ]
    assert "两处未于同一日公开" in (await poll.see(MANAGER, "/notice")).text


async def test_what_hangs_on_the_board_is_not_voided(stage: Stage) -> None:
    """E05, E07: neither is a low score surveyed away."""
    poll = await Poll(stage).opened()
    await poll.walked(SCORES["78.00"])
    await poll.closed()
    await poll.post_on(BOARD, stage.clock.now())
    refused = await poll.post("voiding", {"reason": "重新测评"}, STREET)
    assert (refused.status_code, refused.json()["code"]) == (409, "SURVEY_RESULT_POSTED")


async def test_what_a_publication_needs(stage: Stage) -> None:
    poll = await Poll(stage).opened()
    await poll.walked(SCORES["78.00"])
    early = await poll.post_on(BOARD, stage.clock.now())
    assert (early.status_code, early.json()["code"]) == (409, "SURVEY_STATE_FORBIDS")
    await poll.closed()
    now = stage.clock.now()
    assert (await poll.post_on("RADIO", now)).json()["code"] == "CHANNEL_UNKNOWN"
    for moment in (now - timedelta(days=1), now + timedelta(seconds=1)):
        refused = await poll.post_on(BOARD, moment)
        assert (refused.status_code, refused.json()["code"]) == (422, "POSTED_AT_IMPOSSIBLE")
    for actor in (LEADER, MANAGER, resident("anybody", 2)):
        refused = await poll.post_on(BOARD, now, actor)
        assert (refused.status_code, refused.json()["code"]) == (403, "STREETS_ONLY")
    assert (await poll.post_on(BOARD, now)).status_code == 200


async def test_what_is_public_stays(stage: Stage) -> None:
    poll = await Poll(stage).opened()
    await poll.walked(SCORES["78.00"])
    await poll.published()
    for what, body in (("voiding", {"reason": "错误"}), ("closing", None), ("opening", None)):
        refused = await poll.post(what, body, STREET)
        assert (refused.status_code, refused.json()["code"]) == (409, "SURVEY_STATE_FORBIDS")
    posted = await poll.post_on(BOARD, stage.clock.now())
    assert (posted.status_code, posted.json()["code"]) == (409, "SURVEY_STATE_FORBIDS")


async def test_the_notice_to_print(stage: Stage) -> None:
    """E05: for the board before it is public, for everybody afterwards."""
    poll = await Poll(stage).opened()
    await poll.walked(SCORES["78.00"])
    await poll.closed()
    page = await poll.see(LEADER, "/notice")
    assert "应于同一日" in page.text
    assert page.headers["content-type"].startswith("text/html")
    assert "2026-H1" not in page.text
    assert "seed-" not in page.text
    for words in (
        "演示·桂花园",
        "2026年上半年",
        "2025年7月21日起施行",
        "<strong>78.00</strong>",
        "100.00%",
        "服务响应速度",
    ):
        assert words in page.text
    assert (await poll.see(MANAGER, "/notice")).status_code == 404
    await poll.post_on(BOARD, stage.clock.now())
    await poll.post_on(GROUP, stage.clock.now())
    assert (await poll.see(MANAGER, "/notice")).text == page.text
    assert (await poll.see(resident("anybody", 2), "/notice")).text == page.text


async def test_the_credit_file_is_only_added_to(stage: Stage) -> None:
    """E06: read by the place and the company, changed by nobody."""
    poll = await Poll(stage).opened()
    await poll.walked(SCORES["78.00"])
    await poll.published()
    for reader, seen in ((STREET, 1), (MANAGER, 1), (resident("anybody", 2), 0)):
        async with stage.client(reader) as client:
            items = (await client.get("/credit-entries")).json()["items"]
        assert [each["score"] for each in items] == ["78.00"] * seen
    for change in ("UPDATE credit_entry SET score = 100", "DELETE FROM credit_entry"):
        with pytest.raises(DBAPIError, match="append-only"):
            async with stage.host.runtime.database.transaction() as session:
                await session.execute(text(change))


async def test_two_low_scores_in_a_row(stage: Stage) -> None:
    """E07, W6: 79.60 and 78.00 are due, with both scores; a skipped period is no result."""
    poll = Poll(stage)
    await surveyed(poll, "79.60", "2026-H1")
    assert await stage.said(RectificationDue) == []
    await surveyed(poll, "78.00", "2027-H1")
    (due,) = await stage.said(RectificationDue)
    assert [(each.period, each.score) for each in due.company.scores] == [
        ("2026-H1", Decimal("79.60")),
        ("2027-H1", Decimal("78.00")),
    ]
    assert (due.company.company_id, due.company.estate_id) == (COMPANY, ESTATE)
    assert (str(due.company.id), due.company.below) == (poll.ids[-1], Decimal(80))


async def test_eighty_is_not_low(stage: Stage) -> None:
    """E07: 80.00 is not below 80, and what was low before counts no more."""
    poll = Poll(stage)
    for score, period in (("79.60", "2026-H1"), ("80.00", "2026-H2"), ("78.00", "2027-H1")):
        shown = await surveyed(poll, score, period)
        assert shown["result"]["score"] == score
    assert await stage.said(RectificationDue) == []
    assert await stage.count("credit_entry") == 3
