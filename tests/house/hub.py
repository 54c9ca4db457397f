"""A whole system with a joint case and a court case in it, and all that belongs to them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

import httpx

from deploy.demo import world
from deploy.demo.callers import agree
from deploy.demo.ephemeral import running
from deploy.demo.stories import STORIES, Stage, Told
from deploy.embedded.processes import free_port
from shared.clock import BEIJING, Clock, SimulatedClock
from shared.identity import Actor, End
from tests.house.callers import CONCERNED, bearer
from tests.house.operations import Operation
from tests.journeys.city import city_environment
from tests.servers import Databases

BEGINNING = datetime(2026, 4, 30, 8, 0, tzinfo=BEIJING)
ESTATE = world.estate("赤马港家园（演示）")
CONTRACT = next(each for each in world.CONTRACTS if each.estate is ESTATE)
BYSTANDER = world.staff("wuye.guiyu")

TAKEN_BACK = "DELETE /intake/me/consent"
ENDLESS = "GET /notify/stream"

LEAD = str(world.department("URBAN_MANAGEMENT", "421202"))

Ids = dict[str, str]

DIRECTORY: Ids = {
    "organisation_id": str(CONTRACT.company.id),
    "estate_id": str(ESTATE.id),
    "building_id": str(ESTATE.buildings[0].id),
    "grid_id": str(world.GRIDS[0].id),
    "contract_id": str(CONTRACT.id),
    "indicator": "COMPLAINTS_HANDLED",
    "staff_id": str(BYSTANDER.id),
    "photo_id": str(uuid4()),
    "attachment_id": str(uuid4()),
    "number": "1",
    "grant_id": str(uuid4()),
    "interest_id": str(uuid4()),
    "invitation_id": str(uuid4()),
    "import_id": str(uuid4()),
    "draft_id": str(uuid4()),
    "flag_id": str(uuid4()),
    "screening_id": str(uuid4()),
    "key_id": str(uuid4()),
    "endpoint_id": str(uuid4()),
    "exception_id": str(uuid4()),
    "notice_id": str(uuid4()),
    "calendar_id": str(uuid4()),
    "prompt_id": str(uuid4()),
    "rating_id": str(uuid4()),
    "seat_id": str(uuid4()),
    "representative_id": str(uuid4()),
    "tender_id": str(uuid4()),
    "bid_id": str(uuid4()),
    "assessment_id": str(uuid4()),
    "run_id": str(uuid4()),
    "evaluation_id": str(uuid4()),
    "company_id": str(CONTRACT.company.id),
    "entry_id": str(uuid4()),
    "appeal_id": str(uuid4()),
    "grade_id": str(uuid4()),
    "consequence_id": str(uuid4()),
    "report_id": str(uuid4()),
    "street": "421281999",
    "year": "2026",
    "analysis_id": str(uuid4()),
    "measure_id": str(uuid4()),
    "version": "seed-2025-07-21",
    "order_number": "XN12345-20260430-0001",
    "name": "routing.case_dispatched",
    "bulletin_id": str(uuid4()),
    "edition_id": str(uuid4()),
    "rendering": "page",
}


@dataclass(frozen=True)
class Hub:
    """`own` are the ids of what concerns an end; see `tests.house.callers`."""

    client: httpx.AsyncClient
    clock: Clock
    own: Mapping[End, Ids]

    @property
    def concerned(self) -> Ids:
        """What the others of `tests.house.callers` have nothing to do with."""
        return self.own[End.CENTRE] | {"message_id": self.own[End.OWNER]["message_id"]}

    async def call(self, operation: Operation, ids: Ids, actor: Actor | None) -> httpx.Response:
        """With an empty body: whoever gets as far as its validation has passed every guard.

        A consent that was taken back is given again: others need it.
        """
        headers = {"Idempotency-Key": str(uuid4()), "Liuduan-Organisation": LEAD}
        if actor is not None:
            headers |= bearer(actor, self.clock)
        body: Ids | None = None if operation.method in {"GET", "DELETE"} else {}
        address = operation.address(ids)
        if str(operation) == ENDLESS:
            return await self._beginning(address, headers)
        answer = await self.client.request(operation.method, address, json=body, headers=headers)
        if str(operation) == TAKEN_BACK and answer.is_success:
            await agree(self.client, headers["Authorization"].removeprefix("Bearer "))
        return answer

    async def _beginning(self, address: str, headers: Ids) -> httpx.Response:
        """Of a stream that would go on for ever: its first piece."""
        async with self.client.stream("GET", address, headers=headers) as answer:
            if answer.headers["Content-Type"].startswith("text/event-stream"):
                piece = await anext(answer.aiter_bytes())
                return httpx.Response(answer.status_code, content=piece)
            await answer.aread()
            return answer


def absent(operation: Operation) -> Ids:
    """Ids of nothing; a number counts within such a thing."""
    return {name: "1" if name == "number" else str(uuid4()) for name in operation.names}


@asynccontextmanager
async def played_hub(postgres: Databases) -> AsyncIterator[Hub]:
    port = free_port()
    keys = await city_environment(postgres, port)
    async with running(keys, port, SimulatedClock(BEGINNING)) as (system, client):
        stage = Stage(system, client, keys, lambda *_: None)
        joint = await STORIES["W3"][1](stage)
        court = await STORIES["W4"][1](stage)
        ordered = await _ordered(stage, joint, court)
        asked = await _asked_for_a_home(stage, court) | await _surveyed(stage)
        own = {end: await _own(stage, end, joint, court) | ordered | asked for end in CONCERNED}
        for end in CONCERNED:
            own[end] |= await _told(stage, end)
        yield Hub(client, system.clock, own)


async def _own(stage: Stage, end: End, joint: Told, court: Told) -> Ids:
    package = (await stage.deliveries("court", world.court("421281")))[-1]["payload"]
    visits = (await stage.owner(court.person).get("/survey/visits"))["items"]
    return DIRECTORY | {
        "case_id": (joint if end is End.DEPARTMENT else court).case_id,
        "complaint_id": court.complaint_id,
        "visit_id": visits[0]["id"],
        "message_id": await _message(stage, end, court),
        "package_id": package["package_id"],
        "application_id": str(uuid4()),
        "task_id": str(uuid4()),
        "view_id": str(uuid4()),
        "preview_id": str(uuid4()),
        "text_id": str(uuid4()),
        "rule_set_id": str(uuid4()),
        "order_id": str(uuid4()),
        "proposal_id": str(uuid4()),
    }


async def _ordered(stage: Stage, joint: Told, court: Told) -> Ids:
    """What the centre ordered and recorded about the two cases and the company of W4."""
    street, county = stage.staff("zhongzhi.chimagang"), stage.staff("zhongzhi.xianan")
    now = stage.system.clock.now().isoformat()
    rectification = await street.post(
        "/routing/rectifications",
        {
            "company_id": str(CONTRACT.company.id),
            "estate_id": str(ESTATE.id),
            "cause": "OTHER",
            "talk_held_at": now,
            "demands": "公示收费标准",
        },
    )
    work = await county.post(
        "/routing/joint-work",
        {
            "kind": "MEETING",
            "held_at": now,
            "division": "421202",
            "organisation_ids": [LEAD, str(world.department("HOUSING", "421202"))],
            "summary": "联席会议",
        },
    )
    return {"rectification_id": rectification["id"], "joint_work_id": work["id"]}


async def _asked_for_a_home(stage: Stage, court: Told) -> Ids:
    """A house of the estate that the owner of W4 has, and one that waits for a desk's word."""
    person = stage.owner(court.person)
    home = (await person.get("/intake/bindings"))["items"][0]
    wanted = ESTATE.buildings[0].houses[-1]
    waiting = await person.post(
        "/intake/bindings", {"house_id": str(wanted.id), "relation": "FAMILY"}
    )
    return {"house_id": home["house_id"], "binding_id": waiting["id"]}


async def _told(stage: Stage, end: End) -> Ids:
    """Where the court of W4, or else the department that leads in W3, is told of things."""
    engineer = stage.staff("fayuan.chibi" if end is End.COURT else "chengguan.xianan")
    delivery = (await engineer.get("/notify/webhooks/deliveries"))["items"][0]
    return {"endpoint_id": delivery["endpoint_id"], "delivery_id": delivery["id"]}


async def _surveyed(stage: Stage) -> Ids:
    """A survey of the estate of W4 that takes answers."""
    street = stage.staff("zhongzhi.chimagang")
    last_day = stage.system.clock.now().date() + timedelta(days=7)
    survey = await street.post(
        "/survey/surveys",
        {"estate_id": str(ESTATE.id), "period": "2026-H1", "ends_on": last_day.isoformat()},
    )
    await street.post(f"/survey/surveys/{survey['id']}/opening", {})
    return {"survey_id": survey["id"]}


async def _message(stage: Stage, end: End, court: Told) -> str:
    """Something from the inbox of somebody of that end who was told of the case."""
    readers = {
        End.OWNER: stage.owner(court.person),
        End.PROPERTY: stage.staff("wuye.jiayuan"),
        End.CENTRE: stage.staff("zhongzhi.chimagang"),
    }
    if end not in readers:
        return str(uuid4())
    return str((await readers[end].get("/notify/inbox"))["items"][0]["id"])
