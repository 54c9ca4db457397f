"""Scores, restricted grades, the bonus, and the public record (F05, E18, E25)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import text

from shared.contracts.intake import ErasedOwner, OwnerErased
from shared.privacy import Hiding
from tests.samples import named
from tests.stage import START, Stage
from tests.survey.surveys.pollster import MANAGER, STREET, once, resident
from tests.survey.tenders.tendering import (
    BIDDER,
    HOUSING,
    RIVAL,
    THIRD,
    Tendering,
    bonus_decided,
    evaluated,
    graded,
)

EXAMPLE = ("85", "90", "70")
REASON = "全县仅此一家企业报名，已责令其整改"


async def audited(stage: Stage, action: str) -> list[Any]:
    query = text("SELECT actor_id, reason FROM audit_entry WHERE action = :action")
    async with stage.host.runtime.database.transaction() as session:
        return list(await session.execute(query, {"action": action}))


async def test_the_letters_example(stage: Stage) -> None:
    """F05: 85, 90, 70 are 85.00; the weights stand beside it."""
    tendering = await Tendering(stage).scored((BIDDER, *EXAMPLE))
    shown = (await tendering.see()).json()
    assert (shown["bids"][0]["score"], shown["bids"][0]["total"]) == ("85.00", None)
    assert shown["weights"] == {"service": "0.6", "credit": "0.3", "price": "0.1"}
    published = await tendering.published()
    (bid,) = published["bids"]
    assert (bid["score"], bid["bonus"], bid["total"], bid["rank"]) == ("85.00", "0.00", "85.00", 1)


async def test_indicators_are_points(stage: Stage) -> None:
    """F05: 0 to 100, with at most two decimals."""
    tendering = await Tendering(stage).scored((BIDDER, "0", "100", "85.01"))
    path = f"bids/{await tendering.bid_id(BIDDER)}/indicators"
    wrong: tuple[Any, ...] = (-0.01, 100.01, 85.001, "85点", None, True)
    for each in wrong:
        refused = await tendering.put(path, {"service": each, "credit": 1, "price": 1})
        assert refused.status_code == 422, each


async def test_ranked_and_public(stage: Stage) -> None:
    """F05: ties share a rank; everybody reads the record, nobody the panel; it stays."""
    tendering = await Tendering(stage).scored(
        (BIDDER, "80", "80", "80"), (RIVAL, "90", "90", "90"), (THIRD, "80", "80", "80")
    )
    published = await tendering.published()
    assert [(each["company_id"], each["rank"]) for each in published["bids"]] == [
        (str(RIVAL), 1),
        (str(BIDDER), 2),
        (str(THIRD), 2),
    ]
    for reader in (MANAGER, resident("anybody", 3), replace(STREET, interests=frozenset({RIVAL}))):
        shown = (await tendering.see(reader)).json()
        assert (shown["bids"], shown["panel"]) == (published["bids"], None)
        assert shown["panel_size"] == 5
        async with stage.client(reader) as client:
            listed = (await client.get("/tenders")).json()["items"]
        assert [each["id"] for each in listed] == [tendering.id]
    for what, body in (("publication", None), ("voiding", {"reason": "误录"})):
        refused = await tendering.post(what, body)
        assert (refused.status_code, refused.json()["code"]) == (409, "TENDER_STATE_FORBIDS")
    assert (await tendering.score(BIDDER, "1", "1", "1")).status_code == 409


async def test_all_bids_are_scored_first(stage: Stage) -> None:
    """Until it is public a score may be corrected."""
    tendering = await Tendering(stage).ready(BIDDER, RIVAL)
    await tendering.post("opening")
    await tendering.score(BIDDER, "50", "50", "50")
    refused = await tendering.post("publication")
    assert (refused.status_code, refused.json()["code"]) == (409, "BIDS_UNSCORED")
    await tendering.score(RIVAL, "60", "60", "60")
    await tendering.score(BIDDER, *EXAMPLE)
    assert (await tendering.published())["bids"][0]["total"] == "85.00"


async def test_excellent_last_time_adds_five(stage: Stage) -> None:
    """E25: 85.00 becomes 90.00, 98.00 becomes 100.00; GOOD is proposed nothing."""
    tendering = await Tendering(stage).scored(
        (BIDDER, *EXAMPLE), (RIVAL, "98", "98", "98"), (THIRD, "91", "91", "91")
    )
    for company, score, band in (
        (BIDDER, "90.00", "EXCELLENT"),
        (RIVAL, "95.50", "EXCELLENT"),
        (THIRD, "89.99", "GOOD"),
    ):
        await evaluated(stage, company, score, band)
        assert await bonus_decided(stage, company) == (band == "EXCELLENT")
    bids = {each["company_id"]: each for each in (await tendering.published())["bids"]}
    totals = {company: bids[str(company)]["total"] for company in (BIDDER, RIVAL, THIRD)}
    assert totals == {BIDDER: "90.00", RIVAL: "100.00", THIRD: "91.00"}
    assert bids[str(RIVAL)]["bonus"] == "2.00"
    assert [bids[str(each)]["rank"] for each in (RIVAL, THIRD, BIDDER)] == [1, 2, 3]


async def test_nothing_is_added_by_itself(stage: Stage) -> None:
    """E25: while nobody has accepted the proposal, or somebody declined it, there is no bonus; an
    older half-year is worth nothing.
    """
    tendering = await Tendering(stage).scored(
        *((each, *EXAMPLE) for each in (BIDDER, RIVAL, THIRD))
    )
    await evaluated(stage, BIDDER, "95.00", "EXCELLENT", "2025-H2")
    assert await bonus_decided(stage, BIDDER) == 1
    for company in (RIVAL, THIRD):
        await evaluated(stage, company, "95.00", "EXCELLENT")
    assert await bonus_decided(stage, THIRD, "DECLINE") == 1
    bids = (await tendering.published())["bids"]
    assert [each["total"] for each in bids] == ["85.00"] * 3


async def test_a_restricted_company_is_blocked(stage: Stage) -> None:
    """E18: the street cannot let it in, the housing bureau can with a reason, and it is audited."""
    tendering = await Tendering(stage).recorded()
    await graded(stage, BIDDER, "79.99")
    await graded(stage, RIVAL, "80.00")
    for actor in (STREET, HOUSING):
        blocked = await tendering.bid(BIDDER, actor=actor)
        assert (blocked.status_code, blocked.json()["code"]) == (409, "BIDDER_RESTRICTED")
        assert blocked.json()["grade"] == "C"
    refused = await tendering.bid(BIDDER, REASON, STREET)
    assert (refused.status_code, refused.json()["code"]) == (403, "HOUSING_OFFICERS_ONLY")
    assert (await tendering.see()).json()["bids"] == []
    allowed = await tendering.bid(BIDDER, REASON, HOUSING)
    assert allowed.status_code == 201
    (bid,) = allowed.json()["bids"]
    assert (bid["restriction_overridden"], bid["override_reason"]) == (True, REASON)
    ((actor_id, reason),) = await audited(stage, "tender.restriction_overridden")
    assert (actor_id, reason) == (HOUSING.id, REASON)
    assert (await tendering.bid(RIVAL)).status_code == 201


async def test_a_reason_that_nobody_needs_is_kept_nowhere(stage: Stage) -> None:
    tendering = await Tendering(stage).recorded()
    (bid,) = (await tendering.bid(BIDDER, REASON)).json()["bids"]
    assert (bid["restriction_overridden"], bid["override_reason"]) == (False, None)
    assert await audited(stage, "tender.restriction_overridden") == []


async def test_a_void_tender_has_no_result(stage: Stage) -> None:
    tendering = await Tendering(stage).scored((BIDDER, *EXAMPLE))
    ended = await tendering.post("voiding", {"reason": "投标企业不足三家，重新招标"})
    assert (ended.json()["state"], ended.json()["bids"][0]["rank"]) == ("VOID", None)
    assert (await tendering.see(MANAGER)).status_code == 404
    assert (await tendering.post("publication")).json()["code"] == "TENDER_STATE_FORBIDS"


async def test_a_record_may_be_sent_again(stage: Stage) -> None:
    tendering = await Tendering(stage).recorded()
    key, body = once(), {"company_id": str(BIDDER)}
    async with stage.client(STREET) as client:
        first = await client.post(f"/tenders/{tendering.id}/bids", json=body, headers=key)
        again = await client.post(f"/tenders/{tendering.id}/bids", json=body, headers=key)
    assert (again.status_code, again.content) == (201, first.content)
    assert await stage.count("tender_bid") == 1


async def test_an_erased_owner_leaves_the_panel(stage: Stage) -> None:
    """The seat is nobody's, and the panel too small to open."""
    tendering = await Tendering(stage).ready(BIDDER)
    gone = named("panelist 0")
    names = stage.host.runtime.sealer.seal(
        Hiding.of({"演示"}).told(), audience="survey", subject=f"{gone}/names"
    )
    erased = ErasedOwner(id=gone, version=9, erased_at=START)
    await stage.hear(OwnerErased(owner=erased, names=names))
    assert await stage.count("tender_panelist", f"owner_id = '{gone}'") == 0
    assert (await tendering.see()).json()["panel_size"] == 5
    assert (await tendering.post("opening")).json()["code"] == "PANEL_SIZE_WRONG"
