"""What a bidder's evaluation and grade are worth on the day they are applied (E18, E25, E28)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from services.survey.app import service
from shared.identity import Actor, Scope
from tests.rulebook import COMMITTED
from tests.samples import ESTATE, named
from tests.servers import Databases
from tests.stage import Stage, staged
from tests.survey.conftest import migrate
from tests.survey.surveys.pollster import MANAGER, once
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
SMALL = named("estate of no house that anybody knows")
ENDED = {
    "rulebook.toml": f"""[rulebook]
version = "ended"
title = "结果应用停用"
city_code = "4212"
city_name = "咸宁市"
in_force_from = 2026-05-01T00:00:00+08:00
amends = "{COMMITTED.name}"
""",
    "switches.toml": """[switches]
evaluation_consequences = { value = false, origin = "ours", sources = ["E25"] }
""",
}


async def totals(tendering: Tendering) -> list[str]:
    return [each["total"] for each in (await tendering.published())["bids"]]


def desk_of(company: UUID) -> Actor:
    """The site office of a company."""
    return replace(
        MANAGER,
        id=named(f"desk of {company}"),
        organisation_id=company,
        interests=frozenset({company}),
        scope=Scope(estates=frozenset({ESTATE})),
    )


async def appealed(stage: Stage, outcome: str | None) -> None:
    """The bidder disputes its excellent score, and the bureau decides; or does not."""
    async with stage.client(desk_of(BIDDER)) as desk:
        entries = (await desk.get("/credit-entries")).json()["items"]
        (entry,) = (each["id"] for each in entries if each["source"] == "EVALUATION")
        body = {"reasons": "评分依据与事实不符"}
        filed = await desk.post(f"/credit-entries/{entry}/appeal", json=body, headers=once())
    assert filed.status_code == 201, filed.text
    if outcome is None:
        return
    async with stage.client(HOUSING) as bureau:
        path = f"/credit-appeals/{filed.json()['id']}/decision"
        body = {"outcome": outcome, "reasons": "经核查"}
        decided = await bureau.post(path, json=body, headers=once())
    assert decided.status_code == 200, decided.text


async def test_one_excellent_estate_earns_nothing_for_the_company(stage: Stage) -> None:
    """E25, U19, U20: weighed by houses; 95 of one and 80 of ten are GOOD, the other way round
    EXCELLENT.
    """
    tendering = await Tendering(stage).scored((BIDDER, *EXAMPLE), (RIVAL, *EXAMPLE))
    for company, large, small in ((BIDDER, "80.00", "95.00"), (RIVAL, "95.00", "80.00")):
        for estate_id, score in ((ESTATE, large), (SMALL, small)):
            band = "EXCELLENT" if score == "95.00" else "GOOD"
            await evaluated(stage, company, score, band, estate_id=estate_id)
        assert await bonus_decided(stage, company) == 1
    bids = {each["company_id"]: each for each in (await tendering.published())["bids"]}
    assert (bids[str(BIDDER)]["total"], bids[str(RIVAL)]["total"]) == ("85.00", "90.00")


@pytest.mark.parametrize(("outcome", "total"), [(None, "85.00"), ("UPHELD", "90.00")])
async def test_a_disputed_score_earns_no_bonus(
    stage: Stage, outcome: str | None, total: str
) -> None:
    """E25, E28: accepted before the appeal; it counts again once it is upheld."""
    tendering = await Tendering(stage).scored((BIDDER, *EXAMPLE))
    await evaluated(stage, BIDDER, "95.00", "EXCELLENT")
    assert await bonus_decided(stage, BIDDER) == 1
    await appealed(stage, outcome)
    assert await totals(tendering) == [total]


async def test_disputing_a_poor_score_earns_no_bonus(stage: Stage) -> None:
    """E25, E28: 95 of one estate, 60 of a larger one; disputing the 60 changes nothing."""
    tendering = await Tendering(stage).scored((BIDDER, *EXAMPLE))
    await evaluated(stage, BIDDER, "60.00", "PASS")
    await appealed(stage, None)
    await evaluated(stage, BIDDER, "95.00", "EXCELLENT", estate_id=SMALL)
    assert await bonus_decided(stage, BIDDER) == 1
    assert await totals(tendering) == ["85.00"]


async def test_an_acceptance_counts_for_its_own_estate_alone(stage: Stage) -> None:
    """E25: its score has expired; the other estate is as excellent, but nobody accepted that."""
    tendering = await Tendering(stage).scored((BIDDER, *EXAMPLE))
    await evaluated(stage, BIDDER, "95.00", "EXCELLENT")
    assert await bonus_decided(stage, BIDDER) == 1
    stage.clock.advance(timedelta(days=3 * 366))
    await evaluated(stage, BIDDER, "95.00", "EXCELLENT", estate_id=SMALL)
    assert await totals(tendering) == ["85.00"]


async def test_a_revoked_score_earns_no_bonus(stage: Stage) -> None:
    """E25, E28."""
    tendering = await Tendering(stage).scored((BIDDER, *EXAMPLE))
    await evaluated(stage, BIDDER, "95.00", "EXCELLENT")
    assert await bonus_decided(stage, BIDDER) == 1
    await appealed(stage, "REVOKED")
    assert await totals(tendering) == ["85.00"]


async def test_an_expired_score_earns_no_bonus(stage: Stage) -> None:
    """E25, E28: though nobody was evaluated since."""
    tendering = await Tendering(stage).scored((BIDDER, *EXAMPLE))
    await evaluated(stage, BIDDER, "95.00", "EXCELLENT")
    assert await bonus_decided(stage, BIDDER) == 1
    stage.clock.advance(timedelta(days=3 * 366))
    assert await totals(tendering) == ["85.00"]


async def test_while_the_plan_is_not_in_force_nothing_is_added(
    postgres: Databases, shelf: Path
) -> None:
    """E25: accepted while it was, published when it is no more."""
    (shelf / "ended").mkdir()
    for name, words in ENDED.items():
        (shelf / "ended" / name).write_text(words, encoding="utf-8")
    url = await postgres.fresh_database(migrate)
    async with staged(service, url, LIUDUAN_RULEBOOKS=str(shelf)) as stage:
        tendering = await Tendering(stage).scored((BIDDER, *EXAMPLE))
        await evaluated(stage, BIDDER, "95.00", "EXCELLENT")
        assert await bonus_decided(stage, BIDDER) == 1
        stage.clock.advance(timedelta(days=61))
        assert await totals(tendering) == ["85.00"]


async def test_a_restriction_ends_with_its_grade(stage: Stage) -> None:
    """E18: withdrawn while its score is disputed, followed by a better one, or expired."""
    tendering = await Tendering(stage).recorded()
    for company in (BIDDER, RIVAL, THIRD):
        await graded(stage, company, "70.00", "2025-H2")
        assert (await tendering.bid(company)).json()["code"] == "BIDDER_RESTRICTED"
    async with stage.client(desk_of(BIDDER)) as desk:
        (entry,) = (await desk.get("/credit-entries")).json()["items"]
        path = f"/credit-entries/{entry['id']}/appeal"
        filed = await desk.post(path, json={"reasons": "与事实不符"}, headers=once())
    assert filed.status_code == 201
    assert (await tendering.bid(BIDDER)).status_code == 201
    await graded(stage, RIVAL, "85.00")
    assert (await tendering.bid(RIVAL)).status_code == 201
    assert (await tendering.bid(THIRD)).json()["code"] == "BIDDER_RESTRICTED"
    stage.clock.advance(timedelta(days=3 * 366))
    assert (await tendering.bid(THIRD)).status_code == 201
