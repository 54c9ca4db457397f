"""A county with its bureau, an agency under contract, and evaluations made over HTTP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import httpx

from shared.clock import BEIJING
from shared.contracts.directory import OrganisationChanged, OrganisationState
from shared.contracts.vocabulary import OrganisationKind
from shared.identity import Actor, End, Role
from shared.sheets import csv_lines
from tests.samples import COMPANY, ESTATE, named, staff
from tests.stage import Stage
from tests.survey.surveys.pollster import (
    LEADER,
    STREET,
    Poll,
    estate,
    levels,
    once,
)

COUNTY = "421281"
CREDIT_CODE = "91421281MA0000015B"
AGENCY, RIVAL = named("agency"), named("another agency")
BUREAU = staff(named("bureau"), End.DEPARTMENT, Role.HOUSING_OFFICER, divisions=(COUNTY,))
CENTRE = staff(named("county centre"), End.CENTRE, Role.DISPATCHER, divisions=(COUNTY,))
OBSERVER = staff(named("observer"), End.DEPARTMENT, Role.CITY_OBSERVER, divisions=("4212",))
EVALUATOR = staff(named("evaluator"), End.CENTRE, Role.EVALUATOR, AGENCY)
RIVALS = staff(named("rival"), End.CENTRE, Role.EVALUATOR, RIVAL)

MARKS = {
    "service_system": "80",
    "charging": "90",
    "owner_satisfaction": "75",
    "maintenance": "70",
    "emergency": "60",
}  # 76.50 (E20)
EIGHT = (
    "HYGIENE",
    "FACILITIES",
    "DISPUTES",
    "ORDER",
    "GREENING",
    "CHARGES_PUBLISHED",
    "RESPONSE",
    "COMMON_INCOME_PUBLISHED",
)
HEADINGS = {
    "estate_id": "小区编号",
    "street": "街道代码",
    "estate": "小区名称",
    "company": "物业企业代码",
    "period": "评价周期",
    "service_system": "服务制度",
    "charging": "收费规范",
    "owner_satisfaction": "业主满意度",
    "maintenance": "设施维护",
    "emergency": "应急能力",
    "sample_size": "满意度样本量",
    "sample_source": "满意度样本编号",
    "evaluated_on": "评价日期",
}
SUMMER = datetime.fromisoformat("2026-06-20T09:00:00+08:00")
AFTER_H1 = datetime.fromisoformat("2026-07-01T00:00:00+08:00")


def organisation(
    id: UUID, kind: OrganisationKind, *, credit_code: str | None = None, active: bool = True
) -> OrganisationChanged:
    state = OrganisationState(
        id=id,
        version=1,
        kind=kind,
        specialty=str(kind),
        level="CITY",
        division="4212",
        display_name=f"演示·{kind}",
        credit_code=credit_code,
        active=active,
    )
    return OrganisationChanged(organisation=state)


def a_row(**changes: str) -> dict[str, str]:
    """Scores of 76.50, of the estate and company of the samples."""
    row = {
        "estate_id": str(ESTATE),
        "company": CREDIT_CODE,
        "period": "2026-H1",
        "sample_size": "60",
        "sample_source": "CX-2026-06-001",
        "evaluated_on": "2026-06-15",
    }
    return row | MARKS | changes


def sheet(*rows: Mapping[str, str]) -> bytes:
    lines = [[row.get(key, "") for key in HEADINGS] for row in rows]
    return b"".join(csv_lines([*HEADINGS.values()], lines))


@dataclass
class County:
    """A stage on which an agency is contracted for the county."""

    stage: Stage

    async def founded(self, at: datetime = SUMMER) -> County:
        self.stage.clock.move_to(at)
        await self.stage.hear(
            organisation(COMPANY, OrganisationKind.COMPANY, credit_code=CREDIT_CODE),
            organisation(AGENCY, OrganisationKind.AGENCY),
            organisation(RIVAL, OrganisationKind.AGENCY),
            estate(),
        )
        answer = await self.contract()
        assert answer.status_code == 201, answer.text
        return self

    async def contract(self, actor: Actor = BUREAU, **changes: Any) -> httpx.Response:
        body = {
            "agency_id": str(AGENCY),
            "divisions": [COUNTY],
            "valid_from": "2026-01-01",
            "valid_to": "2026-12-31",
        }
        return await self.post("/agency-contracts", body | changes, actor)

    async def post(self, path: str, body: Mapping[str, Any] | None, actor: Actor) -> httpx.Response:
        async with self.stage.client(actor) as client:
            return await client.post(path, json=body, headers=once())

    async def get(self, path: str, actor: Actor) -> httpx.Response:
        async with self.stage.client(actor) as client:
            return await client.get(path)

    async def items(self, path: str, actor: Actor) -> list[dict[str, Any]]:
        answer = await self.get(path, actor)
        assert answer.status_code == 200, answer.text
        return list(answer.json()["items"])

    async def upload(self, content: bytes, actor: Actor = EVALUATOR) -> httpx.Response:
        files = {"file": ("third-party.csv", content, "text/csv")}
        async with self.stage.client(actor) as client:
            return await client.post("/evaluation-imports", files=files, headers=once())

    async def faults(self, *rows: Mapping[str, str], actor: Actor = EVALUATOR) -> list[Any]:
        """Row, heading and code of what is wrong; and that nothing of it can be taken over."""
        looked = await self.upload(sheet(*rows), actor)
        assert looked.status_code == 201, looked.text
        found = [(each["row"], each["field"], each["code"]) for each in looked.json()["faults"]]
        if found:
            path = f"/evaluation-imports/{looked.json()['id']}/confirmation"
            refused = await self.post(path, None, actor)
            assert (refused.status_code, refused.json()["code"]) == (
                409,
                "EVALUATION_IMPORT_HAS_FAULTS",
            )
        return found

    async def imported(self, *rows: Mapping[str, str], actor: Actor = EVALUATOR) -> dict[str, Any]:
        looked = (await self.upload(sheet(*rows), actor)).json()
        assert looked["faults"] == [], looked
        taken = await self.post(f"/evaluation-imports/{looked['id']}/confirmation", None, actor)
        assert taken.status_code == 201, taken.text
        return dict(taken.json())

    async def assess(
        self, mark: str | Sequence[str] = "76", actor: Actor = LEADER, **changes: Any
    ) -> httpx.Response:
        marks = [mark] * len(EIGHT) if isinstance(mark, str) else mark
        body = {
            "estate_id": str(ESTATE),
            "period": "2026-H1",
            "assessed_on": "2026-06-15",
            "marks": dict(zip(EIGHT, marks, strict=True)),
            "note": "半年走访情况",
        }
        return await self.post("/community-assessments", body | changes, actor)

    async def assessed(self, mark: str | Sequence[str] = "76") -> dict[str, Any]:
        """Entered by the grid leader, confirmed by the street."""
        entered = await self.assess(mark)
        assert entered.status_code == 201, entered.text
        done = await self.decide(entered.json()["id"], "confirmation")
        assert done.status_code == 200, done.text
        return dict(done.json())

    async def decide(
        self, id: str, what: str, body: Mapping[str, Any] | None = None, actor: Actor = STREET
    ) -> httpx.Response:
        return await self.post(f"/community-assessments/{id}/{what}", body, actor)

    async def surveyed(self, given: Sequence[int] = (4, 4, 4, 4, 4)) -> dict[str, Any]:
        """A survey published the day after; ten households that all gave the same."""
        poll = Poll(self.stage)
        today = self.stage.clock.now().date()
        await poll.opened(10, ends_on=today)
        await poll.walked([levels(*given)] * 10)
        return await poll.published(_morning_after(today))

    async def draft(self, actor: Actor = BUREAU, **changes: Any) -> httpx.Response:
        body = {"division": COUNTY, "period": "2026-H1"}
        return await self.post("/evaluation-runs", body | changes, actor)

    async def run(self, id: str, what: str, actor: Actor = CENTRE) -> httpx.Response:
        body = {"reason": "数据有误"} if what == "discarding" else None
        return await self.post(f"/evaluation-runs/{id}/{what}", body, actor)

    async def drafted(self, **changes: Any) -> dict[str, Any]:
        answer = await self.draft(**changes)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    async def results(self, run: Mapping[str, Any], actor: Actor = BUREAU) -> list[Any]:
        return await self.items(f"/evaluation-runs/{run['id']}/results", actor)

    async def published(self, **changes: Any) -> dict[str, Any]:
        run = await self.drafted(**changes)
        for what in ("approval", "publication"):
            answer = await self.run(run["id"], what)
            assert answer.status_code == 200, answer.text
        return dict(answer.json())


def _morning_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(9), BEIJING)
