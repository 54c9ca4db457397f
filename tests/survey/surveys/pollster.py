"""An invented estate in a pilot county, its people, and a survey they go through over HTTP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx

from shared.contracts.directory import Building, EstateChanged, EstateContract, EstateState, House
from shared.contracts.intake import Home, HomesState, OwnerHomesChanged
from shared.contracts.vocabulary import Relation
from shared.identity import Actor, End, Role, Scope
from tests.samples import COMPANY, ESTATE, named, owner, staff
from tests.stage import Stage

STREET_CODE = "421281002"  # in a pilot county (E01)
COMMUNITY_CODE = f"{STREET_CODE}001"
GRIDS = (f"{COMMUNITY_CODE}001", f"{COMMUNITY_CODE}002")
DIMENSIONS = ("RESPONSE", "HYGIENE", "FACILITIES", "SAFETY", "CHARGES")
LAST_DAY = date(2026, 3, 9)
AFTERWARDS = datetime.fromisoformat("2026-03-10T08:00:00+08:00")

LEADER = staff(named("leader"), End.GRID, Role.GRID_LEADER, divisions=(COMMUNITY_CODE,))
STREET = staff(named("officer"), End.CENTRE, Role.STREET_OFFICER, divisions=(STREET_CODE,))
WORKER = replace(
    staff(named("walker"), End.COMMUNITY, Role.GRID_WORKER), scope=Scope(grids=frozenset(GRIDS[:1]))
)
MANAGER = replace(
    staff(named("manager"), End.PROPERTY, Role.SITE_OFFICE, COMPANY),
    scope=Scope(estates=frozenset({ESTATE})),
    interests=frozenset({COMPANY}),
)


def house(number: int) -> UUID:
    return named(f"house {number}")


def estate(
    households: int = 10,
    *,
    id: UUID = ESTATE,
    version: int = 1,
    division: str = STREET_CODE,
    company: UUID = COMPANY,
    grid: str | None = None,
) -> EstateChanged:
    """One building, all of it in the first grid unless said otherwise."""
    houses = tuple(
        House(id=house(number), unit="1", room=f"{number:04d}", area=90.0)
        for number in range(households)
    )
    building = Building(
        id=named("building"), number="1", grid_code=grid or f"{division}001001", houses=houses
    )
    state = EstateState(
        id=id,
        version=version,
        display_name="演示·桂花园",
        division=division,
        community_id=named("community"),
        kind="COMMERCIAL",
        households=households,
        company_id=company,
        contract_until=None,
        contracts=(EstateContract(company_id=company, valid_from=date(2025, 1, 1), valid_to=None),),
        buildings=(building,),
    )
    return EstateChanged(estate=state)


def served(*contracts: tuple[UUID, str, str | None], version: int = 2) -> EstateChanged:
    """The estate with these contracts: company, first and last day."""
    changed = estate(version=version).estate
    known = tuple(
        EstateContract.model_validate(
            {"company_id": company, "valid_from": begins, "valid_to": ends}
        )
        for company, begins, ends in contracts
    )
    return EstateChanged(estate=changed.model_copy(update={"contracts": known}))


def lives(
    person: str, number: int, relation: Relation = Relation.OWNER, version: int = 1
) -> OwnerHomesChanged:
    home = Home(house_id=house(number), estate_id=ESTATE, relation=relation)
    return OwnerHomesChanged(owner=HomesState(id=named(person), version=version, homes=(home,)))


def resident(person: str, number: int) -> Actor:
    """As intake's token says: the verified homes are what one has a stake in."""
    return replace(owner(named(person)), interests=frozenset({house(number)}))


def levels(*given: int) -> dict[str, int]:
    """One for each dimension; a single one is given to all of them."""
    return dict(zip(DIMENSIONS, given * 5 if len(given) == 1 else given, strict=True))


def once() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid4())}


@dataclass
class Poll:
    """One survey on a stage."""

    stage: Stage
    id: str = ""
    ids: list[str] = field(default_factory=list)

    async def opened(
        self, households: int = 10, *, period: str = "2026-H1", ends_on: date = LAST_DAY
    ) -> Poll:
        await self.stage.hear(estate(households))
        drafted = await self.draft(period=period, ends_on=ends_on)
        assert drafted.status_code == 201, drafted.text
        self.id = drafted.json()["id"]
        self.ids.append(self.id)
        opening = await self.post("opening")
        assert opening.status_code == 200, opening.text
        return self

    async def draft(
        self,
        actor: Actor = LEADER,
        *,
        estate_id: UUID = ESTATE,
        period: str = "2026-H1",
        ends_on: date = LAST_DAY,
    ) -> httpx.Response:
        body = {
            "estate_id": str(estate_id),
            "period": period,
            "ends_on": ends_on.isoformat(),
        }
        async with self.stage.client(actor) as client:
            return await client.post("/surveys", json=body, headers=once())

    async def post(
        self, what: str, body: Mapping[str, Any] | None = None, actor: Actor = LEADER
    ) -> httpx.Response:
        async with self.stage.client(actor) as client:
            return await client.post(f"/surveys/{self.id}/{what}", json=body, headers=once())

    async def see(self, actor: Actor = STREET, what: str = "") -> httpx.Response:
        async with self.stage.client(actor) as client:
            return await client.get(f"/surveys/{self.id}{what}")

    async def answer(
        self, person: str, number: int, given: Mapping[str, int] | None = None
    ) -> httpx.Response:
        body = {"house_id": str(house(number)), "levels": dict(given or levels(4))}
        return await self.post("answers", body, resident(person, number))

    def a_visit(self, number: int, outcome: str = "ANSWERED", **changes: Any) -> dict[str, Any]:
        visit: dict[str, Any] = {
            "id": str(uuid4()),
            "survey_id": self.id,
            "house_id": str(house(number)),
            "outcome": outcome,
            "visited_at": self.stage.clock.now().isoformat(),
        }
        if outcome == "ANSWERED":
            visit["answer"] = {"relation": "OWNER", "levels": levels(4)}
        return visit | changes

    async def visits(
        self, batch: Sequence[dict[str, Any]], actor: Actor = WORKER
    ) -> list[dict[str, Any]]:
        async with self.stage.client(actor) as client:
            answer = await client.post("/surveys/visits", json={"visits": list(batch)})
        assert answer.status_code == 200, answer.text
        return list(answer.json()["receipts"])

    async def walked(self, given: Sequence[Mapping[str, int]], *, declined: int = 0) -> None:
        """Answers at the first doors, then some that declined."""
        batch = [
            self.a_visit(number, answer={"relation": "OWNER", "levels": dict(each)})
            for number, each in enumerate(given)
        ]
        batch += [self.a_visit(len(given) + number, "DECLINED") for number in range(declined)]
        receipts = await self.visits(batch)
        assert {each["result"] for each in receipts} == {"APPLIED"}, receipts

    async def closed(self, at: datetime = AFTERWARDS) -> dict[str, Any]:
        self.stage.clock.move_to(max(at, self.stage.clock.now()))
        answer = await self.post("closing")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def post_on(self, channel: str, at: datetime, actor: Actor = STREET) -> httpx.Response:
        body = {"channel": channel, "posted_at": at.isoformat(), "proof": "照片-001"}
        return await self.post("publications", body, actor)

    async def published(self, at: datetime = AFTERWARDS) -> dict[str, Any]:
        """Counted, and posted on both channels an hour later."""
        await self.closed(at)
        self.stage.clock.advance(timedelta(hours=1))
        now = self.stage.clock.now()
        await self.post_on("NOTICE_BOARD", now)
        answer = await self.post_on("OWNERS_GROUP", now)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())
