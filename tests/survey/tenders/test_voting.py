"""Old estates may be asked to vote; then no result is public without it (F03, U07)."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from shared.identity import Actor
from tests.samples import named
from tests.stage import Stage
from tests.survey.surveys.pollster import LEADER, MANAGER, STREET, resident
from tests.survey.tenders.tendering import BIDDER, HOUSING, RIVAL, Tendering

EXAMPLE = ("85", "90", "70")
VOTE = "PUBLIC_INVITE_RESIDENT_VOTE"
PASSED: dict[str, Any] = {
    "held_on": "2026-03-01",
    "owners": 100,
    "area": 10000,
    "owners_participating": 67,
    "area_participating": 6700,
    "owners_agreeing": 34,
    "area_agreeing": 3350.01,
}
FAILED = PASSED | {"area_agreeing": 3350}


async def vote(
    tendering: Tendering, numbers: dict[str, Any], actor: Actor = STREET, **changes: Any
) -> httpx.Response:
    body = {"bid_id": await tendering.bid_id(BIDDER)} | numbers | changes
    return await tendering.put("vote", body, actor)


async def test_no_result_without_a_vote_that_passed(stage: Stage) -> None:
    """F03, U07: half of the area is not more than half; owners may vote again."""
    tendering = await Tendering(stage).scored((BIDDER, *EXAMPLE), (RIVAL, *EXAMPLE), method=VOTE)
    assert (await tendering.see()).json()["vote"] is None
    missing = await tendering.post("publication")
    assert (missing.status_code, missing.json()["code"]) == (409, "TENDER_VOTE_MISSING")
    shown = (await vote(tendering, FAILED)).json()["vote"]
    assert (shown["quorate"], shown["passed"], shown["area_agreeing"]) == (True, False, "3350.00")
    failed = await tendering.post("publication")
    assert (failed.status_code, failed.json()["code"]) == (409, "TENDER_VOTE_FAILED")
    assert (await vote(tendering, PASSED, HOUSING)).json()["vote"]["passed"] is True
    published = await tendering.published()
    assert published["vote"]["bid_id"] == await tendering.bid_id(BIDDER)
    for reader in (MANAGER, resident("anybody", 3)):
        seen = (await tendering.see(reader)).json()["vote"]
        assert seen["bid_id"] == published["vote"]["bid_id"]
        assert seen["passed"] is True
        assert {seen[name] for name in PASSED if name != "held_on"} == {None}
    late = await vote(tendering, FAILED)
    assert (late.status_code, late.json()["code"]) == (409, "TENDER_STATE_FORBIDS")
    assert await stage.count("tender_vote") == 1


async def test_a_review_is_advice(stage: Stage) -> None:
    """F02, U07: by the other methods nobody votes, and nobody waits for it."""
    tendering = await Tendering(stage).scored(
        (BIDDER, *EXAMPLE), method="PUBLIC_INVITE_RESIDENT_REVIEW"
    )
    refused = await vote(tendering, PASSED)
    assert (refused.status_code, refused.json()["code"]) == (409, "TENDER_METHOD_WITHOUT_VOTE")
    assert (await tendering.published())["vote"] is None


async def test_a_failed_vote_may_end_the_tender(stage: Stage) -> None:
    tendering = await Tendering(stage).scored((BIDDER, *EXAMPLE), method=VOTE)
    await vote(tendering, FAILED)
    ended = await tendering.post("voiding", {"reason": "业主表决未通过"})
    assert (ended.status_code, ended.json()["state"]) == (200, "VOID")


async def test_before_the_opening_nobody_votes(stage: Stage) -> None:
    tendering = await Tendering(stage).ready(BIDDER, method=VOTE)
    early = await vote(tendering, PASSED)
    assert (early.status_code, early.json()["code"]) == (409, "TENDER_STATE_FORBIDS")


@pytest.mark.parametrize(
    "changes",
    [
        {"owners_participating": 101},
        {"area_participating": 10000.01},
        {"owners_agreeing": 68},
        {"area_agreeing": 6700.01},
        {"held_on": "2026-03-03"},
    ],
)
async def test_numbers_fit_into_each_other(stage: Stage, changes: dict[str, Any]) -> None:
    tendering = await Tendering(stage).scored((BIDDER, *EXAMPLE), method=VOTE)
    refused = await vote(tendering, PASSED, **changes)
    assert (refused.status_code, refused.json()["code"]) == (422, "TENDER_VOTE_IMPOSSIBLE")
    assert await stage.count("tender_vote") == 0
    assert (await vote(tendering, PASSED)).status_code == 200


async def test_who_records_a_vote(stage: Stage) -> None:
    """F03: who runs the tender, on one of its bids."""
    tendering = await Tendering(stage).scored((BIDDER, *EXAMPLE), method=VOTE)
    for actor in (LEADER, MANAGER, resident("panelist 0", 0)):
        refused = await vote(tendering, PASSED, actor)
        assert (refused.status_code, refused.json()["code"]) == (403, "TENDER_STAFF_ONLY")
    strange = await vote(tendering, PASSED, bid_id=str(named("no bid")))
    assert (strange.status_code, strange.json()["code"]) == (404, "BID_NOT_FOUND")
    assert (await vote(tendering, PASSED)).status_code == 200
