"""A governance centre that drafts, approves and publishes over HTTP, and cases to report on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

import httpx

from shared.contracts.vocabulary import CaseStatus
from shared.identity import Actor, End, Role
from tests.samples import named, staff
from tests.stage import Stage
from tests.survey.indicators.cases import case, closed, hear_cases, street

AFTER = datetime.fromisoformat("2026-04-08T17:30:00+08:00")
PUBLICATION = datetime.fromisoformat("2026-04-10T09:00:00+08:00")
CITY, COUNTY = "4212", "421202"

DRAFTER = staff(named("drafter"), End.CENTRE, Role.DISPATCHER, divisions=(CITY,))
CHIEF = staff(named("chief"), End.CENTRE, Role.DISPATCHER, divisions=(CITY,))
COUNTY_DESK = staff(named("county desk"), End.CENTRE, Role.DISPATCHER, divisions=(COUNTY,))
OBSERVER = staff(named("observer"), End.CENTRE, Role.CITY_OBSERVER, divisions=(CITY,))
ADMINISTRATOR = staff(named("administrator"), End.CENTRE, Role.ADMINISTRATOR, divisions=(CITY,))
STREET_DESK = staff(named("street desk"), End.CENTRE, Role.STREET_OFFICER, divisions=("421202001",))

# of three streets, ten cases each; so many of them are closed
CLOSED = {"421202001": 9, "421202002": 8, "421221103": 7}


async def a_quarter_of_cases(stage: Stage, closed_of: dict[str, int] | None = None) -> None:
    """And it is over: the clock stands at 2026-04-08."""
    streets = closed_of or CLOSED
    states = [
        (closed if number < done else case)(
            f"{code}-{number}", division=code, grid_code=f"{code}001001"
        )
        for code, done in streets.items()
        for number in range(10)
    ]
    await hear_cases(stage, states)
    await stage.hear(*(street(number) for number in (1, 2)))
    stage.clock.move_to(AFTER)


async def late_closing(stage: Stage, code: str = "421202001", number: int = 9) -> None:
    """What was done in March is told in April."""
    state = closed(f"{code}-{number}", division=code, grid_code=f"{code}001001")
    assert state.state is CaseStatus.CLOSED
    await hear_cases(stage, [state])


@dataclass
class Newsroom:
    stage: Stage
    id: str = ""

    async def draft(self, actor: Actor = DRAFTER, **changes: Any) -> httpx.Response:
        body = {"kind": "BULLETIN", "period": "2026-Q1", "division": CITY} | changes
        return await self.send("POST", "/bulletins", actor, body)

    async def drafted(self, actor: Actor = DRAFTER, **changes: Any) -> dict[str, Any]:
        answer = await self.draft(actor, **changes)
        assert answer.status_code == 201, answer.text
        self.id = answer.json()["id"]
        return dict(answer.json())

    async def act(
        self, what: str, body: dict[str, Any] | None = None, actor: Actor = CHIEF
    ) -> httpx.Response:
        return await self.send("POST", f"/bulletins/{self.id}/{what}", actor, body)

    async def see(self, actor: Actor = DRAFTER, what: str = "") -> httpx.Response:
        return await self.send("GET", f"/bulletins/{self.id}{what}", actor)

    async def noted(
        self, notes: dict[str, Any], actor: Actor = DRAFTER, version: int | None = None
    ) -> httpx.Response:
        """For the version as it is now, unless another is said to have been read."""
        read = version or (await self.see()).json()["version"]
        return await self.send(
            "PUT", f"/bulletins/{self.id}/notes", actor, {"version": read, **notes}
        )

    async def approved(self) -> dict[str, Any]:
        version = (await self.see(CHIEF)).json()["version"]
        answer = await self.act("approval", {"version": version})
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def published(self, at: datetime = PUBLICATION, **changes: Any) -> dict[str, Any]:
        """From draft to publication."""
        await self.drafted(**changes)
        await self.approved()
        self.stage.clock.move_to(max(at, self.stage.clock.now()))
        answer = await self.act("publication")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def public(self, address: str, **headers: str) -> httpx.Response:
        """As anybody may ask, below /survey/public."""
        async with self.stage.client() as client:
            return await client.get(f"/public{address}", headers=headers)

    async def send(
        self, method: str, address: str, actor: Actor, body: dict[str, Any] | None = None
    ) -> httpx.Response:
        headers = {"Idempotency-Key": str(uuid4())} if method == "POST" else {}
        async with self.stage.client(actor) as client:
            return await client.request(method, address, json=body, headers=headers)


def edition_of(published: dict[str, Any], what: str = "") -> str:
    """The public address of an edition, below /survey/public."""
    return str(published["link"]).removeprefix("/survey/public") + what


def texts(content: dict[str, Any], heading: str) -> Sequence[str]:
    (found,) = [each for each in content["sections"] if each["heading"] == heading]
    return list(found["paragraphs"])
