"""People are invited: one code, once, for three days; then their own password."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import pytest

from deploy.demo import world
from shared.contracts.directory import StaffChanged
from shared.identity import Actor
from tests.routing.directory.people import administrator, get, send, sign_in, staff
from tests.routing.directory.staffing import keeper, newcomer
from tests.stage import Stage

PATH = "/directory/invitations"
NEW_PASSWORD = "my-own-password-now"


async def invited(stage: Stage, actor: Actor | None = None, **changes: Any) -> Any:
    answer = await send(stage, actor or administrator(), "POST", PATH, newcomer(**changes))
    assert answer.status_code == 201, answer.text
    return answer.json()


async def code_for(stage: Stage, invitation: Any) -> str:
    answer = await send(stage, administrator(), "POST", f"{PATH}/{invitation['id']}/code")
    assert answer.status_code == 201, answer.text
    return str(answer.json()["code"])


async def accept(stage: Stage, code: str, account: str = "wuye.new", **more: str) -> httpx.Response:
    body = {"account": account, "code": code, "password": NEW_PASSWORD} | more
    async with stage.client() as client:
        return await client.post("/invitations/acceptance", json=body)


async def test_an_invited_person_opens_the_account(stage: Stage) -> None:
    """A03: closed until the code comes; then a password of one's own, and the role."""
    invitation = await invited(stage)
    assert (invitation["status"], invitation["account"]) == ("WAITING", "wuye.new")
    assert (await stage.said(StaffChanged))[-1].staff.active is False
    code = await code_for(stage, invitation)
    assert (await accept(stage, code.lower().replace("-", " "))).status_code == 204
    said = (await stage.said(StaffChanged))[-1].staff
    assert (said.active, said.roles) == (True, ("SITE_OFFICE",))
    assert said.mobile is not None
    signed_in = await sign_in(stage, "wuye.new", password=NEW_PASSWORD)
    assert signed_in.status_code == 201


async def test_a_code_counts_once(stage: Stage) -> None:
    invitation = await invited(stage)
    code = await code_for(stage, invitation)
    assert (await accept(stage, code)).status_code == 204
    again = await accept(stage, code, password="another-password-of-mine")
    assert (again.status_code, again.json()["code"]) == (401, "INVITATION_REFUSED")
    settled = await send(stage, administrator(), "POST", f"{PATH}/{invitation['id']}/code")
    assert (settled.status_code, settled.json()["code"]) == (409, "INVITATION_SETTLED")
    assert (await sign_in(stage, "wuye.new", password=NEW_PASSWORD)).status_code == 201


async def test_a_new_code_makes_the_old_one_void(stage: Stage) -> None:
    invitation = await invited(stage)
    first, second = await code_for(stage, invitation), await code_for(stage, invitation)
    assert (await accept(stage, first)).status_code == 401
    assert (await accept(stage, second)).status_code == 204


@pytest.mark.parametrize(("passed", "status"), [({"hours": 71}, 204), ({"hours": 72}, 401)])
async def test_a_code_is_good_for_three_days(
    stage: Stage, passed: dict[str, int], status: int
) -> None:
    code = await code_for(stage, await invited(stage))
    stage.clock.advance(timedelta(**passed))
    assert (await accept(stage, code)).status_code == status


async def test_a_code_cannot_be_tried_out(stage: Stage) -> None:
    """Five mistakes, each counted for good, and the right one is void as well."""
    code = await code_for(stage, invitation := await invited(stage))
    for _ in range(5):
        wrong = await accept(stage, "0000-0000-0000-0000")
        assert (wrong.status_code, wrong.json()["code"]) == (401, "INVITATION_REFUSED")
    assert (await accept(stage, code)).status_code == 401
    shown = (await get(stage, administrator(), PATH))["items"]
    assert [each["status"] for each in shown] == ["WAITING"]
    assert (await accept(stage, await code_for(stage, invitation))).status_code == 204


async def test_from_one_address_few_are_tried(stage: Stage) -> None:
    for number in range(10):
        assert (await accept(stage, "0000", account=f"nobody{number}")).status_code == 401
    refused = await accept(stage, "0000", account="nobody")
    assert (refused.status_code, refused.json()["code"]) == (429, "TOO_MANY_ATTEMPTS")


async def test_a_short_password_spends_nothing(stage: Stage) -> None:
    code = await code_for(stage, await invited(stage))
    short = await accept(stage, code, password="short")
    assert (short.status_code, short.json()["code"]) == (422, "PASSWORD_TOO_SHORT")
    assert (await accept(stage, code)).status_code == 204


async def test_a_withdrawn_invitation_opens_nothing(stage: Stage) -> None:
    invitation = await invited(stage)
    code = await code_for(stage, invitation)
    path = f"{PATH}/{invitation['id']}"
    for _ in range(2):
        assert (await send(stage, administrator(), "DELETE", path)).status_code == 204
    assert (await accept(stage, code)).status_code == 401


async def test_who_is_closed_before_accepting_accepts_no_more(stage: Stage) -> None:
    invitation = await invited(stage)
    code = await code_for(stage, invitation)
    path = f"/directory/staff/{invitation['staff_id']}/closure"
    assert (await send(stage, administrator(), "PUT", path)).status_code == 204
    assert (await accept(stage, code)).status_code == 401


async def test_code_and_number_are_stored_as_hash_and_ciphertext(stage: Stage) -> None:
    """Facts 2.13: not even in the answers kept for repeated requests."""
    code = await code_for(stage, await invited(stage))
    for table in ("invitation", "staff", "outbox", "audit_entry", "idempotency_key"):
        for secret in (code, code.replace("-", ""), "13900009003", "0000 9003"):
            assert await stage.count(table, f"{table}::text LIKE '%{secret}%'") == 0


async def test_the_organisations_own_administrator_invites(stage: Stage) -> None:
    """Each organisation keeps its own staff, and nobody else's; a site office keeps none."""
    own = await invited(stage, keeper())
    assert [each["id"] for each in (await get(stage, keeper(), PATH))["items"]] == [own["id"]]
    for actor, code in (
        (staff("wuye.wenquan"), "STAFF_ADMINISTRATORS_ONLY"),
        (keeper("wuye.guiyu"), "OUTSIDE_YOUR_ORGANISATION"),
    ):
        refused = await send(stage, actor, "POST", PATH, newcomer(account="wuye.other"))
        assert (refused.status_code, refused.json()["code"]) == (403, code)
    path = f"{PATH}/{own['id']}"
    for actor, status in ((keeper("wuye.guiyu"), 404), (staff("wuye.wenquan"), 403)):
        assert (await send(stage, actor, "POST", f"{path}/code")).status_code == status
        assert (await send(stage, actor, "DELETE", path)).status_code == status
    assert (await send(stage, keeper(), "POST", f"{path}/code")).status_code == 201
    assert (await send(stage, keeper(), "DELETE", path)).status_code == 204
    assert (await get(stage, keeper("wuye.guiyu"), PATH))["items"] == []


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"roles": [{"role": "GRID_WORKER"}]}, 403, "MORE_THAN_YOU_HOLD"),
        ({"divisions": ["421202"]}, 403, "MORE_THAN_YOU_HOLD"),
        ({"estate_ids": [str(world.estate("桂语雅苑（演示）").id)]}, 403, "MORE_THAN_YOU_HOLD"),
        ({"roles": [{"role": "STAFF_ADMINISTRATOR"}]}, 201, None),
    ],
)
async def test_nobody_invites_to_more_than_they_hold(
    stage: Stage, changes: dict[str, Any], status: int, code: str | None
) -> None:
    answer = await send(stage, keeper(), "POST", PATH, newcomer(**changes))
    assert (answer.status_code, answer.json().get("code")) == (status, code)


async def test_a_staff_administrator_leaves_alone_who_holds_more(stage: Stage) -> None:
    """Else the lesser account could take over the greater one."""
    worker = f"/directory/staff/{world.staff('wuye.guiyu').id}"
    lesser = keeper("wuye.guiyu")
    lesser = type(lesser)(
        id=lesser.id, end=lesser.end, organisation_id=lesser.organisation_id,
        roles=lesser.roles - {"GRID_WORKER"}, scope=lesser.scope, session_id=lesser.session_id,
    )  # fmt: skip
    refused = await send(stage, lesser, "DELETE", f"{worker}/second-factor")
    assert (refused.status_code, refused.json()["code"]) == (403, "MORE_THAN_YOU_HOLD")
    answer = await send(stage, keeper("wuye.guiyu"), "DELETE", f"{worker}/second-factor")
    assert answer.status_code == 204


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"account": "wuye.wenquan"}, 409, "ACCOUNT_TAKEN"),
        ({"mobile": "12345"}, 422, "INVALID_MOBILE_NUMBER"),
        ({"roles": []}, 422, "INVALID_FIELDS"),
        ({"roles": [{"role": "DISPATCHER"}]}, 422, "ROLES_NOT_OF_END"),
        (
            {"roles": [{"role": "SITE_OFFICE", "valid_to": "2026-03-01"}]},
            422,
            "ENDS_BEFORE_IT_BEGINS",
        ),
    ],
)
async def test_what_an_invitation_must_be(
    untouched: Stage, changes: dict[str, Any], status: int, code: str
) -> None:
    answer = await send(untouched, administrator(), "POST", PATH, newcomer(**changes))
    assert (answer.status_code, answer.json()["code"]) == (status, code)
