"""A tender on a stage: the estate, owners who may sit on the panel, and those who run it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy.ext.asyncio import AsyncSession

from services.survey.credit.commands.consequences import draw_consequences
from services.survey.credit.commands.entering import NewEntry, enter
from services.survey.credit.commands.grading import propose_grades
from services.survey.credit.domain.sources import EntrySource
from services.survey.deed import Deed
from shared.contracts.directory import OrganisationChanged
from shared.contracts.intake import Home, HomesState, OwnerHomesChanged
from shared.contracts.survey import EvaluationState
from shared.contracts.vocabulary import OrganisationKind, Relation
from shared.identity import SYSTEM, Actor, End, Role
from shared.ids import new_id
from tests.samples import ESTATE, named, staff
from tests.stage import Stage
from tests.survey.evaluations.town import organisation
from tests.survey.surveys.pollster import (
    COMMUNITY_CODE,
    STREET,
    STREET_CODE,
    estate,
    house,
    lives,
    once,
)

COUNTY = STREET_CODE[:6]
HOUSING = staff(named("housing officer"), End.DEPARTMENT, Role.HOUSING_OFFICER, divisions=(COUNTY,))
CITY = replace(
    staff(named("city"), End.DEPARTMENT, Role.HOUSING_OFFICER, divisions=("4212",)),
    roles=frozenset({Role.HOUSING_OFFICER, Role.CITY_OBSERVER}),
)
BIDDER, RIVAL, THIRD = named("bidder"), named("rival"), named("third bidder")
ITEMS = ("服务标准", "收费标准", "违约责任")
METHOD = "PUBLIC_TENDER"


def panelists(count: int) -> list[str]:
    return [f"panelist {number}" for number in range(count)]


def member(name: str, *interests: UUID) -> dict[str, Any]:
    return {"owner_id": str(named(name)), "interests": [str(each) for each in interests]}


def company(id: UUID, *, active: bool = True, version: int = 1) -> OrganisationChanged:
    """A property company of the directory."""
    told = organisation(id, OrganisationKind.COMPANY, active=active)
    return told.model_copy(
        update={"organisation": told.organisation.model_copy(update={"version": version})}
    )


def elsewhere(name: str) -> OwnerHomesChanged:
    home = Home(house_id=house(99), estate_id=named("estate far away"), relation=Relation.OWNER)
    return OwnerHomesChanged(owner=HomesState(id=named(name), version=1, homes=(home,)))


async def _entered(
    session: AsyncSession, stage: Stage, source: EntrySource, about: EvaluationState, score: Decimal
) -> Deed:
    deed = Deed(session, stage.host.runtime, SYSTEM, stage.clock.now())
    new = NewEntry(
        company_id=about.company_id,
        estate_id=about.estate_id,
        division=about.division,
        community=COMMUNITY_CODE,
        source=source,
        source_id=about.id,
        period=about.period,
        score=score,
        published_at=deed.at,
    )
    await enter(deed, new)
    return deed


def _evaluation(stage: Stage, company: UUID, period: str, **more: Any) -> EvaluationState:
    nothing = dict.fromkeys(("owners", "community", "third_party", "composite", "band"))
    return EvaluationState(
        id=new_id(),
        version=1,
        estate_name="演示·桂花园",
        division=STREET_CODE,
        company_id=company,
        period=period,
        edition=1,
        published_at=stage.clock.now(),
        **({"estate_id": ESTATE} | nothing | more),
    )


async def evaluated(
    stage: Stage,
    company: UUID,
    score: str,
    band: str,
    period: str = "2026-H1",
    *,
    estate_id: UUID = ESTATE,
) -> None:
    """A third party's evaluation is public, as whoever publishes it tells the credit file (E20)."""
    points = Decimal(score)
    about = _evaluation(stage, company, period, third_party=points, band=band, estate_id=estate_id)
    async with stage.host.runtime.database.transaction() as session:
        deed = await _entered(session, stage, EntrySource.EVALUATION, about, points)
        await draw_consequences(deed, about)


async def bonus_decided(stage: Stage, company: UUID, decision: str = "ACCEPT") -> int:
    """What is proposed to follow is decided by the housing bureau; how many bonuses there were."""
    async with stage.client(HOUSING) as client:
        items = (await client.get("/consequences", params={"state": "PROPOSED"})).json()["items"]
        found = [
            each
            for each in items
            if (each["kind"], each["company_id"]) == ("BID_BONUS", str(company))
        ]
        for each in found:
            body = {"decision": decision, "reason": "评价等级为优秀"}
            path = f"/consequences/{each['id']}/decision"
            answer = await client.post(path, json=body, headers=once())
            assert answer.status_code == 200, answer.text
    return len(found)


async def graded(stage: Stage, company: UUID, score: str, period: str = "2026-H1") -> None:
    """A grade is proposed from the composite score, and the housing bureau confirms it (E16)."""
    points = Decimal(score)
    about = _evaluation(stage, company, period, composite=points)
    async with stage.host.runtime.database.transaction() as session:
        deed = await _entered(session, stage, EntrySource.COMPOSITE, about, points)
        await propose_grades(deed, period)
    async with stage.client(HOUSING) as client:
        query = {"company_id": str(company), "state": "PROPOSED"}
        (grade,) = (await client.get("/credit-grades", params=query)).json()["items"]
        path, body = f"/credit-grades/{grade['id']}/decision", {"decision": "CONFIRM"}
        answer = await client.post(path, json=body, headers=once())
    assert answer.status_code == 200, answer.text


@dataclass
class Tendering:
    """One tender on a stage."""

    stage: Stage
    id: str = ""

    async def recorded(self, items: Sequence[str] = ITEMS, method: str = METHOD) -> Tendering:
        """In draft, by the street; seven owners at home could sit on the panel, three companies
        of the directory could bid.
        """
        await self.stage.hear(estate(), *map(company, (BIDDER, RIVAL, THIRD)))
        await self.stage.hear(*(lives(each, at) for at, each in enumerate(panelists(8))))
        answer = await self.record(items=items, method=method)
        assert answer.status_code == 201, answer.text
        self.id = answer.json()["id"]
        return self

    async def ready(self, *companies: UUID, method: str = METHOD) -> Tendering:
        """With document, panel and bidders; not yet opened."""
        await self.recorded(method=method)
        assert (await self.panel(panelists(5))).status_code == 200
        for company in companies:
            entered = await self.bid(company)
            assert entered.status_code == 201, entered.text
        return self

    async def scored(self, *given: tuple[UUID, str, str, str], method: str = METHOD) -> Tendering:
        """Opened, and every bid scored."""
        await self.ready(*(company for company, *_ in given), method=method)
        assert (await self.post("opening")).status_code == 200
        for company, *indicators in given:
            answer = await self.score(company, *indicators)
            assert answer.status_code == 200, answer.text
        return self

    async def record(
        self, actor: Actor = STREET, items: Sequence[str] = ITEMS, method: str = METHOD
    ) -> httpx.Response:
        body = {"estate_id": str(ESTATE), "method": method, "items": list(items)}
        async with self.stage.client(actor) as client:
            return await client.post("/tenders", json=body, headers=once())

    async def panel(
        self, members: Iterable[str | dict[str, Any]], actor: Actor = STREET
    ) -> httpx.Response:
        named_ones = [each if isinstance(each, dict) else member(each) for each in members]
        return await self.put("panel", {"members": named_ones}, actor)

    async def bid(
        self, company: UUID, reason: str | None = None, actor: Actor = STREET
    ) -> httpx.Response:
        body = {"company_id": str(company)}
        return await self.post(
            "bids", body | ({"override_reason": reason} if reason else {}), actor
        )

    async def score(self, company: UUID, *indicators: str, actor: Actor = STREET) -> httpx.Response:
        names = ("service", "credit", "price")
        body = {name: float(value) for name, value in zip(names, indicators, strict=True)}
        return await self.put(f"bids/{await self.bid_id(company)}/indicators", body, actor)

    async def bid_id(self, company: UUID) -> str:
        bids = (await self.see()).json()["bids"]
        (found,) = (each["id"] for each in bids if each["company_id"] == str(company))
        return str(found)

    async def post(
        self, what: str, body: dict[str, Any] | None = None, actor: Actor = STREET
    ) -> httpx.Response:
        async with self.stage.client(actor) as client:
            return await client.post(f"/tenders/{self.id}/{what}", json=body, headers=once())

    async def put(self, what: str, body: dict[str, Any], actor: Actor = STREET) -> httpx.Response:
        async with self.stage.client(actor) as client:
            return await client.put(f"/tenders/{self.id}/{what}", json=body)

    async def see(self, actor: Actor = STREET) -> httpx.Response:
        async with self.stage.client(actor) as client:
            return await client.get(f"/tenders/{self.id}")

    async def published(self) -> dict[str, Any]:
        answer = await self.post("publication")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())
