"""Conflicts of interest on record: who said so, when, from when on; A13 and X20 rest on them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest

from deploy.demo import world
from services.routing.directory.queries import staff as known_staff
from services.routing.directory.turning import turn
from shared.clock import BEIJING
from shared.contracts.routing import StaffSessionRevoked
from tests.routing.directory.people import administrator, get, send, sign_in, staff
from tests.routing.directory.staffing import account_of, keeper, path_of
from tests.stage import Stage

ACCOUNT = "wangge.wenquan2"
GARDEN = world.estate("温泉花园（演示）")
HOME = GARDEN.house("2", "301").id
COMPANY = world.company("桂语物业服务有限公司（演示）").id
COMMITTEE = world.staff("tiaojie.xianan1").organisation_id
MIDNIGHT = datetime(2026, 3, 3, 0, 0, tzinfo=BEIJING)


async def stake(stage: Stage, subject: Any, account: str = ACCOUNT) -> bool:
    async with stage.host.runtime.database.transaction() as session:
        known = await known_staff(session, world.staff(account).id)
    assert known is not None
    return known.has_interest_in(subject)


@pytest.mark.parametrize(
    ("subject", "kind"), [(HOME, "HOUSEHOLD"), (COMPANY, "COMPANY"), (COMMITTEE, "COMMITTEE")]
)
async def test_somebody_declares_a_stake(stage: Stage, subject: Any, kind: str) -> None:
    """A13: from now on; the tokens that do not know it end."""
    session = (await sign_in(stage, ACCOUNT)).json()
    body = {"subject_id": str(subject)}
    answer = await send(stage, staff(ACCOUNT), "POST", "/me/interests", body)
    assert answer.status_code == 201
    shown = answer.json()
    assert (shown["kind"], shown["source"]) == (kind, "DECLARED")
    assert (shown["recorded_by"], shown["valid_from"]) == (
        str(world.staff(ACCOUNT).id),
        "2026-03-02",
    )
    assert await stake(stage, subject)
    assert len(await stage.said(StaffSessionRevoked)) == 1
    async with stage.client() as client:
        renewal = {"refresh_token": session["refresh_token"]}
        assert (await client.post("/sessions/refresh", json=renewal)).status_code == 401
    fresh = (await sign_in(stage, ACCOUNT)).json()
    assert stage.host.runtime.tokens.verify(fresh["access_token"]).has_interest_in(subject)
    assert await get(stage, staff(ACCOUNT), "/me/interests") == [shown]


async def test_an_administrator_records_what_was_found(stage: Stage) -> None:
    """Source, recorder and action are on record and in the audit log."""
    path = path_of(ACCOUNT, "/interests")
    answer = await send(stage, administrator(), "POST", path, {"subject_id": str(COMPANY)})
    assert (answer.status_code, answer.json()["source"]) == (201, "FOUND")
    assert answer.json()["recorded_by"] == str(administrator().id)
    assert await get(stage, administrator(), path) == [answer.json()]
    found = "action = 'staff.interest_found' AND details ->> 'kind' = 'COMPANY'"
    assert await stage.count("audit_entry", found) == 1
    again = await send(stage, administrator(), "POST", path, {"subject_id": str(COMPANY)})
    assert (again.status_code, again.json()["code"]) == (409, "INTEREST_RECORDED")


async def test_a_stake_is_lifted_by_somebody_else_only(stage: Stage) -> None:
    """Nobody clears the way to a case by themselves; what was lifted stays on record."""
    path = path_of("wuye.wenquan", "/interests")
    body = {"subject_id": str(HOME)}
    recorded = (await send(stage, staff("wuye.wenquan"), "POST", "/me/interests", body)).json()
    lifting = f"{path}/{recorded['id']}/lifting"
    refused = await send(stage, keeper(), "PUT", lifting)
    assert (refused.status_code, refused.json()["code"]) == (409, "OWN_INTEREST")
    assert await stake(stage, HOME, "wuye.wenquan")
    lifted = await send(stage, administrator(), "PUT", lifting)
    assert lifted.status_code == 200
    assert lifted.json()["lifted_at"]
    assert not await stake(stage, HOME, "wuye.wenquan")
    assert await get(stage, administrator(), path) == [lifted.json()]
    assert await stage.count("audit_entry", "action = 'staff.interest_lifted'") == 1


async def test_nor_is_it_lifted_by_revising_the_own_account(stage: Stage) -> None:
    """A13: a list of interests that leaves one out is the same as lifting it."""
    body = {"subject_id": str(HOME)}
    await send(stage, staff("wuye.wenquan"), "POST", "/me/interests", body)
    shown = await account_of(stage, "wuye.wenquan")
    kept = ("version", "display_name", "organisation_id", "end", "roles", "divisions", "estate_ids")
    without = {name: shown[name] for name in kept} | {"interests": []}
    path = path_of("wuye.wenquan")
    refused = await send(stage, keeper(), "PUT", path, without)
    assert (refused.status_code, refused.json()["code"]) == (409, "OWN_INTEREST")
    assert await stake(stage, HOME, "wuye.wenquan")
    with_it = without | {"interests": shown["interests"], "display_name": "演示改名"}
    assert (await send(stage, keeper(), "PUT", path, with_it)).status_code == 200
    allowed = without | {"version": shown["version"] + 1}
    assert (await send(stage, administrator(), "PUT", path, allowed)).status_code == 200
    assert not await stake(stage, HOME, "wuye.wenquan")


async def test_a_stake_has_its_days(stage: Stage) -> None:
    """X20: a stake of tomorrow counts from midnight, also where nobody signs in."""
    body = {"subject_id": str(HOME), "valid_from": "2026-03-03", "valid_to": "2026-03-03"}
    await send(stage, staff(ACCOUNT), "POST", "/me/interests", body)
    assert not await stake(stage, HOME)
    stage.clock.move_to(MIDNIGHT)
    await turn(stage.host.runtime)
    assert await stake(stage, HOME)
    stage.clock.move_to(datetime(2026, 3, 4, 0, 0, tzinfo=BEIJING))
    await turn(stage.host.runtime)
    assert not await stake(stage, HOME)


async def test_the_own_company_needs_no_record_and_is_never_lifted(stage: Stage) -> None:
    """A13: a site manager has a stake in the own company."""
    assert await get(stage, administrator(), path_of("wuye.guiyu", "/interests")) == []
    assert await stake(stage, COMPANY, "wuye.guiyu")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"subject_id": str(uuid4())}, "UNKNOWN_INTEREST"),
        ({"subject_id": "home"}, "INVALID_FIELDS"),
        ({"subject_id": str(HOME), "valid_to": "2026-03-01"}, "ENDS_BEFORE_IT_BEGINS"),
    ],
)
async def test_what_a_stake_must_be(untouched: Stage, body: dict[str, str], code: str) -> None:
    answer = await send(untouched, staff(ACCOUNT), "POST", "/me/interests", body)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_who_records_and_who_does_not(stage: Stage) -> None:
    path = path_of("wuye.wenquan", "/interests")
    body = {"subject_id": str(HOME)}
    assert (await send(stage, staff("wuye.guiyu"), "POST", path, body)).status_code == 403
    assert (await send(stage, keeper("wuye.guiyu"), "POST", path, body)).status_code == 404
    recorded = await send(stage, keeper(), "POST", path, body)
    assert recorded.status_code == 201
    lifting = f"{path}/{recorded.json()['id']}/lifting"
    assert (await send(stage, staff("wuye.wenquan"), "PUT", lifting)).status_code == 403
    assert (await send(stage, keeper("wuye.guiyu"), "PUT", lifting)).status_code == 404
