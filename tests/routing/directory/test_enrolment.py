"""Where the installation demands one-time codes of a role, nobody of it signs in without."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from services.routing.app import service
from shared.contracts.routing import StaffSessionRevoked
from shared.identity.totp import STEP_SECONDS
from tests.routing.conftest import prepared
from tests.routing.directory.people import PASSWORD, administrator, bearer, send, sign_in
from tests.routing.directory.staffing import keeper, path_of
from tests.routing.directory.test_sessions import code_now
from tests.servers import Databases
from tests.stage import Stage, staged

DISPATCHER, OFFICE = "zhongzhi.wenquan", "wuye.wenquan"


@pytest.fixture
async def stage(postgres: Databases) -> AsyncIterator[Stage]:
    url = await postgres.fresh_database(prepared)
    demanded = "ADMINISTRATOR, DISPATCHER"
    async with staged(service, url, LIUDUAN_ROUTING_SECOND_FACTOR_ROLES=demanded) as stage:
        yield stage


async def enrol(stage: Stage, rest: str = "", account: str = DISPATCHER, **more: str) -> Any:
    body = {"account": account, "password": PASSWORD} | more
    async with stage.client() as client:
        return await client.post(f"/sessions/second-factor{rest}", json=body)


async def enrolled(stage: Stage) -> str:
    """The secret, confirmed."""
    secret = str((await enrol(stage)).json()["secret"])
    confirmed: httpx.Response = await enrol(stage, "/confirmation", code=code_now(stage, secret))
    assert confirmed.status_code == 204
    return secret


async def signed_in(stage: Stage, secret: str) -> Any:
    stage.clock.advance(timedelta(seconds=STEP_SECONDS))
    answer = await sign_in(stage, DISPATCHER, code=code_now(stage, secret))
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_the_first_sign_in_demands_enrolment(stage: Stage) -> None:
    refused = await sign_in(stage, DISPATCHER)
    assert (refused.status_code, refused.json()["code"]) == (401, "SECOND_FACTOR_ENROLMENT_NEEDED")
    assert await stage.count("refresh_session") == 0
    secret = await enrolled(stage)
    assert (await sign_in(stage, DISPATCHER)).json()["code"] == "ONE_TIME_CODE_NEEDED"
    assert await signed_in(stage, secret)


async def test_other_roles_sign_in_as_before_and_enrol_inside(stage: Stage) -> None:
    assert (await sign_in(stage, OFFICE)).status_code == 201
    refused = await enrol(stage, account=OFFICE)
    assert (refused.status_code, refused.json()["code"]) == (
        409,
        "SECOND_FACTOR_ENROLMENT_NOT_NEEDED",
    )


async def test_enrolment_needs_the_password_and_comes_once(stage: Stage) -> None:
    wrong = await enrol(stage, password="not-the-password")
    assert (wrong.status_code, wrong.json()["code"]) == (401, "SIGN_IN_REFUSED")
    early = await enrol(stage, "/confirmation", code="123456")
    assert (early.status_code, early.json()["code"]) == (409, "SECOND_FACTOR_NOT_BEGUN")
    await enrolled(stage)
    again = await enrol(stage)
    assert (again.status_code, again.json()["code"]) == (409, "SECOND_FACTOR_ON")


async def test_codes_are_not_tried_out_at_this_door_either(stage: Stage) -> None:
    await enrol(stage)
    for _ in range(5):
        refused = await enrol(stage, "/confirmation", code="000000")
        assert refused.json()["code"] == "ONE_TIME_CODE_DOES_NOT_MATCH"
    assert (await enrol(stage, "/confirmation", code="000000")).status_code == 429


async def test_who_must_have_it_keeps_it(stage: Stage) -> None:
    secret = await enrolled(stage)
    session = await signed_in(stage, secret)
    stage.clock.advance(timedelta(seconds=STEP_SECONDS))
    proof = {"code": code_now(stage, secret)}
    async with stage.client() as client:
        refused = await client.post(
            "/me/second-factor/removal", json=proof, headers=bearer(session)
        )
    assert (refused.status_code, refused.json()["code"]) == (409, "SECOND_FACTOR_DEMANDED")


async def test_a_lost_phone_is_reset_by_an_administrator(stage: Stage) -> None:
    """Every session ends; the next sign-in sets it up anew."""
    await signed_in(stage, await enrolled(stage))
    path = path_of(DISPATCHER, "/second-factor")
    assert (await send(stage, keeper(), "DELETE", path)).status_code == 404
    assert (await send(stage, administrator(), "DELETE", path)).status_code == 204
    assert len(await stage.said(StaffSessionRevoked)) == 1
    refused = await sign_in(stage, DISPATCHER)
    assert refused.json()["code"] == "SECOND_FACTOR_ENROLMENT_NEEDED"
    assert await stage.count("audit_entry", "action = 'staff.second_factor_reset'") == 1


async def test_a_role_that_demands_it_ends_a_session_that_goes_on_without(stage: Stage) -> None:
    """Granted in the meantime, the role waits for enrolment."""
    session = (await sign_in(stage, "jiedao.wenquan")).json()
    path = path_of("jiedao.wenquan", "/roles")
    await send(stage, administrator(), "POST", path, {"role": "DISPATCHER"})
    async with stage.client() as client:
        refused = await client.post(
            "/sessions/refresh", json={"refresh_token": session["refresh_token"]}
        )
    assert refused.json()["code"] == "SECOND_FACTOR_ENROLMENT_NEEDED"
