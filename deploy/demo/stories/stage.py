"""Where a story is played: a running system, its clock, its people, and somebody who narrates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import httpx

from deploy.demo import world
from deploy.demo.callers import Answer, Caller, hotline, owner, staff
from deploy.embedded.system import System
from services.notify.messages.domain.catalogue import Template
from shared.clock import BEIJING

Narrate = Callable[[datetime, str], None]


@dataclass(frozen=True)
class Told:
    """What a story was about, for whoever looks at it afterwards."""

    case_id: str
    case_number: str
    complaint_id: str
    person: str


@dataclass
class Stage:
    """`keys` are the environment of the system; `narrate` gets every moment and what happens."""

    system: System
    client: httpx.AsyncClient
    keys: Mapping[str, str]
    narrate: Narrate
    _callers: dict[str, Caller] = field(default_factory=dict)

    async def at(self, moment: str, what: str) -> None:
        """Move the clock to `moment` (Beijing time), let everything due happen, and say `what`."""
        instant = datetime.fromisoformat(moment).replace(tzinfo=BEIJING)
        await self.system.move_to(instant)
        self.narrate(instant, what)

    async def settled(self) -> None:
        await self.system.settle()

    def owner(self, person: str) -> Caller:
        return self._callers.setdefault(person, owner(self.client, world.owner(person)))

    def staff(self, account: str) -> Caller:
        password = self.keys["LIUDUAN_DEMO_PASSWORD"]
        return self._callers.setdefault(account, staff(self.client, world.staff(account), password))

    def hotline(self) -> Caller:
        client_id = self.keys["LIUDUAN_HOTLINE_CLIENT_ID"]
        secret = self.keys["LIUDUAN_HOTLINE_CLIENT_SECRET"]
        return self._callers.setdefault("12345", hotline(self.client, client_id, secret))

    async def accept_messages(self, person: str) -> None:
        """The mini-program asks to be allowed to write; the owner taps "allow" a few times."""
        for template in (Template.PROGRESS, Template.FEEDBACK, Template.MEDIATION):
            for _ in range(4):
                await self._accept(person, template)

    async def _accept(self, person: str, template: Template) -> None:
        await self.client.post(
            "/simulators/wechat/_control/subscribe",
            json={"person": person, "template_id": f"embedded-{template.lower()}"},
        )
        await self.owner(person).post(
            "/notify/subscriptions", {"template": template, "accepted": True}
        )

    async def file(self, person: str, estate: str, **complaint: object) -> Answer:
        """File a complaint about the owner's own home in `estate`; returns the receipt."""
        home = next(h for h in world.owner(person).homes if h.estate.name == estate)
        body = {
            "estate_id": str(home.estate.id),
            "building_id": str(home.building.id),
            "house_id": str(home.house.id),
            **complaint,
        }
        receipt = await self.owner(person).post("/intake/complaints", body)
        await self.settled()
        return receipt

    async def told(self, person: str, complaint_id: str) -> Told:
        """The case behind a complaint, as the owner sees it."""
        case = (await self.owner(person).get(f"/intake/complaints/{complaint_id}"))["case"]
        return Told(case["id"], case["number"], complaint_id, person)

    async def do(self, who: str, told: Told, step: str, **body: object) -> Answer:
        """`who` (an account, or the owner's person) takes a step of the case at routing."""
        caller = self.owner(who) if who.startswith("owner-") else self.staff(who)
        answer = await caller.post(f"/routing/cases/{told.case_id}/{step}", dict(body))
        await self.settled()
        return answer

    async def rate(self, told: Told, *, level: int = 5) -> None:
        """The owner answers the return visit: solved, and how well."""
        caller = self.owner(told.person)
        visits = (await caller.get("/survey/visits"))["items"]
        visit = next(each for each in visits if each["complaint_id"] == told.complaint_id)
        answer = {"solved": "YES", "result_level": level, "process_level": level}
        await caller.post(f"/survey/visits/{visit['id']}/answer", answer)
        await self.settled()

    async def callback(self, kind: str, organisation: UUID, **payload: object) -> Answer:
        """A department's or court's own system answers with a signed callback."""
        body = {"organisation_id": str(organisation), "payload": payload}
        answer = await self.client.post(f"/simulators/{kind}/_control/answer", json=body)
        reply = dict(answer.raise_for_status().json())
        if reply["status"] >= httpx.codes.BAD_REQUEST:
            raise RuntimeError(f"the hub refused: {reply['text']}")
        await self.settled()
        return reply

    async def deliveries(self, kind: str, organisation: UUID) -> list[Answer]:
        """The webhooks that an organisation's own system has received."""
        query = {"organisation_id": str(organisation)}
        answer = await self.client.get(f"/simulators/{kind}/_control/deliveries", params=query)
        return list(answer.raise_for_status().json())
