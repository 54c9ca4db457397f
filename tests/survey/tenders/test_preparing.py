"""From the record to the opening: plan, place, document, panel, bidders, recusal (F01-F04)."""

from __future__ import annotations

from dataclasses import replace

from shared.contracts.vocabulary import OrganisationKind, Relation
from shared.identity import Scope
from tests.samples import named
from tests.stage import Stage
from tests.survey.evaluations.town import organisation
from tests.survey.surveys.pollster import (
    LEADER,
    MANAGER,
    STREET,
    WORKER,
    estate,
    lives,
    once,
    resident,
)
from tests.survey.tenders.tendering import (
    BIDDER,
    CITY,
    HOUSING,
    ITEMS,
    RIVAL,
    THIRD,
    Tendering,
    company,
    elsewhere,
    member,
    panelists,
)

DOCUMENT_WITHOUT_LIABILITY = ITEMS[:2]


async def test_off_until_the_plan_is_in_force(before: Stage) -> None:
    """F05: the switch is off in the committed rulebook."""
    await before.hear(estate())
    refused = await Tendering(before).record()
    assert (refused.status_code, refused.json()["code"]) == (409, "TENDERS_NOT_IN_FORCE")
    assert "尚未启用" in refused.text
    assert await before.count("tender") == 0


async def test_street_and_housing_bureau_record(stage: Stage) -> None:
    await stage.hear(estate())
    for actor in (STREET, HOUSING):
        answer = await Tendering(stage).record(actor)
        assert (answer.status_code, answer.json()["state"]) == (201, "DRAFT")


async def test_who_may_not_record(stage: Stage) -> None:
    """A13 stands below; A20: who observes the city edits nothing."""
    await stage.hear(estate())
    for actor in (LEADER, WORKER, MANAGER, resident("owner", 1), CITY):
        refused = await Tendering(stage).record(actor)
        assert (refused.status_code, refused.json()["code"]) == (403, "TENDER_STAFF_ONLY")
    next_street = replace(STREET, scope=Scope(divisions=("421281003",)))
    refused = await Tendering(stage).record(next_street)
    assert (refused.status_code, refused.json()["code"]) == (403, "NOT_YOUR_PLACE")


async def test_methods_are_those_of_the_rulebook(stage: Stage) -> None:
    """F02, F03, U07: review is one method, a vote another."""
    await stage.hear(estate())
    tendering = Tendering(stage)
    for method in ("PUBLIC_INVITE_RESIDENT_REVIEW", "PUBLIC_INVITE_RESIDENT_VOTE"):
        assert (await tendering.record(method=method)).status_code == 201
    refused = await tendering.record(method="DIRECT_AWARD")
    assert (refused.status_code, refused.json()["code"]) == (422, "TENDER_METHOD_UNKNOWN")


async def test_a_document_without_liability_is_incomplete(stage: Stage) -> None:
    """F01: 违约责任 is missing, so nothing is scored; with it the tender opens."""
    tendering = await Tendering(stage).ready(BIDDER)
    listed = await tendering.put("document", {"items": list(DOCUMENT_WITHOUT_LIABILITY)})
    assert listed.json()["missing_items"] == ["违约责任"]
    refused = await tendering.post("opening")
    assert (refused.status_code, refused.json()["code"]) == (409, "DOCUMENT_INCOMPLETE")
    assert refused.json()["missing"] == ["违约责任"]
    strange = await tendering.put("document", {"items": ["业绩"]})
    assert (strange.status_code, strange.json()["code"]) == (422, "DOCUMENT_ITEM_UNKNOWN")
    await tendering.put("document", {"items": [*reversed(ITEMS), ITEMS[0]]})
    assert (await tendering.post("opening")).json()["state"] == "SCORING"


async def test_the_size_of_the_panel(stage: Stage) -> None:
    """F04: 4 and 8 are refused, 5 and 7 are fine."""
    tendering = await Tendering(stage).recorded()
    for count, size in ((4, 0), (5, 5), (7, 7), (8, 7)):
        answer = await tendering.panel(panelists(count))
        if size != count:
            assert (answer.status_code, answer.json()["code"]) == (422, "PANEL_SIZE_WRONG")
        assert (await tendering.see()).json()["panel_size"] == size


async def test_the_panel_lives_in_the_estate(stage: Stage) -> None:
    """F04: owners with a verified home here; no stranger, nobody from elsewhere, no tenant."""
    tendering = await Tendering(stage).recorded()
    await stage.hear(
        elsewhere("far owner"),
        lives("tenant", 9, Relation.TENANT),
        lives("spouse", 9, Relation.FAMILY),
    )
    for stranger in ("nobody", "far owner", "tenant"):
        refused = await tendering.panel([*panelists(4), stranger])
        assert (refused.status_code, refused.json()["code"]) == (422, "PANELIST_NOT_AN_OWNER")
    twice = await tendering.panel([*panelists(5), "panelist 0"])
    assert (twice.status_code, twice.json()["code"]) == (422, "PANELIST_TWICE")
    assert (await tendering.panel([*panelists(4), "spouse"])).status_code == 200


async def test_without_panel_or_bidders_nothing_opens(stage: Stage) -> None:
    tendering = await Tendering(stage).recorded()
    assert (await tendering.post("opening")).json()["code"] == "NO_BIDDERS"
    await tendering.bid(BIDDER)
    assert (await tendering.post("opening")).json()["code"] == "PANEL_SIZE_WRONG"
    await tendering.panel(panelists(5))
    assert (await tendering.post("opening")).status_code == 200


async def test_who_has_moved_out_sits_on_no_panel(stage: Stage) -> None:
    tendering = await Tendering(stage).ready(BIDDER)
    gone = elsewhere("panelist 0")
    moved = gone.owner.model_copy(update={"version": 2})
    await stage.hear(gone.model_copy(update={"owner": moved}))
    assert (await tendering.post("opening")).json()["code"] == "PANELIST_NOT_AN_OWNER"
    await tendering.panel(panelists(6)[1:])
    assert (await tendering.post("opening")).status_code == 200


async def test_a_panelist_with_a_stake_in_a_bidder(stage: Stage) -> None:
    """A13: whichever was recorded first; the problem names the company, not the person."""
    tendering = await Tendering(stage).ready(BIDDER)
    refused = await tendering.panel([*panelists(4), member("panelist 4", BIDDER)])
    assert (refused.status_code, refused.json()["code"]) == (409, "PANELIST_HAS_STAKE")
    assert refused.json()["companies"] == [str(BIDDER)]
    assert str(named("panelist 4")) not in refused.text
    assert (await tendering.panel([*panelists(4), member("panelist 4", RIVAL)])).status_code == 200
    assert (await tendering.bid(RIVAL)).status_code == 201
    assert (await tendering.post("opening")).json()["code"] == "PANELIST_HAS_STAKE"
    await tendering.panel(panelists(5))
    assert (await tendering.post("opening")).status_code == 200


async def test_nobody_runs_a_tender_of_the_own_company(stage: Stage) -> None:
    """A13: one's own company is entered by somebody else, and the tender is gone from then on."""
    concerned = replace(STREET, id=named("concerned officer"), interests=frozenset({BIDDER}))
    tendering = await Tendering(stage).recorded()
    refused = await tendering.bid(BIDDER, actor=concerned)
    assert (refused.status_code, refused.json()["code"]) == (403, "OWN_COMPANY_BIDS")
    assert (await tendering.bid(RIVAL, actor=concerned)).status_code == 201
    assert (await tendering.bid(BIDDER)).status_code == 201
    assert (await tendering.see(concerned)).status_code == 404
    hidden = await tendering.post("voiding", {"reason": "回避"}, concerned)
    assert (hidden.status_code, hidden.json()["code"]) == (404, "TENDER_NOT_FOUND")
    assert (await tendering.see(STREET)).status_code == 200


async def test_only_companies_of_the_directory_bid(stage: Stage) -> None:
    """F05, E18: no id that nobody knows, no other organisation, no company that has ended."""
    tendering = await Tendering(stage).recorded()
    agency, ended = named("agency"), named("ended company")
    await stage.hear(organisation(agency, OrganisationKind.AGENCY), company(ended, active=False))
    for stranger in (named("nobody"), agency, ended):
        refused = await tendering.bid(stranger)
        assert (refused.status_code, refused.json()["code"]) == (422, "BIDDER_UNKNOWN")
        overridden = await tendering.bid(stranger, "特批", HOUSING)
        assert (overridden.status_code, overridden.json()["code"]) == (422, "BIDDER_UNKNOWN")
    assert (await tendering.see()).json()["bids"] == []
    await stage.hear(company(ended, version=2))
    for bidder in (BIDDER, ended):
        assert (await tendering.bid(bidder)).status_code == 201


async def test_a_company_bids_once_and_may_leave(stage: Stage) -> None:
    """U32: with fewer than three bidders the record says so."""
    tendering = await Tendering(stage).recorded()
    assert (await tendering.bid(BIDDER)).json()["few_bidders"] is True
    again = await tendering.bid(BIDDER)
    assert (again.status_code, again.json()["code"]) == (409, "BIDDER_TWICE")
    await tendering.bid(RIVAL)
    assert (await tendering.bid(THIRD)).json()["few_bidders"] is False
    path = f"/tenders/{tendering.id}/bids/{await tendering.bid_id(RIVAL)}"
    async with stage.client(STREET) as client:
        left = await client.delete(path)
        gone = await client.delete(path)
    assert [each["company_id"] for each in left.json()["bids"]] == [
        str(BIDDER),
        str(THIRD),
    ]
    assert (gone.status_code, gone.json()["code"]) == (404, "BID_NOT_FOUND")


async def test_what_is_open_is_fixed(stage: Stage) -> None:
    tendering = await Tendering(stage).ready(BIDDER)
    early = await tendering.score(BIDDER, "80", "80", "80")
    assert (early.status_code, early.json()["code"]) == (409, "TENDER_STATE_FORBIDS")
    await tendering.post("opening")
    for late in (
        await tendering.put("document", {"items": list(ITEMS)}),
        await tendering.panel(panelists(6)),
        await tendering.bid(RIVAL),
        await tendering.post("opening"),
    ):
        assert (late.status_code, late.json()["code"]) == (409, "TENDER_STATE_FORBIDS")


async def test_the_panel_is_for_staff(stage: Stage) -> None:
    """Ids without names, and no interests, for anybody else."""
    tendering = await Tendering(stage).ready(BIDDER)
    assert len((await tendering.see(HOUSING)).json()["panel"]) == 5
    assert len((await tendering.see(CITY)).json()["panel"]) == 5
    for outsider in (MANAGER, LEADER, resident("panelist 0", 0)):
        assert (await tendering.see(outsider)).status_code == 404
        async with stage.client(outsider) as client:
            assert (await client.get("/tenders")).json()["items"] == []
            refused = await client.post(f"/tenders/{tendering.id}/opening", headers=once())
        assert (refused.status_code, refused.json()["code"]) == (403, "TENDER_STAFF_ONLY")
