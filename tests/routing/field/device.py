"""A grid worker's telephone: makes operations without a network, and sends them when it likes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import httpx

from shared.identity import Actor
from tests.routing.drama import GARDEN, Drama, staff

WORKER = staff("wangge.wenquan2")
LEADER = staff("wanggezhang.wenquan")
STREET = staff("zhongzhi.wenquan")
OFFICE = staff("jiedao.wenquan")
COMPANY = staff("wuye.wenquan")
OTHER_WORKER = staff("wangge.wenquan1")

Made = dict[str, Any]


@dataclass
class Device:
    drama: Drama
    actor: Actor = WORKER
    made: list[Made] = field(default_factory=list)

    def make(self, type: str, case_id: UUID | None = None, base: int = 3, **facts: Any) -> Made:
        """An operation made now; dispatched cases have version 3."""
        made: Made = {"id": str(uuid4()), "type": type, "made_at": self.drama.now.isoformat()}
        if case_id is not None:
            made |= {"case_id": str(case_id), "base_version": base}
        made |= facts
        self.made.append(made)
        return made

    def sign(self, case_id: UUID, **facts: Any) -> Made:
        return self.make("sign", case_id, **facts)

    def progress(self, case_id: UUID, text: str = "已上门", **facts: Any) -> Made:
        return self.make("progress", case_id, text=text, **facts)

    def contact(self, case_id: UUID, at: datetime, **facts: Any) -> Made:
        told: Made = {"at": at.isoformat(), "means": "电话", "reached": False, "party": "OTHER"}
        return self.make("contact", case_id, **told | facts)

    def persuasion(self, case_id: UUID, **facts: Any) -> Made:
        told = {"at": self.drama.now.isoformat(), "persons": "张某", "what": "劝其夜间勿跑跳"}
        return self.make("persuasion", case_id, **told | facts)

    def session(self, case_id: UUID, *capacities: str, **facts: Any) -> Made:
        told = {
            "held_at": self.drama.now.isoformat(),
            "place": "居委会",
            "attendees": [{"capacity": each} for each in capacities or ("COMMUNITY", "COMPANY")],
            "notes": "双方到场",
        }
        return self.make("session", case_id, **told | facts)

    def result(self, case_id: UUID, **facts: Any) -> Made:
        return self.make("result", case_id, **{"result_code": "SOLVED", "text": "已处理"} | facts)

    def finding(self, text: str = "楼道堆放杂物堵塞消防通道，存在消防隐患。", **facts: Any) -> Made:
        told = {"estate_id": str(GARDEN.estate_id), "building_id": str(GARDEN.building_id)}
        return self.make("finding", **told | {"title": "巡查发现", "text": text} | facts)

    async def send(self, *operations: Made) -> list[Made]:
        """What the answers say; everything made so far when nothing is named."""
        answer = await self.post(list(operations or self.made))
        assert answer.status_code == 200, answer.text
        answers: list[Made] = answer.json()["answers"]
        return answers

    async def outcomes(self, *operations: Made) -> list[str]:
        return [each["outcome"] for each in await self.send(*operations)]

    async def code(self, operation: Made) -> str:
        """Of the problem because of which the operation was not applied."""
        (answer,) = await self.send(operation)
        assert answer["problem"], answer
        return str(answer["problem"]["code"])

    async def post(self, operations: Any) -> httpx.Response:
        async with self.drama.client(self.actor) as client:
            return await client.post("/field/sync", json={"operations": operations})

    async def upload(self, photo_id: str, content: bytes) -> httpx.Response:
        async with self.drama.client(self.actor) as client:
            files = {"file": ("x.jpg", content, "application/octet-stream")}
            return await client.post("/field/photos", data={"id": photo_id}, files=files)
