"""Staff sign in, go on, sign out; codes count once, stolen tokens end the session."""

from __future__ import annotations

import base64
import hmac
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from deploy.demo import world
from shared.contracts.intake import OwnerSessionRevoked, RevokedSession
from shared.contracts.routing import StaffSessionRevoked
from shared.identity.totp import STEP_SECONDS
from tests.routing.directory.people import PASSWORD, bearer, owner, sign_in
from tests.stage import Stage

ACCOUNT = "zhongzhi.wenquan"


async def post(stage: Stage, path: str, body: Any, session: Any = None) -> Any:
    async with stage.client() as client:
        return await client.post(path, json=body, headers=bearer(session) if session else {})


async def me(stage: Stage, session: Any) -> int:
    async with stage.client() as client:
        return (await client.get("/me", headers=bearer(session))).status_code


async def test_signing_in_tells_who_i_am(stage: Stage) -> None:
    answer = await sign_in(stage, ACCOUNT)
    assert answer.status_code == 201
    session = answer.json()
    assert datetime.fromisoformat(session["expires_at"]) == stage.clock.now() + timedelta(
        minutes=15
    )
    assert session["expires_at"].endswith("+08:00")
    assert session["refresh_expires_at"].endswith("+08:00")
    async with stage.client() as client:
        shown = (await client.get("/me", headers=bearer(session))).json()
    assert (shown["account"], shown["roles"]) == (ACCOUNT, ["DISPATCHER"])
    assert shown["divisions"] == ["421202001"]
    assert shown["masked_mobile"].startswith("139****")


@pytest.mark.parametrize(
    "changes", [{"password": "wrong-password"}, {"account": "nobody"}, {"account": "wangge' OR 1"}]
)
async def test_wrong_account_and_wrong_password_look_the_same(
    stage: Stage, changes: dict[str, str]
) -> None:
    answer = await post(stage, "/sessions", {"account": ACCOUNT, "password": PASSWORD} | changes)
    assert (answer.status_code, answer.json()["code"]) == (401, "SIGN_IN_REFUSED")
    assert PASSWORD not in answer.text


async def test_a_password_cannot_be_tried_out(stage: Stage) -> None:
    """Five attempts in a quarter of an hour, then even the right one waits."""
    for _ in range(5):
        assert (await sign_in(stage, ACCOUNT, password="wrong-password")).status_code == 401
    refused = await sign_in(stage, ACCOUNT)
    assert (refused.status_code, refused.json()["code"]) == (429, "TOO_MANY_ATTEMPTS")
    assert (await sign_in(stage, "jiedao.wenquan")).status_code == 201
    stage.clock.advance(timedelta(minutes=15))
    assert (await sign_in(stage, ACCOUNT)).status_code == 201


async def test_a_success_forgives_the_failures_before(stage: Stage) -> None:
    for _ in range(3):
        for _ in range(4):
            assert (await sign_in(stage, ACCOUNT, password="wrong-password")).status_code == 401
        assert (await sign_in(stage, ACCOUNT)).status_code == 201


async def test_a_session_goes_on_until_a_token_comes_twice(stage: Stage) -> None:
    """RFC 9700: the stolen token ends the session, everywhere."""
    first = (await sign_in(stage, ACCOUNT)).json()
    stage.clock.advance(timedelta(minutes=14))
    renewal = {"refresh_token": first["refresh_token"]}
    second = (await post(stage, "/sessions/refresh", renewal)).json()
    assert await me(stage, second) == 200
    stage.clock.advance(timedelta(minutes=1))
    refused = await post(stage, "/sessions/refresh", renewal)
    assert (refused.status_code, refused.json()["code"]) == (401, "SESSION_REVOKED")
    assert await me(stage, second) == 401
    assert len(await stage.said(StaffSessionRevoked)) == 1


async def test_signing_out_ends_the_session_in_every_service(stage: Stage) -> None:
    session = (await sign_in(stage, ACCOUNT)).json()
    other = (await sign_in(stage, ACCOUNT)).json()
    session_id = stage.host.runtime.tokens.verify(session["access_token"]).session_id
    async with stage.client() as client:
        answer = await client.delete("/sessions/current", headers=bearer(session))
    assert answer.status_code == 204
    assert await me(stage, session) == 401
    assert await me(stage, other) == 200
    (said,) = await stage.said(StaffSessionRevoked)
    assert said.session.id == session_id
    assert said.session.expires_at == stage.clock.now() + timedelta(minutes=15)
    refused = await post(stage, "/sessions/refresh", {"refresh_token": session["refresh_token"]})
    assert refused.status_code == 401


async def test_an_owner_who_signed_out_at_intake_is_out_here(stage: Stage) -> None:
    """X36: heard twice, ended once; before that the token was good enough to be told 403."""
    person = owner()
    async with stage.client(person) as client:
        assert (await client.get("/me")).status_code == 403
        assert person.session_id is not None
        state = RevokedSession(id=person.session_id, version=1, expires_at=stage.clock.now())
        await stage.hear(OwnerSessionRevoked(session=state))
        refused = await client.get("/me")
    assert (refused.status_code, refused.json()["code"]) == (401, "SESSION_REVOKED")
    assert await stage.count("revoked_session") == 1


def code_now(stage: Stage, secret: str) -> str:
    """What an authenticator app shows (RFC 4226 section 5.3 with the time as counter)."""
    step = int(stage.clock.now().timestamp()) // STEP_SECONDS
    digest = hmac.digest(base64.b32decode(secret), step.to_bytes(8, "big"), "sha1")
    number = int.from_bytes(digest[digest[-1] & 15 :][:4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


async def test_a_second_factor_is_asked_for_once_it_is_confirmed(stage: Stage) -> None:
    """RFC 6238 5.2: each code counts once."""
    session = (await sign_in(stage, ACCOUNT)).json()
    begun = (await post(stage, "/me/second-factor", None, session)).json()
    assert begun["uri"].startswith("otpauth://totp/")
    assert (await sign_in(stage, ACCOUNT)).status_code == 201
    proof = {"code": code_now(stage, begun["secret"])}
    wrong = {"code": "000000" if proof["code"] != "000000" else "111111"}
    refused = await post(stage, "/me/second-factor/confirmation", wrong, session)
    assert (refused.status_code, refused.json()["code"]) == (422, "ONE_TIME_CODE_DOES_NOT_MATCH")
    confirmed = await post(stage, "/me/second-factor/confirmation", proof, session)
    assert confirmed.status_code == 204
    assert (await sign_in(stage, ACCOUNT)).json()["code"] == "ONE_TIME_CODE_NEEDED"
    assert (await sign_in(stage, ACCOUNT, **proof)).json()["code"] == "ONE_TIME_CODE_REFUSED"
    stage.clock.advance(timedelta(seconds=STEP_SECONDS))
    fresh = {"code": code_now(stage, begun["secret"])}
    assert (await sign_in(stage, ACCOUNT, **fresh)).status_code == 201
    assert (await sign_in(stage, ACCOUNT, **fresh)).status_code == 401
    assert await stage.count("staff", f"totp_secret LIKE '%{begun['secret']}%'") == 0


async def test_a_second_factor_is_removed_with_a_code_of_it(stage: Stage) -> None:
    session = (await sign_in(stage, ACCOUNT)).json()
    nothing = await post(stage, "/me/second-factor/removal", {"code": "123456"}, session)
    assert (nothing.status_code, nothing.json()["code"]) == (409, "SECOND_FACTOR_NOT_BEGUN")
    begun = (await post(stage, "/me/second-factor", None, session)).json()
    proof = {"code": code_now(stage, begun["secret"])}
    await post(stage, "/me/second-factor/confirmation", proof, session)
    again = await post(stage, "/me/second-factor", None, session)
    assert (again.status_code, again.json()["code"]) == (409, "SECOND_FACTOR_ON")
    stage.clock.advance(timedelta(seconds=STEP_SECONDS))
    fresh = {"code": code_now(stage, begun["secret"])}
    assert (await post(stage, "/me/second-factor/removal", fresh, session)).status_code == 204
    assert (await sign_in(stage, ACCOUNT)).status_code == 201


async def test_a_new_password_ends_every_session(stage: Stage) -> None:
    session = (await sign_in(stage, ACCOUNT)).json()
    other = (await sign_in(stage, ACCOUNT)).json()
    wrong = {"present": "not-the-password", "new": "a-much-better-one"}
    refused = await post(stage, "/me/password", wrong, session)
    assert (refused.status_code, refused.json()["code"]) == (422, "PASSWORD_DOES_NOT_MATCH")
    short = await post(stage, "/me/password", {"present": PASSWORD, "new": "short"}, session)
    assert (short.status_code, short.json()["code"]) == (422, "PASSWORD_TOO_SHORT")
    change = {"present": PASSWORD, "new": "a-much-better-one"}
    assert (await post(stage, "/me/password", change, session)).status_code == 204
    assert (await me(stage, session), await me(stage, other)) == (401, 401)
    assert (await sign_in(stage, ACCOUNT)).status_code == 401
    assert (await sign_in(stage, ACCOUNT, password="a-much-better-one")).status_code == 201


async def test_sign_ins_and_refusals_are_in_the_audit_log(stage: Stage) -> None:
    """A08: who, when; never the password."""
    subject = f"subject_id = '{world.staff(ACCOUNT).id}'"
    await sign_in(stage, ACCOUNT)
    await sign_in(stage, ACCOUNT, password="wrong-password")
    await sign_in(stage, f"{ACCOUNT}{uuid4()}", password="wrong-password")
    assert await stage.count("audit_entry", f"action = 'staff.signed_in' AND {subject}") == 1
    assert await stage.count("audit_entry", "action = 'staff.sign_in_refused'") == 1
    assert await stage.count("audit_entry", "audit_entry::text LIKE '%wrong-password%'") == 0
