"""Everybody who can be told something, known to notify with openid and number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from services.notify.messages.domain.catalogue import Template
from shared.contracts.event import Event
from shared.contracts.reference import organisation_id
from shared.identity import Actor, End, Role
from tests.notify.news import (
    MANAGER_NAME,
    MOBILE,
    OWNER_NAME,
    WORKER_NAME,
    estate_known,
    manager_known,
    organisation_known,
    owner_known,
    sealed,
    staff_known,
    submitted,
)
from tests.notify.town import Town
from tests.samples import (
    COMMUNITY,
    COMPANY,
    DIVISION,
    FIRE,
    MANAGER,
    OFFICER,
    STREET,
    WORKER,
    named,
    owner,
    staff,
)
from tests.stage import Stage

COUNTY, CITY = DIVISION[:6], DIVISION[:4]


def seat_of(kind: str, specialty: str, division: str) -> UUID:
    return organisation_id(kind, specialty, division)


@dataclass(frozen=True)
class Person:
    """`name` is whom WeChat knows, `mobile` where a text message goes."""

    name: str
    mobile: str
    actor: Actor
    known: Event


def _staff(
    name: str, number: int, end: End, role: Role, organisation: UUID, *divisions: str, **more: Any
) -> Person:
    id, mobile = named(name), f"1390000{number:04}"
    return Person(
        name,
        mobile,
        staff(id, end, role, organisation, divisions),
        staff_known(
            id,
            name,
            organisation,
            end=end,
            roles=(role,),
            divisions=divisions,
            mobile=sealed(id, "mobile", mobile),
            **more,
        ),
    )


OWNER_1 = Person(OWNER_NAME, MOBILE, owner(), owner_known())
WORKER_1 = Person(
    WORKER_NAME,
    "13900000011",
    staff(WORKER, End.GRID, Role.GRID_WORKER, COMMUNITY, (DIVISION,)),
    staff_known(
        WORKER,
        WORKER_NAME,
        COMMUNITY,
        grid_codes=("421202001001001",),
        mobile=sealed(WORKER, "mobile", "13900000011"),
    ),
)
MANAGER_1 = Person(
    MANAGER_NAME,
    "13900000012",
    staff(MANAGER, End.PROPERTY, Role.SITE_OFFICE, COMPANY),
    manager_known(mobile=sealed(MANAGER, "mobile", "13900000012")),
)
LEADER = _staff("leader", 21, End.GRID, Role.GRID_LEADER, COMMUNITY, f"{DIVISION}001")
OFFICE = _staff("street officer", 22, End.CENTRE, Role.STREET_OFFICER, STREET, DIVISION)
STREET_CENTRE = seat_of("CENTRE", "GOVERNANCE_CENTRE", DIVISION)
DISPATCHER = _staff("dispatcher", 23, End.CENTRE, Role.DISPATCHER, STREET_CENTRE, DIVISION)
COUNTY_CENTRE = _staff(
    "county dispatcher",
    24,
    End.CENTRE,
    Role.DISPATCHER,
    seat_of("CENTRE", "GOVERNANCE_CENTRE", COUNTY),
    COUNTY,
)
COUNTY_HOUSING = _staff(
    "county housing",
    25,
    End.DEPARTMENT,
    Role.HOUSING_OFFICER,
    seat_of("DEPARTMENT", "HOUSING", COUNTY),
)
CITY_HOUSING = _staff(
    "city housing",
    26,
    End.DEPARTMENT,
    Role.HOUSING_OFFICER,
    seat_of("DEPARTMENT", "HOUSING", CITY),
)
SOCIAL_WORK = _staff(
    "social work",
    27,
    End.DEPARTMENT,
    Role.DEPARTMENT_OFFICER,
    seat_of("DEPARTMENT", "SOCIAL_WORK", CITY),
)
FIREMAN = Person(
    "fireman",
    "13900000028",
    staff(OFFICER, End.DEPARTMENT, Role.DEPARTMENT_OFFICER, FIRE),
    staff_known(OFFICER, "fireman", FIRE, end="DEPARTMENT", roles=("DEPARTMENT_OFFICER",)),
)
ELSEWHERE = _staff(
    "elsewhere", 29, End.CENTRE, Role.DISPATCHER, named("another centre"), "421281001"
)
STAFF: Sequence[Person] = (
    *(WORKER_1, MANAGER_1, LEADER, OFFICE, DISPATCHER, COUNTY_CENTRE),
    *(COUNTY_HOUSING, CITY_HOUSING, SOCIAL_WORK, FIREMAN, ELSEWHERE),
)
EVERYBODY: Sequence[Person] = (OWNER_1, *STAFF)


async def gather(stage: Stage) -> None:
    """Everybody is known, and the complaint that the case began with."""
    await stage.hear(
        *(person.known for person in EVERYBODY),
        estate_known(),
        organisation_known(COMPANY, "COMPANY", "COMPANY", COUNTY, "演示物业公司"),
        organisation_known(COMMUNITY, "COMMUNITY", "COMMUNITY", f"{DIVISION}001", "演示社区"),
        submitted(),
    )


async def accept(stage: Stage, town: Town, person: Person, template: Template) -> None:
    """The person accepts one prompt; the vendor and our ledger both hear of it."""
    town.accept(person.name, template)
    async with stage.client(person.actor) as client:
        answer = await client.post(
            "/subscriptions",
            json={"template": template, "accepted": True},
            headers={"Idempotency-Key": str(uuid4())},
        )
        assert answer.status_code == 201


async def told(stage: Stage, person: Person, code: str) -> list[dict[str, Any]]:
    """What stands in the person's inbox under `code`."""
    async with stage.client(person.actor) as client:
        items = (await client.get("/inbox")).json()["items"]
    return [item for item in items if item["notification"] == code]
