"""Organisations enter the directory and change: codes checked, told to everybody."""

from __future__ import annotations

from typing import Any

import pytest

from deploy.demo import world
from services.routing.directory.queries import organisation_by_id
from shared.contracts.directory import DivisionChanged, OrganisationChanged
from tests.routing.directory.people import administrator, get, send, staff
from tests.stage import Stage

PATH = "/directory/organisations"
COMPANY = {
    "kind": "COMPANY",
    "division": "421222",
    "display_name": "隽水物业服务有限公司（演示）",
    "credit_code": "91421222MA00000740",
}


async def add(stage: Stage, body: dict[str, Any], key: str = "") -> Any:
    return await send(stage, administrator(), "POST", PATH, body, key)


async def test_a_county_gets_its_committee(stage: Stage) -> None:
    """C01: a county committee under 421222, which has none yet."""
    body = {
        "kind": "MEDIATION_COMMITTEE",
        "division": "421222",
        "display_name": "通城县房产物业调委会（演示）",
    }
    answer = await add(stage, body)
    assert answer.status_code == 201
    assert answer.json()["level"] == "COUNTY"
    said = (await stage.said(OrganisationChanged))[-1].organisation
    assert (str(said.id), said.version) == (answer.json()["id"], 1)
    refused = await add(stage, body)
    assert (refused.status_code, refused.json()["code"]) == (409, "ORGANISATION_EXISTS")


async def test_the_same_request_again_adds_nothing(stage: Stage) -> None:
    first = await add(stage, COMPANY, key="once-and-for-all")
    again = await add(stage, COMPANY, key="once-and-for-all")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert await stage.count("organisation", "credit_code = '91421222MA00000740'") == 1


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"credit_code": "91421222MA00000741"}, 422, "INVALID_CREDIT_CODE"),
        ({"credit_code": "91421200MA00000076"}, 409, "CREDIT_CODE_TAKEN"),
        ({"credit_code": None}, 422, "CREDIT_CODE_MISSING"),
        ({"division": "421299"}, 422, "UNKNOWN_DIVISION"),
        ({"division": "42122"}, 422, "UNKNOWN_DIVISION"),
        ({"division": "421222100"}, 422, "ORGANISATION_LEVEL_NOT_ALLOWED"),
        ({"specialty": "HOUSING"}, 422, "UNKNOWN_SPECIALTY"),
        ({"kind": "DEPARTMENT"}, 422, "UNKNOWN_SPECIALTY"),
        ({"kind": "COURT", "court_code": "鄂1203"}, 422, "COURT_CODE_UNKNOWN"),
        ({"kind": "COURT", "court_code": "鄂1222"}, 409, "COURT_CODE_TAKEN"),
        ({"kind": "CENTRE"}, 409, "ORGANISATION_EXISTS"),
        ({"parent_id": str(world.owner("owner-1").id)}, 422, "UNKNOWN_PARENT"),
        ({"display_name": "物"}, 422, "INVALID_FIELDS"),
        ({"display_name": 7}, 422, "INVALID_FIELDS"),
        ({"level": "CITY"}, 422, "INVALID_FIELDS"),
        ({"display_name": "空\x00字"}, 422, "TEXT_NOT_STORABLE"),
    ],
)
async def test_what_an_organisation_must_be(
    untouched: Stage, changes: dict[str, Any], status: int, code: str
) -> None:
    """Facts 2.10: credit code with both check digits; divisions, courts and kinds that exist.

    Without these changes it is taken, see above.
    """
    answer = await add(untouched, COMPANY | changes)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize(("count", "warnings"), [(1, ["STAFF_OUTSIDE_RANGE"]), (2, []), (3, [])])
async def test_a_small_street_office_is_a_warning_not_an_error(
    stage: Stage, count: int, warnings: list[str]
) -> None:
    """A15."""
    body = {
        "kind": "STREET_PROPERTY_OFFICE",
        "division": "421202001",
        "display_name": "温泉街道物业管理工作室（演示）",
        "staff_count": count,
    }
    answer = await add(stage, body)
    assert (answer.status_code, answer.json()["warnings"]) == (201, warnings)


async def test_a_new_name_changes_no_code(stage: Stage) -> None:
    """G03, U18: the bureau is renamed; specialty and division stay, the version rises."""
    id = world.department("HOUSING", "4212")
    before = await get(stage, staff("zhongzhi.shi"), f"{PATH}/{id}")
    assert before["display_name"] == "市住新局"
    body = {"version": 1, "display_name": "咸宁市住房和城乡建设局", "active": True}
    answer = await send(stage, administrator(), "PUT", f"{PATH}/{id}", body)
    assert answer.status_code == 200
    assert answer.json() == before | {"display_name": "咸宁市住房和城乡建设局", "version": 2}
    said = (await stage.said(OrganisationChanged))[-1].organisation
    assert (said.display_name, said.version, said.specialty) == (
        "咸宁市住房和城乡建设局",
        2,
        "HOUSING",
    )
    stale = await send(stage, administrator(), "PUT", f"{PATH}/{id}", body)
    assert (stale.status_code, stale.json()["code"]) == (409, "CHANGED_MEANWHILE")


async def test_a_new_community_brings_its_division(stage: Stage) -> None:
    """B20: community codes are listed nowhere; the street must be known."""
    body = {"kind": "COMMUNITY", "division": "421222100901", "display_name": "隽水社区（演示）"}
    assert (await add(stage, body)).status_code == 201
    said = (await stage.said(DivisionChanged))[-1].division
    assert (said.code, said.level, said.parent_code) == ("421222100901", "COMMUNITY", "421222100")
    refused = await add(stage, body | {"division": "421222999901"})
    assert (refused.status_code, refused.json()["code"]) == (422, "UNKNOWN_DIVISION")


async def test_every_court_is_known_by_its_code(untouched: Stage) -> None:
    """A07: 鄂12 and one for each county."""
    query = {"kind": "COURT"}
    page = await get(untouched, staff("zhongzhi.shi"), PATH, **query)
    codes = {court["division"]: court["court_code"] for court in page["items"]}
    assert codes == {division: f"鄂{division[2:]}" for division in codes}
    assert len(codes) == 7


async def test_lists_come_in_pages(untouched: Stage) -> None:
    """Every organisation once, in the order of the divisions."""
    seen: list[str] = []
    cursor = None
    while True:
        query = {"limit": 90} | ({"cursor": cursor} if cursor else {})
        page = await get(untouched, staff("zhongzhi.shi"), PATH, **query)
        seen += [each["id"] for each in page["items"]]
        if (cursor := page["next"]) is None:
            break
    assert len(seen) == len(set(seen)) == await untouched.count("organisation")


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ({"query": "温泉"}, 200, None),
        ({"query": "%"}, 200, None),
        ({"cursor": "bm90IG91cnM="}, 422, "CURSOR_INVALID"),
        ({"cursor": "WyJhIl0="}, 422, "CURSOR_INVALID"),
        ({"cursor": "WyIwIiwgIlx1MDAwMCJd"}, 422, "CURSOR_INVALID"),
        ({"division": "42%"}, 422, "INVALID_FIELDS"),
        ({"query": "\x00"}, 422, "INVALID_FIELDS"),
    ],
)
async def test_filters_are_values_not_patterns(
    untouched: Stage, query: dict[str, str], status: int, code: str | None
) -> None:
    async with untouched.client(staff("zhongzhi.shi")) as client:
        answer = await client.get(PATH, params=query)
    assert (answer.status_code, answer.json().get("code")) == (status, code)
    if query.get("query") == "%":
        assert answer.json()["items"] == []


async def test_an_ended_organisation_frees_its_seat(stage: Stage) -> None:
    """The street centre is replaced: another one may follow."""
    id = world.centre("421202001")
    body = {"version": 1, "display_name": "温泉街道综治中心", "active": False}
    assert (await send(stage, administrator(), "PUT", f"{PATH}/{id}", body)).status_code == 200
    fresh = {"kind": "CENTRE", "division": "421202001", "display_name": "温泉街道新综治中心"}
    assert (await add(stage, fresh)).status_code == 201
    back = body | {"version": 2, "active": True}
    refused = await send(stage, administrator(), "PUT", f"{PATH}/{id}", back)
    assert (refused.status_code, refused.json()["code"]) == (409, "ORGANISATION_EXISTS")
    async with stage.host.runtime.database.transaction() as session:
        ended = await organisation_by_id(session, id)
    assert ended is not None
    assert not ended.active
