"""An invented estate with representatives, and the ratings they go through over HTTP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import httpx

from shared.contracts.vocabulary import Relation
from shared.identity import Actor, End, Role
from tests.samples import COMPANY, ESTATE, named, staff
from tests.stage import Stage
from tests.survey.surveys.pollster import (
    COMMUNITY_CODE,
    LEADER,
    STREET_CODE,
    estate,
    lives,
    once,
    resident,
)

OFFICE = named("street office")
OFFICER = staff(named("officer"), End.CENTRE, Role.STREET_OFFICER, OFFICE, divisions=(STREET_CODE,))
PARTY_STAFF = staff(named("party staff"), End.GRID, Role.GRID_LEADER, divisions=(COMMUNITY_CODE,))
INDICATORS = (
    *("HYGIENE", "FACILITIES", "DISPUTES", "ORDER", "GREENING"),
    *("CHARGES_PUBLISHED", "RESPONSE", "COMMON_INCOME_PUBLISHED"),
)
CRITERIA = ("PROCEDURE", "DISCLOSURE", "OVERSIGHT", "MEDIATION", "COOPERATION")
PARTY, OWNERS = "PARTY_REPRESENTATIVE", "OWNER_REPRESENTATIVE"
TERM = "2027-12-31"
LAST_OF_QUARTER = date(2026, 3, 31)
QUARTER_OVER = datetime.fromisoformat("2026-04-01T00:00:01+08:00")


def marks(*given: int) -> dict[str, int]:
    """One for each of the eight indicators; a single one is given to all of them."""
    return dict(zip(INDICATORS, given * 8 if len(given) == 1 else given, strict=True))


def criteria(*given: int) -> dict[str, int]:
    return dict(zip(CRITERIA, given * 5 if len(given) == 1 else given, strict=True))


def person(number: int) -> Actor:
    """Who lives in the house of that number."""
    return resident(f"representative {number}", number)


@dataclass
class Room:
    """One estate on a stage; `rating` and `panel` are the ids of what is under way."""

    stage: Stage
    rating: str = ""
    panel: str = ""
    appointed: list[str] = field(default_factory=list)

    async def call(
        self, method: str, path: str, actor: Actor, body: Mapping[str, Any] | None = None
    ) -> httpx.Response:
        async with self.stage.client(actor) as client:
            return await client.request(method, path, json=body, headers=once())

    async def appoint(
        self,
        kind: str = OWNERS,
        actor: Actor = LEADER,
        *,
        ends_on: str = TERM,
        estate_id: UUID = ESTATE,
    ) -> httpx.Response:
        body = {"estate_id": str(estate_id), "kind": kind, "ends_on": ends_on}
        return await self.call("POST", "/representatives", actor, body)

    async def accept(self, code: str, actor: Actor) -> httpx.Response:
        return await self.call("POST", "/representatives/acceptance", actor, {"code": code})

    async def represented(self, kinds: Sequence[str], households: int = 10) -> Room:
        """An estate in whose first houses live representatives of these kinds."""
        await self.stage.hear(estate(households))
        for number, kind in enumerate(kinds):
            relation = Relation.OWNER if number % 2 else Relation.FAMILY
            await self.stage.hear(lives(f"representative {number}", number, relation))
            code = (await self.appoint(kind)).json()["code"]
            accepted = await self.accept(code, person(number))
            assert accepted.status_code == 201, accepted.text
            self.appointed.append(accepted.json()["id"])
        return self

    async def draft(
        self, actor: Actor = LEADER, *, period: str = "2026-Q1", **more: Any
    ) -> httpx.Response:
        body = {"estate_id": str(ESTATE), "period": period} | more
        return await self.call("POST", "/ratings", actor, body)

    async def opened(self, period: str = "2026-Q1") -> Room:
        drafted = await self.draft(period=period)
        assert drafted.status_code == 201, drafted.text
        self.rating = drafted.json()["id"]
        opening = await self.do("opening")
        assert opening.status_code == 200, opening.text
        return self

    async def do(
        self, what: str, actor: Actor = LEADER, body: Mapping[str, Any] | None = None
    ) -> httpx.Response:
        return await self.call("POST", f"/ratings/{self.rating}/{what}", actor, body)

    async def mark(self, actor: Actor, given: Mapping[str, int]) -> httpx.Response:
        path = f"/ratings/{self.rating}/marks"
        return await self.call("PUT", path, actor, {"marks": dict(given)})

    async def see(self, actor: Actor = OFFICER) -> httpx.Response:
        return await self.call("GET", f"/ratings/{self.rating}", actor)

    async def rated(self, given: Sequence[Mapping[str, int]]) -> None:
        for number, each in enumerate(given):
            answer = await self.mark(person(number), each)
            assert answer.status_code == 200, answer.text

    async def closed(self, at: datetime = QUARTER_OVER) -> dict[str, Any]:
        self.stage.clock.move_to(max(at, self.stage.clock.now()))
        answer = await self.do("closing")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def published(self, at: datetime = QUARTER_OVER) -> dict[str, Any]:
        await self.closed(at)
        answer = await self.do("publication", OFFICER)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def draft_panel(
        self, actor: Actor = OFFICER, *, period: str = "2026-H1"
    ) -> httpx.Response:
        body = {"estate_id": str(ESTATE), "period": period}
        return await self.call("POST", "/committee-ratings", actor, body)

    async def on_panel(
        self,
        method: str,
        what: str,
        actor: Actor = OFFICER,
        body: Mapping[str, Any] | None = None,
    ) -> httpx.Response:
        return await self.call(method, f"/committee-ratings/{self.panel}{what}", actor, body)

    async def name(self, part: str, person_id: object, actor: Actor = OFFICER) -> httpx.Response:
        body = {"part": part, "person_id": str(person_id)}
        return await self.on_panel("POST", "/seats", actor, body)

    async def sit(self, actor: Actor, *, without_stake: bool = True) -> httpx.Response:
        return await self.on_panel("PUT", "/seat", actor, {"without_stake": without_stake})

    async def assembled(self, *, period: str = "2026-H1") -> Room:
        """Four members, one of each part; the first representatives are PARTY and OWNERS."""
        drafted = await self.draft_panel(period=period)
        assert drafted.status_code == 201, drafted.text
        self.panel = drafted.json()["id"]
        for part, person_id, actor in (
            ("STREET", OFFICER.id, OFFICER),
            ("COMMUNITY_PARTY", PARTY_STAFF.id, PARTY_STAFF),
            (PARTY, self.appointed[0], person(0)),
            (OWNERS, self.appointed[1], person(1)),
        ):
            named_ = await self.name(part, person_id)
            assert named_.status_code == 201, named_.text
            seated = await self.sit(actor)
            assert seated.status_code == 200, seated.text
        return self

    async def panel_marks(self, actor: Actor, given: Mapping[str, int]) -> httpx.Response:
        return await self.on_panel("PUT", "/marks", actor, {"marks": dict(given)})


MEMBERS = (OFFICER, PARTY_STAFF, person(0), person(1))
STAKEHOLDER = replace(OFFICER, interests=frozenset({COMPANY}))
EMPLOYED = replace(LEADER, organisation_id=COMPANY)
