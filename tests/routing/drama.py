"""The actors of routing's tests and what they do: complaints come in, people act over HTTP."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy import text

from deploy.demo import world
from deploy.demo.integration import integration_key
from shared.clock import BEIJING
from shared.contracts.intake import ComplaintState, ComplaintSubmitted
from shared.contracts.narrative import Narrative
from shared.contracts.vocabulary import Channel, ComplaintStatus
from shared.hosting import mounted
from shared.identity import Actor, End, Role, Scope
from shared.ids import new_id
from shared.signatures import SharedSecret, sign
from tests.environment import environment
from tests.stage import Stage


@dataclass(frozen=True)
class Words:
    """What a citizen writes, and the category ticked beside it."""

    title: str
    text: str
    category: str | None = None


NOISE = Words("楼上轻微噪音", "楼上小孩跑跳有轻微噪音，影响休息，希望社区帮助协调。", "NS01")
FEES = Words("物业费争议", "物业费标准不清楚，收取物业费没有公示，希望说明并退还多收部分。")
ILLEGAL = Words("楼顶违法搭建", "有人在楼顶违法搭建阳光房，影响结构安全，属于违建，请处理。")
FIRE = Words("消防隐患", "楼道堆放杂物堵塞消防通道，灭火器过期，存在消防隐患。")
LIFT = Words("电梯故障", "电梯经常坏，多次困人，请检修。")
POLICE = Words("小区门口打架斗殴", "有人正在打架，请马上处理。")
TRAPPED = Words("电梯困人", "电梯困人，有人被困在电梯里，请马上救援。")


@dataclass(frozen=True)
class Place:
    estate: str = "温泉花园（演示）"
    building: str | None = "4"
    room: str = "101"

    @property
    def estate_id(self) -> UUID:
        return world.estate(self.estate).id

    @property
    def building_id(self) -> UUID | None:
        return world.estate(self.estate).building(self.building).id if self.building else None

    @property
    def house_id(self) -> UUID | None:
        if self.building is None:
            return None
        return world.estate(self.estate).house(self.building, self.room).id


GARDEN = Place()
HOMESTEAD = Place("赤马港家园（演示）", "1", "101")


def staff(account: str) -> Actor:
    """As the token of the account says: a site manager has a stake in the own company (A13)."""
    person = world.staff(account)
    grids = (grid.code for grid in world.GRIDS if account in grid.workers)
    own = {person.organisation_id} if Role.SITE_OFFICE in person.roles else set()
    return Actor(
        id=person.id,
        end=person.end,
        roles=frozenset(person.roles),
        organisation_id=person.organisation_id,
        scope=Scope(
            divisions=person.divisions,
            estates=frozenset(estate.id for estate in person.estates),
            grids=frozenset(grids),
        ),
        session_id=uuid4(),
        interests=frozenset(person.interests) | own,
    )


def owner(person: str = "owner-1") -> Actor:
    return Actor(
        id=world.owner(person).id,
        end=End.OWNER,
        roles=frozenset({Role.OWNER}),
        session_id=uuid4(),
    )


def at(moment: str) -> datetime:
    """A moment in Beijing: `2026-03-02 10:00`."""
    return datetime.fromisoformat(moment).replace(tzinfo=BEIJING)


class Drama:
    """One case after another on a stage."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self._app = mounted(stage.host)

    @property
    def now(self) -> datetime:
        return self.stage.clock.now()

    def submission(
        self,
        words: Words = NOISE,
        *,
        place: Place = GARDEN,
        channel: Channel = Channel.MINI_PROGRAM,
        promised_from: datetime | None = None,
        reporter: Actor | None = None,
        word_for_word: bool = False,
        joins: UUID | None = None,
        **facts: Any,
    ) -> ComplaintSubmitted:
        """Every complaint has a word of its own: the same again by one person is merged (X08)."""
        complaint_id = new_id()
        values: dict[str, Any] = {
            "id": complaint_id,
            "version": 1,
            "number": f"SQ{complaint_id.hex[-8:]}",
            "channel": channel,
            "state": ComplaintStatus.SUBMITTED,
            "owner_id": (reporter or owner()).id,
            "division": world.estate(place.estate).community.street,
            "estate_id": place.estate_id,
            "building_id": place.building_id,
            "house_id": place.house_id,
            "chosen_category": words.category,
            "confidential": False,
            "anonymous": False,
            "external_number": None,
            "submitted_at": self.now,
        }
        text = words.text if word_for_word else f"{words.text}（{complaint_id.hex[-6:]}）"
        narrative = Narrative(title=words.title, text=text, place="4栋1单元101室", joins=joins)
        sealed = self.stage.host.runtime.sealer.seal(
            narrative.model_dump_json(), audience="routing", subject=str(complaint_id)
        )
        return ComplaintSubmitted(
            complaint=ComplaintState(**(values | facts)),
            narrative=sealed,
            promised_from=promised_from or self.now,
        )

    async def submit(self, *arguments: Any, **facts: Any) -> UUID:
        """A complaint comes in (twice); returns the id of its case."""
        event = self.submission(*arguments, **facts)
        await self.stage.hear(event)
        return await self.case_of(event.complaint.id)

    async def case_of(self, complaint_id: UUID) -> UUID:
        rows = await self.rows(
            "SELECT case_id FROM case_complaint WHERE complaint_id = :id", id=complaint_id
        )
        return UUID(str(rows[0]["case_id"]))

    async def rows(self, query: str, **values: Any) -> list[Mapping[str, Any]]:
        async with self.stage.host.runtime.database.transaction() as session:
            found = await session.execute(text(query), values)
            return [dict(row._mapping) for row in found]

    async def row(self, case_id: UUID) -> Mapping[str, Any]:
        return (await self.rows("SELECT * FROM cases WHERE id = :id", id=case_id))[0]

    async def clock(self, case_id: UUID, kind: str) -> Mapping[str, Any]:
        """The latest clock of that kind."""
        rows = await self.rows(
            "SELECT * FROM clock WHERE subject_id = :id AND kind = :kind ORDER BY started_at, id",
            id=case_id,
            kind=kind,
        )
        return rows[-1]

    async def units(self, case_id: UUID) -> dict[str, list[str]]:
        """Display names of the units now at work, by role."""
        rows = await self.rows(
            "SELECT role, display_name FROM assignment WHERE case_id = :id AND ended_at IS NULL"
            " ORDER BY display_name",
            id=case_id,
        )
        found: dict[str, list[str]] = {}
        for row in rows:
            found.setdefault(row["role"], []).append(row["display_name"])
        return found

    def move_to(self, moment: str) -> None:
        self.stage.clock.move_to(at(moment))

    async def pass_time(self, **step: float) -> None:
        """Let time go by, and the sweeper look."""
        self.stage.clock.advance(timedelta(**step))
        await self.stage.sweep()

    def client(self, actor: Actor | None) -> httpx.AsyncClient:
        """As the stage's, but all of them talk to one application."""
        client = self.stage.client(actor)
        client._transport = httpx.ASGITransport(app=self._app)
        return client

    async def send(
        self, actor: Actor, path: str, body: Any = None, key: str = ""
    ) -> httpx.Response:
        headers = {"Idempotency-Key": key or str(uuid4())}
        async with self.client(actor) as client:
            return await client.post(path, json=body, headers=headers)

    async def act(self, actor: Actor, case_id: UUID, what: str, body: Any = None) -> Any:
        """A POST on the case that must succeed; returns the answer."""
        answer = await self.send(actor, f"/cases/{case_id}/{what}", body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def refused(
        self, actor: Actor, case_id: UUID, what: str, body: Any = None
    ) -> tuple[int, str]:
        """A POST on the case that must fail; returns status and code."""
        answer = await self.send(actor, f"/cases/{case_id}/{what}", body)
        assert answer.status_code >= 400, answer.text
        return answer.status_code, answer.json()["code"]

    async def read(self, actor: Actor, path: str, **query: Any) -> httpx.Response:
        async with self.client(actor) as client:
            return await client.get(path, params=query)

    async def see(self, actor: Actor, path: str, **query: Any) -> Any:
        answer = await self.read(actor, path, **query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def call_back(
        self,
        kind: str,
        organisation_id: UUID,
        message: Mapping[str, Any],
        *,
        id: str = "",
        signed_at: datetime | None = None,
        secret: str = "",
    ) -> httpx.Response:
        """A signed callback of a department or court."""
        seed = environment()["LIUDUAN_DEMO_INTEGRATION_SEED"]
        key = SharedSecret.parse(secret or integration_key(seed, organisation_id))
        body = json.dumps(message, ensure_ascii=False).encode()
        headers = sign(body, id=id or str(uuid4()), at=signed_at or self.now, keys=[key])
        headers |= {
            "liuduan-organisation": str(organisation_id),
            "content-type": "application/json",
        }
        async with self.client(None) as client:
            return await client.post(f"/callbacks/{kind}", content=body, headers=headers)
