"""Committees and their mediators (C01, C02, C03, U10)."""

from __future__ import annotations

from typing import Any

import pytest

from deploy.demo import world
from services.routing.directory.queries import mediation_committee_for, mediators_of
from shared.contracts.directory import StaffChanged
from shared.contracts.reference import organisation_id
from tests.routing.directory.people import administrator, get, send, staff
from tests.stage import Stage

KIND = "MEDIATION_COMMITTEE"


def committee(division: str) -> Any:
    return organisation_id(KIND, KIND, division)


async def test_five_committees_with_eight_full_time_mediators(untouched: Stage) -> None:
    """C02; at least one county has none."""
    page = await get(untouched, staff("zhongzhi.shi"), "/directory/organisations", kind=KIND)
    divisions = [each["division"] for each in page["items"]]
    assert divisions == ["4212", "421202", "421221", "421224", "421281"]
    newest = {event.staff.id: event.staff for event in await untouched.said(StaffChanged)}
    assert sum(state.full_time_mediator for state in newest.values()) == 8
    book = untouched.host.runtime.rulebooks.in_force_at(untouched.clock.now()).mediation
    assert (len(divisions), 8) == (book.committees_expected, book.full_time_mediators_expected)


@pytest.mark.parametrize(
    ("division", "expected"),
    [
        ("421202001", "421202"),
        ("421281002", "421281"),
        ("421222100", "4212"),
        ("421223100", "4212"),
    ],
)
async def test_a_county_without_committee_turns_to_the_city(
    untouched: Stage, division: str, expected: str
) -> None:
    """U10: own county, then the city, then the street."""
    fallback = untouched.host.runtime.rulebooks.in_force_at(untouched.clock.now()).mediation
    async with untouched.host.runtime.database.transaction() as session:
        found = await mediation_committee_for(session, division, fallback.committee_fallback)
    assert found is not None
    assert found.id == committee(expected)


async def test_the_street_comes_last(stage: Stage) -> None:
    """U10: without the county's and the city's committee, the street's own; else nobody."""
    order = ("COUNTY", "CITY", "STREET")
    body = {"kind": KIND, "division": "421202001", "display_name": "温泉街道调委会（演示）"}
    street = await send(stage, administrator(), "POST", "/directory/organisations", body)
    for division in ("421202", "4212"):
        async with stage.host.runtime.database.transaction() as session:
            found = await mediation_committee_for(session, "421202001", order)
        assert found is not None
        assert found.id == committee(division)
        ending = {"version": 1, "display_name": "已撤销（演示）", "active": False}
        path = f"/directory/organisations/{committee(division)}"
        assert (await send(stage, administrator(), "PUT", path, ending)).status_code == 200
    async with stage.host.runtime.database.transaction() as session:
        found = await mediation_committee_for(session, "421202001", order)
        nobody = await mediation_committee_for(session, "421202002", order)
    assert found is not None
    assert str(found.id) == street.json()["id"]
    assert nobody is None


NEW = {
    "account": "tiaojie.new",
    "password": "a-first-password",
    "display_name": "演示新调解员",
    "organisation_id": str(committee("421202")),
    "end": "CENTRE",
    "roles": ["MEDIATOR"],
}


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"full_time": True}, 422, "MEDIATOR_CERTIFICATE_MISSING"),
        ({"full_time": False}, 201, None),
        ({"full_time": True, "certificate_kind": "MEDIATOR"}, 422, "MEDIATOR_CERTIFICATE_MISSING"),
        ({"full_time": False, "certificate_number": "A1"}, 422, "MEDIATOR_CERTIFICATE_MISSING"),
        (
            {"full_time": True, "certificate_kind": "MEDIATOR", "certificate_number": "演示A1"},
            201,
            None,
        ),
        (
            {"full_time": True, "certificate_kind": "DIPLOMA", "certificate_number": "演示A1"},
            422,
            "INVALID_FIELDS",
        ),
    ],
)
async def test_a_full_time_mediator_needs_a_certificate(
    stage: Stage, changes: dict[str, Any], status: int, code: str | None
) -> None:
    """C03; the number is stored as ciphertext and shown to nobody."""
    opened = await send(stage, administrator(), "POST", "/directory/staff", NEW)
    body = {"staff_id": opened.json()["id"]} | changes
    answer = await send(stage, administrator(), "POST", "/directory/mediators", body)
    assert (answer.status_code, answer.json().get("code")) == (status, code)
    assert "演示A1" not in answer.text
    assert await stage.count("mediator", "mediator::text LIKE '%演示A1%'") == 0
    async with stage.host.runtime.database.transaction() as session:
        known = await mediators_of(session, committee("421202"))
    assert len(known) == (3 if status == 201 else 2)


async def test_others_are_no_mediators(stage: Stage) -> None:
    body = {"staff_id": str(world.staff("jiedao.wenquan").id), "full_time": False}
    answer = await send(stage, administrator(), "POST", "/directory/mediators", body)
    assert (answer.status_code, answer.json()["code"]) == (422, "NOT_A_MEDIATOR")
    elsewhere = NEW | {"organisation_id": str(world.centre("421202"))}
    opened = await send(stage, administrator(), "POST", "/directory/staff", elsewhere)
    body = {"staff_id": opened.json()["id"], "full_time": False}
    answer = await send(stage, administrator(), "POST", "/directory/mediators", body)
    assert (answer.status_code, answer.json()["code"]) == (422, "NOT_A_MEDIATION_COMMITTEE")


async def test_staff_see_who_mediates(untouched: Stage) -> None:
    path = f"/directory/organisations/{committee('421281')}/mediators"
    mediators = await get(untouched, staff("jiedao.puqi"), path)
    assert [(each["full_time"], each["certified"]) for each in mediators] == [(True, True)] * 2
