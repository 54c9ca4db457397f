"""A company with estates, its people and the housing bureau; entries as other rooms make them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx

from services.survey.credit.commands.consequences import draw_consequences
from services.survey.credit.commands.entering import NewEntry, enter
from services.survey.credit.commands.grading import propose_grades
from services.survey.credit.domain.sources import EntrySource
from services.survey.credit.queries import grade_in_force
from services.survey.deed import Deed
from shared.contracts.survey import EvaluationState
from shared.identity import Actor, End, Role, Scope
from shared.rulebook.bands import band_of
from tests.samples import COMPANY, ESTATE, named, staff
from tests.stage import Stage
from tests.survey.surveys.pollster import COMMUNITY_CODE, STREET_CODE, estate, once

SECOND = named("second estate")
ELSEWHERE = "421221003"
PERIOD = "2026-H1"

BUREAU = staff(named("bureau"), End.DEPARTMENT, Role.HOUSING_OFFICER, divisions=("421281",))
COLLEAGUE = staff(named("colleague"), End.DEPARTMENT, Role.HOUSING_OFFICER, divisions=("421281",))
CITY_BUREAU = staff(named("city bureau"), End.DEPARTMENT, Role.HOUSING_OFFICER, divisions=("4212",))
CITY_CENTRE = staff(named("city centre"), End.CENTRE, Role.DISPATCHER, divisions=("4212",))
COUNTY_CENTRE = staff(named("county centre"), End.CENTRE, Role.DISPATCHER, divisions=("421281",))
OTHER_BUREAU = staff(named("other"), End.DEPARTMENT, Role.HOUSING_OFFICER, divisions=("421221",))
COMPANY_DESK = replace(
    staff(named("manager"), End.PROPERTY, Role.SITE_OFFICE, COMPANY),
    scope=Scope(estates=frozenset({ESTATE, SECOND})),
    interests=frozenset({COMPANY}),
)
OTHER_COMPANY = replace(
    COMPANY_DESK,
    id=named("competitor"),
    organisation_id=named("other company"),
    interests=frozenset({named("other company")}),
)


def with_stake(actor: Actor) -> Actor:
    """The same person with an interest in the company (A13)."""
    return replace(actor, interests=frozenset({COMPANY}))


@dataclass
class Ledger:
    stage: Stage

    async def founded(self, households: int = 10, second: int = 0, place: str = "") -> Ledger:
        """One estate, or a second one as well."""
        await self.stage.hear(estate(households))
        if second:
            await self.stage.hear(_second(second, place or STREET_CODE))
        return self

    @asynccontextmanager
    async def deed(self, actor: Actor) -> AsyncIterator[Deed]:
        runtime = self.stage.host.runtime
        async with runtime.database.transaction() as session:
            yield Deed(session, runtime, actor, runtime.clock.now())

    async def enters(
        self,
        score: str | None,
        *,
        source: EntrySource = EntrySource.COMPOSITE,
        period: str = PERIOD,
        actor: Actor = CITY_CENTRE,
        **changes: Any,
    ) -> UUID:
        """As ratings and evaluations do; the id of the entry."""
        estate_id = changes.get("estate_id", ESTATE)
        values = {
            "company_id": COMPANY,
            "estate_id": estate_id,
            "division": STREET_CODE,
            "community": COMMUNITY_CODE,
            "source_id": named(f"{source} {period} {estate_id} {score}"),
        }
        async with self.deed(actor) as deed:
            new = NewEntry(
                source=source,
                period=period,
                score=None if score is None else Decimal(score),
                published_at=deed.at,
                **(values | changes),
            )
            return (await enter(deed, new)).id

    async def proposes(self, period: str = PERIOD) -> None:
        async with self.deed(CITY_CENTRE) as deed:
            await propose_grades(deed, period)

    async def graded(self, score: str, **changes: Any) -> dict[str, Any]:
        """A composite score entered, the grade proposed: as the bureau sees it."""
        await self.enters(score, **changes)
        await self.proposes(changes.get("period", PERIOD))
        return (await self.list("/credit-grades", BUREAU))[0]

    async def evaluated(
        self, third_party: str | None, period: str = PERIOD, **changes: Any
    ) -> EvaluationState:
        """Published: the third party's score in the file, consequences drawn."""
        score = None if third_party is None else Decimal(third_party)
        rules = self.stage.host.runtime.rulebooks.in_force_at(self.stage.clock.now()).evaluation
        edition = changes.get("edition", 1)
        state = {
            "id": named(f"evaluation {period} {changes.get('estate_id', ESTATE)}"),
            "version": edition,
            "estate_id": ESTATE,
            "estate_name": "演示·桂花园",
            "division": STREET_CODE,
            "company_id": COMPANY,
            "period": period,
            "edition": edition,
            "owners": None,
            "community": None,
            "third_party": score,
            "composite": None,
            "band": None if score is None else band_of(rules.bands, score).code,
            "published_at": self.stage.clock.now(),
        }
        evaluation = EvaluationState.model_validate(state | changes)
        await self.enters(
            third_party,
            source=EntrySource.EVALUATION,
            period=period,
            estate_id=evaluation.estate_id,
            source_id=named(f"result {edition} {evaluation.id}"),
        )
        async with self.deed(CITY_CENTRE) as deed:
            await draw_consequences(deed, evaluation)
        return evaluation

    async def get(self, path: str, actor: Actor = BUREAU) -> httpx.Response:
        async with self.stage.client(actor) as client:
            return await client.get(path)

    async def list(self, path: str, actor: Actor = BUREAU) -> list[dict[str, Any]]:
        answer = await self.get(path, actor)
        assert answer.status_code == 200, answer.text
        return list(answer.json()["items"])

    async def send(self, path: str, body: Mapping[str, Any], actor: Actor) -> httpx.Response:
        async with self.stage.client(actor) as client:
            return await client.post(path, json=body, headers=once())

    async def appeals(self, entry_id: UUID, actor: Actor = COMPANY_DESK) -> httpx.Response:
        reasons = {"reasons": "评分依据的走访记录与事实不符"}
        return await self.send(f"/credit-entries/{entry_id}/appeal", reasons, actor)

    async def rules(
        self, appeal_id: str, outcome: str = "REVOKED", actor: Actor = BUREAU
    ) -> httpx.Response:
        body = {"outcome": outcome, "reasons": "经核查"}
        return await self.send(f"/credit-appeals/{appeal_id}/decision", body, actor)

    async def confirms(self, grade_id: str, actor: Actor = BUREAU) -> httpx.Response:
        return await self.send(
            f"/credit-grades/{grade_id}/decision", {"decision": "CONFIRM"}, actor
        )

    async def in_force(self) -> str | None:
        async with self.deed(CITY_CENTRE) as deed:
            return await grade_in_force(deed.session, COMPANY, deed.at)


def _second(households: int, division: str) -> Any:
    """Its houses are others than those of the first estate."""
    event = estate(households, id=SECOND, division=division)
    (building,) = event.estate.buildings
    houses = tuple(
        each.model_copy(update={"id": named(f"second {number}")})
        for number, each in enumerate(building.houses)
    )
    changed = building.model_copy(update={"houses": houses})
    return event.model_copy(
        update={"estate": event.estate.model_copy(update={"buildings": (changed,)})}
    )
