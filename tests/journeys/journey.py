"""A story that was played to its end, read back over HTTP as its people see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx

from deploy.demo import world
from deploy.demo.callers import Answer, Caller, Refused
from deploy.demo.counting import CITY_DISPATCHER, everything
from deploy.demo.stories import Stage, Told
from tests.journeys.backbone import Rest
from tests.journeys.spoken import spoken

WARNING = "WARN"
NAMES = {str(person.id): person.account for person in world.STAFF} | {
    str(person.id): person.person for person in world.OWNERS
}


@dataclass(frozen=True)
class Promise:
    """One clock of a case; moments as they are spoken."""

    started: str | None
    due: str | None
    met: str | None
    breached: str | None
    state: str
    took: timedelta | None


@dataclass(frozen=True)
class Journey:
    """`rest` is how the machinery stood right after the story."""

    stage: Stage
    told: Told
    rest: Mapping[str, Rest]

    @property
    def centre(self) -> Caller:
        return self.stage.staff(CITY_DISPATCHER)

    @property
    def owner(self) -> Caller:
        return self.stage.owner(self.told.person)

    def path(self, part: str = "") -> str:
        return f"/routing/cases/{self.told.case_id}{part}"

    async def case(self) -> Answer:
        return await self.centre.get(self.path())

    async def steps(self) -> list[tuple[str | None, str, str]]:
        """When, which row of the lifecycle, and the state after it; warnings left out."""
        lines = (await self.centre.get(self.path("/timeline")))["items"]
        return [
            (spoken(line["at"]), line["row"], line["state_after"])
            for line in lines
            if line["action"] != WARNING
        ]

    async def clocks(self) -> dict[str, Promise]:
        """By code and kind, e.g. `CK-07 MAJOR_PLAN`."""
        items = (await self.centre.get(self.path("/clocks")))["items"]
        return {f"{item['code']} {item['kind']}": _promise(item) for item in items}

    async def complaint(self) -> Answer:
        return await self.owner.get(f"/intake/complaints/{self.told.complaint_id}")

    async def story_for_the_owner(self) -> list[tuple[str | None, str]]:
        """The owner's own timeline: when, and the title of what happened."""
        path = f"/intake/complaints/{self.told.complaint_id}/timeline"
        entries = await everything(self.owner, path)
        return [(spoken(entry["at"]), entry["title"]) for entry in entries]

    async def visit(self) -> Answer:
        """The one return visit of this complaint."""
        visits = await everything(self.owner, "/survey/visits")
        (visit,) = [each for each in visits if each["case_id"] == self.told.case_id]
        return visit

    async def messages(self) -> list[Answer]:
        """The record of everybody who was told something, oldest first; recipients by name."""
        found = await everything(self.centre, "/notify/messages", case_id=self.told.case_id)
        return [each | {"to": NAMES[each["recipient_id"]]} for each in reversed(found)]

    async def inbox(self, who: str) -> dict[str, list[Answer]]:
        """What somebody finds in the inbox about this case, by notification."""
        caller = self.stage.owner(who) if who.startswith("owner-") else self.stage.staff(who)
        found: dict[str, list[Answer]] = {}
        about = {self.told.case_id, self.told.complaint_id}
        for entry in await everything(caller, "/notify/inbox"):
            if about & {entry["case_id"], entry["complaint_id"]}:
                found.setdefault(entry["notification"], []).append(entry)
        return found

    async def wechat(self) -> list[tuple[str | None, str]]:
        """What WeChat brought to the owner: when, and the state on the card."""
        openid = (await self._control("wechat", "login", {"person": self.told.person}))["openid"]
        answer = await self.stage.client.get(
            "/simulators/wechat/_control/messages", params={"openid": openid}
        )
        sent = answer.raise_for_status().json()
        return [(spoken(each["sent_at"]), each["data"]["phrase3"]) for each in sent]

    async def delivered(self, kind: str, organisation: UUID) -> list[Answer]:
        """The webhooks about this case that one organisation's own system accepted."""
        received = await self.stage.deliveries(kind, organisation)
        return [each for each in received if each["payload"]["case_id"] == self.told.case_id]

    async def refusal(self, who: str, path: str) -> tuple[int, str]:
        """How a look at `path` is refused; (200, "") when it is not."""
        try:
            await self.stage.staff(who).get(path)
        except Refused as refused:
            return refused.status, refused.code
        return httpx.codes.OK, ""

    async def readable_by(self, who: str) -> str:
        """Everything about the case that `who` gets to read, as one text."""
        parts = ("", "/timeline", "/clocks", "/mediation", "/agreement", "/joint")
        paths = [*map(self.path, parts), f"/notify/messages?case_id={self.told.case_id}"]
        texts = [await _text(self.stage.staff(who), path) for path in (*paths, "/notify/inbox")]
        return "\n".join(texts)

    async def _control(self, simulator: str, word: str, body: Answer) -> Answer:
        answer = await self.stage.client.post(f"/simulators/{simulator}/_control/{word}", json=body)
        return dict(answer.raise_for_status().json())


def _promise(item: Mapping[str, Any]) -> Promise:
    met = item["met_at"]
    began = datetime.fromisoformat(item["started_at"])
    return Promise(
        started=spoken(item["started_at"]),
        due=spoken(item["due_at"]),
        met=spoken(met),
        breached=spoken(item["breached_at"]),
        state=item["state"],
        took=datetime.fromisoformat(met) - began if met else None,
    )


async def _text(caller: Caller, path: str) -> str:
    try:
        return str(await caller.get(path))
    except Refused:
        return ""
