"""The organisation whose engineer reads a page: its hook, its key, and what happens around it."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx

from deploy.demo import world
from deploy.demo.stories import Stage
from shared.signatures import PrivateKey, sign
from tests.documents.hotline_desk import case_of
from tests.documents.playing import Player, Value
from tests.documents.reading import Exchange

SIGNATURE = ("webhook-signature", "{signature}")
DISPATCHER = "zhongzhi.wenquan"
FEES = "物业费标准不清楚，收取物业费没有公示，希望说明并退还多收部分。"


class SigningPlayer(Player):
    """Callbacks of the page are signed as they are played: `{timestamp}` and `{signature}`."""

    def __init__(self, stage: Stage, values: dict[str, Value]) -> None:
        super().__init__(stage, values)
        self.key = PrivateKey.generate()
        self.values["public_key"] = self.key.public().text()

    async def _exchange(self, where: str, example: Exchange) -> None:
        if SIGNATURE in example.headers:
            body = (await self._filled(example.body)).encode()
            webhook_id = await self._filled(dict(example.headers)["webhook-id"])
            signed = sign(body, id=webhook_id, at=self.stage.system.clock.now(), keys=[self.key])
            self.values["timestamp"] = signed["webhook-timestamp"]
            self.values["signature"] = signed["webhook-signature"]
        await super()._exchange(where, example)


class Surroundings:
    """`kind` is department or court, as the simulators have it."""

    def __init__(self, stage: Stage, kind: str, organisation: UUID, engineer: str) -> None:
        self.stage = stage
        self.kind = kind
        self.organisation = organisation
        path = f"/simulators/{kind}/{organisation}/hook?system=ours"
        self.player = SigningPlayer(
            stage,
            {
                "engineer": stage.staff(engineer).sign_in,
                "organisation": str(organisation),
                "hook": f"{stage.client.base_url}".rstrip("/") + path,
                "now": self._now,
                "begun": stage.system.clock.now().isoformat(),
            },
        )
        self.player.acts = {"mood": self._feel, "wait": self._wait, "dispatch": self.dispatch}
        self._orders = 0

    def on(self, name: str, act: Callable[[str], Awaitable[None]]) -> None:
        self.player.acts = {**self.player.acts, name: act}

    async def call_back(self, message: Mapping[str, Any]) -> httpx.Response:
        """Signed with the key of the page, under an id of its own."""
        body = json.dumps(message, ensure_ascii=False).encode()
        now = self.stage.system.clock.now()
        signed = sign(body, id=str(uuid4()), at=now, keys=[self.player.key])
        headers = signed | {"liuduan-organisation": str(self.organisation)}
        path = f"/routing/callbacks/{self.kind}"
        return await self.stage.client.post(path, content=body, headers=headers)

    async def received(self) -> list[Any]:
        """What came to the endpoint of the page or to that of the demo world, oldest first."""
        return [
            each["payload"] for each in await self.stage.deliveries(self.kind, self.organisation)
        ]

    async def _now(self) -> str:
        """A moment that is later than everything so far."""
        return (self.stage.system.clock.now() + timedelta(seconds=1)).isoformat()

    async def _feel(self, mood: str) -> None:
        command = {"organisation_id": str(self.organisation), "mood": mood}
        answer = await self.stage.client.post(
            f"/simulators/{self.kind}/_control/mood", json=command
        )
        answer.raise_for_status()

    async def _wait(self, hours: str) -> None:
        await self.stage.system.move_to(
            self.stage.system.clock.now() + timedelta(hours=float(hours))
        )

    async def dispatch(self, _: str) -> None:
        """A complaint of the hotline becomes a case of this department: `{case_number}`."""
        self._orders += 1
        number = f"PAGE-{self._orders:04d}"
        await self.stage.hotline().post(
            "/intake/hotline/orders",
            {
                "order_number": number,
                "accepted_at": self.stage.system.clock.now().isoformat(),
                "estate": "温泉花园",
                "title": "物业费争议",
                "text": f"{FEES}（{number}）",
            },
        )
        await self.stage.settled()
        case = f"/routing/cases/{await case_of(self.stage, number)}"
        desk = self.stage.staff(DISPATCHER)
        await desk.post(f"{case}/dispatch", {"organisation_id": str(self.organisation)})
        await self.stage.settled()
        self.player.values["case_number"] = (await desk.get(case))["number"]


def department(stage: Stage) -> Surroundings:
    organisation = world.department("URBAN_MANAGEMENT", "421202")
    return Surroundings(stage, "department", organisation, "jishu.chengguan.xianan")


def court(stage: Stage) -> Surroundings:
    return Surroundings(stage, "court", world.court("421202"), "jishu.fayuan.xianan")
