"""Staff accounts: several roles in one person, contacts that never come out, closed at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from deploy.demo import world
from services.routing.directory.queries import staff as known_staff
from shared.contracts.directory import StaffChanged
from shared.contracts.routing import StaffSessionRevoked
from shared.identity import Role
from tests.routing.directory.people import administrator, bearer, get, send, sign_in, staff
from tests.stage import Stage

PATH = "/directory/staff"
PASSWORD = "a-first-password"
GUIYU = world.company("桂语物业服务有限公司（演示）")


def account(**changes: Any) -> dict[str, Any]:
    body = {
        "account": "wangge.wenquan9",
        "password": PASSWORD,
        "display_name": "演示新网格员",
        "organisation_id": str(world.community("421202001901").id),
        "end": "COMMUNITY",
        "roles": ["GRID_WORKER"],
        "mobile": "+86 139 0000 9001",
        "openid": "o-demo-openid",
    }
    return body | changes


async def test_one_person_is_site_manager_and_grid_worker(stage: Stage) -> None:
    """A13: both roles and both scopes, and a stake in the own company, without declaring it."""
    session = (await sign_in(stage, "wuye.guiyu")).json()
    actor = stage.host.runtime.tokens.verify(session["access_token"])
    assert actor.roles == {Role.SITE_OFFICE, Role.GRID_WORKER}
    assert actor.scope.covers_estate(world.estate("桂语雅苑（演示）").id)
    assert actor.scope.covers_grid("421202001901003")
    assert actor.has_interest_in(GUIYU.id)
    assert not actor.has_interest_in(world.company("温馨物业服务有限公司（演示）").id)


async def test_an_evaluator_has_no_division(stage: Stage) -> None:
    """E22: the centre end of a place is told of its owners, and an agency is not."""
    evaluator = account(
        account="pinggu.shi2",
        organisation_id=str(world.AGENCY.id),
        end="CENTRE",
        roles=["EVALUATOR"],
    )
    refused = await send(
        stage, administrator(), "POST", PATH, evaluator | {"divisions": ["421202"]}
    )
    assert (refused.status_code, refused.json()["code"]) == (422, "AGENCY_WITHOUT_PLACE")
    assert (await send(stage, administrator(), "POST", PATH, evaluator)).status_code == 201


async def test_an_account_is_opened_and_signs_in(stage: Stage) -> None:
    answer = await send(stage, administrator(), "POST", PATH, account())
    assert answer.status_code == 201
    shown = answer.json()
    assert (shown["masked_mobile"], shown["has_openid"]) == ("139****9001", True)
    assert "password" not in answer.text
    said = (await stage.said(StaffChanged))[-1].staff
    assert (str(said.id), said.roles) == (shown["id"], ("GRID_WORKER",))
    sealer = stage.host.runtime.sealer
    assert said.openid is not None
    assert sealer.open_(said.openid, subject=f"{said.id}/openid") == "o-demo-openid"
    signed_in = await sign_in(stage, "WANGGE.WENQUAN9", password=PASSWORD)
    assert signed_in.status_code == 201


async def test_contacts_are_stored_as_ciphertext_only(stage: Stage) -> None:
    """Facts 2.13."""
    await send(stage, administrator(), "POST", PATH, account())
    for table in ("staff", "outbox", "audit_entry", "idempotency_key"):
        for personal in ("13900009001", "o-demo-openid", PASSWORD):
            assert await stage.count(table, f"{table}::text LIKE '%{personal}%'") == 0


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"account": "wangge.wenquan1"}, 409, "ACCOUNT_TAKEN"),
        ({"account": "网格员"}, 422, "INVALID_FIELDS"),
        ({"password": "short"}, 422, "PASSWORD_TOO_SHORT"),
        ({"mobile": "12345"}, 422, "INVALID_MOBILE_NUMBER"),
        ({"end": "OWNER"}, 422, "NOT_A_STAFF_END"),
        ({"roles": ["DISPATCHER"]}, 422, "ROLES_NOT_OF_END"),
        ({"roles": []}, 422, "INVALID_FIELDS"),
        ({"organisation_id": str(GUIYU.id)}, 422, "ORGANISATION_NOT_OF_END"),
        ({"organisation_id": str(world.owner("owner-1").id)}, 422, "ORGANISATION_UNKNOWN"),
        ({"divisions": ["42x"]}, 422, "INVALID_FIELDS"),
    ],
)
async def test_what_an_account_must_be(
    untouched: Stage, changes: dict[str, Any], status: int, code: str
) -> None:
    """A02-A07: ends, roles and organisations belong together."""
    answer = await send(untouched, administrator(), "POST", PATH, account(**changes))
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    ("estate", "status", "code"),
    [("桂语雅苑（演示）", 201, None), ("温泉花园（演示）", 422, "ESTATE_NOT_SERVED")],
)
async def test_a_site_office_has_the_estates_of_its_company(
    stage: Stage, estate: str, status: int, code: str | None
) -> None:
    """A03."""
    body = account(
        organisation_id=str(GUIYU.id),
        end="PROPERTY",
        roles=["SITE_OFFICE"],
        estate_ids=[str(world.estate(estate).id)],
    )
    answer = await send(stage, administrator(), "POST", PATH, body)
    assert (answer.status_code, answer.json().get("code")) == (status, code)


async def revise(stage: Stage, account_name: str, **changes: Any) -> Any:
    person = world.staff(account_name)
    path = f"{PATH}/{person.id}"
    kept = ("version", "display_name", "organisation_id", "end", "roles", "divisions",
            "estate_ids", "interests")  # fmt: skip
    present = await get(stage, administrator(), path)
    body = {name: present[name] for name in kept}
    return await send(stage, administrator(), "PUT", path, body | changes)


async def test_a_new_position_ends_the_old_tokens(stage: Stage) -> None:
    """A13: a household is declared; the person signs in again to act with it."""
    home = world.estate("温泉花园（演示）").house("2", "301").id
    session = (await sign_in(stage, "wangge.wenquan2")).json()
    answer = await revise(stage, "wangge.wenquan2", interests=[str(home)])
    assert answer.status_code == 200
    assert answer.json()["interests"] == [str(home)]
    async with stage.client() as client:
        refused = await client.get("/me", headers=bearer(session))
    assert (refused.status_code, refused.json()["code"]) == (401, "SESSION_REVOKED")
    assert len(await stage.said(StaffSessionRevoked)) == 1
    async with stage.host.runtime.database.transaction() as transaction:
        known = await known_staff(transaction, world.staff("wangge.wenquan2").id)
    assert known is not None
    assert known.has_interest_in(home)


async def test_who_looked_at_an_old_version_looks_again(stage: Stage) -> None:
    assert (await revise(stage, "jiedao.wenquan")).status_code == 200
    stale = await revise(stage, "jiedao.wenquan", version=1)
    assert (stale.status_code, stale.json()["code"]) == (409, "CHANGED_MEANWHILE")


async def test_nobody_moves_to_an_organisation_that_is_not_there(untouched: Stage) -> None:
    nowhere = str(world.owner("owner-1").id)
    answer = await revise(untouched, "jiedao.wenquan", organisation_id=nowhere)
    assert (answer.status_code, answer.json()["code"]) == (422, "ORGANISATION_UNKNOWN")


async def test_nobody_loses_the_role_while_in_a_grid(stage: Stage) -> None:
    """A02, A05: staff the grid anew first."""
    answer = await revise(stage, "wuye.guiyu", roles=["SITE_OFFICE"])
    assert (answer.status_code, answer.json()["code"]) == (409, "STILL_IN_A_GRID")


async def test_a_closed_account_is_out_at_once(stage: Stage) -> None:
    """Twice is as once; its contacts leave the public state."""
    person = world.staff("xiaofang.xianan")
    session = (await sign_in(stage, person.account)).json()
    for _ in range(2):
        answer = await send(stage, administrator(), "PUT", f"{PATH}/{person.id}/closure")
        assert answer.status_code == 204
    said = [e.staff for e in await stage.said(StaffChanged) if e.staff.id == person.id]
    assert [state.active for state in said] == [True, False]
    assert (said[-1].openid, said[-1].mobile) == (None, None)
    async with stage.client() as client:
        assert (await client.get("/me", headers=bearer(session))).status_code == 401
    refused = await sign_in(stage, person.account)
    assert (refused.status_code, refused.json()["code"]) == (401, "SIGN_IN_REFUSED")


async def test_colleagues_are_seen_accounts_are_not(untouched: Stage) -> None:
    """A leader sees the community's people; the names of their accounts are for administrators."""
    leader = staff("wanggezhang.wenquan")
    page = await get(untouched, leader, PATH, role="GRID_WORKER")
    seen = {UUID(each["id"]) for each in page["items"]}
    assert seen == {world.staff(f"wangge.wenquan{n}").id for n in (1, 2, 4)}
    assert {each["account"] for each in page["items"]} == {None}
    page = await get(untouched, administrator(), PATH, role="GRID_WORKER")
    assert all(each["account"] for each in page["items"])


@pytest.mark.parametrize(
    ("account_name", "expected"),
    [("wuye.wenquan", 1), ("fayuan.chibi", 1), ("chengguan.xianan", 1)],
)
async def test_other_organisations_people_are_not_seen(
    untouched: Stage, account_name: str, expected: int
) -> None:
    page = await get(untouched, staff(account_name), PATH)
    organisations = {each["organisation_id"] for each in page["items"]}
    assert organisations == {str(world.staff(account_name).organisation_id)}
    assert len(page["items"]) >= expected
