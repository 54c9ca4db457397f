"""Signing in through WeChat (A04): codes, contacts, refresh tokens, sign-out."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest
from sqlalchemy import text

from deploy.simulators.faults import Fault
from deploy.simulators.wechat import Vendor
from services.intake.owners.contacts import Contacts
from shared.contracts.intake import OwnerChanged, OwnerSessionRevoked
from shared.contracts.routing import RevokedSession, StaffSessionRevoked
from shared.identity import End, Role
from tests.intake.people import ANNA
from tests.samples import staff
from tests.stage import Stage

NEWCOMER = "newcomer"
MOBILE = "13900008888"


async def sign_in(browser: httpx.AsyncClient, vendor: Vendor, person: str) -> httpx.Response:
    return await browser.post("/sessions", json={"js_code": vendor.log_in(person)})


def bearer(session: httpx.Response) -> dict[str, str]:
    return {"Authorization": f"Bearer {session.json()['access_token']}"}


async def test_a_first_visit_makes_an_account_and_a_second_finds_it(
    stage: Stage, vendor: Vendor
) -> None:
    async with stage.client() as browser:
        first = await sign_in(browser, vendor, NEWCOMER)
        again = await sign_in(browser, vendor, NEWCOMER)
        assert (first.status_code, again.status_code) == (201, 201)
        accounts = [
            (await browser.get("/me", headers=bearer(session))).json()["id"]
            for session in (first, again)
        ]
    assert accounts[0] == accounts[1]
    assert await stage.count("audit_entry", "action = 'owner.registered'") == 1


async def test_a_demo_owner_is_found_by_the_blind_index(stage: Stage, vendor: Vendor) -> None:
    """The seeded account, its home and its masked number."""
    async with stage.client() as browser:
        session = await sign_in(browser, vendor, ANNA.person)
        me = (await browser.get("/me", headers=bearer(session))).json()
    assert me["id"] == str(ANNA.id)
    assert me["house_ids"] == [str(home.house.id) for home in ANNA.homes]
    assert me["masked_mobile"] == "139****8939"


async def test_contacts_are_ciphertext_at_rest_and_sealed_for_notify(
    stage: Stage, vendor: Vendor
) -> None:
    """X16: an openid or a number stands nowhere in the clear; only notify can open it."""
    codes = {
        "js_code": vendor.log_in(NEWCOMER),
        "phone_code": vendor.press_phone_button(NEWCOMER, MOBILE),
    }
    async with stage.client() as browser:
        assert (await browser.post("/sessions", json=codes)).status_code == 201
    openid = vendor.openid(NEWCOMER)
    everything = await whole_database(stage)
    assert MOBILE not in everything
    assert openid not in everything
    changed = (await stage.said(OwnerChanged))[-1].owner
    sealer = stage.host.runtime.sealer
    assert changed.openid is not None
    assert changed.mobile is not None
    assert {changed.openid.audience, changed.mobile.audience} == {"notify"}
    assert sealer.open_(changed.openid, subject=f"{changed.id}/openid") == openid
    assert sealer.open_(changed.mobile, subject=f"{changed.id}/mobile") == MOBILE
    assert changed.masked_mobile == "139****8888"


async def test_a_number_stays_until_another_one_comes(stage: Stage, vendor: Vendor) -> None:
    contacts = stage.host.runtime.part(Contacts)
    async with stage.client() as browser:
        for mobile in (MOBILE, None, "13900007777"):
            codes = {"js_code": vendor.log_in(NEWCOMER)}
            if mobile:
                codes["phone_code"] = vendor.press_phone_button(NEWCOMER, mobile)
            session = await browser.post("/sessions", json=codes)
        me = (await browser.get("/me", headers=bearer(session))).json()
    assert me["masked_mobile"] == "139****7777"
    assert len(contacts.candidates(MOBILE, "mobile")) == 1
    changes = [said.owner for said in await stage.said(OwnerChanged)]
    assert [owner.version for owner in changes if str(owner.id) == me["id"]] == [1, 2]


@pytest.mark.parametrize(
    ("prepare", "code"),
    [
        pytest.param("reuse", "LOGIN_CODE_USED", id="used"),
        pytest.param("expire", "LOGIN_CODE_EXPIRED", id="expired"),
        pytest.param("invent", "LOGIN_CODE_EXPIRED", id="invented"),
    ],
)
async def test_a_spent_code_has_its_own_problem(
    stage: Stage, vendor: Vendor, prepare: str, code: str
) -> None:
    js_code = vendor.log_in(NEWCOMER) if prepare != "invent" else "invented"
    async with stage.client() as browser:
        if prepare == "reuse":
            assert (await browser.post("/sessions", json={"js_code": js_code})).status_code == 201
        if prepare == "expire":
            stage.clock.advance(timedelta(minutes=5))
        refused = await browser.post("/sessions", json={"js_code": js_code})
    assert (refused.status_code, refused.json()["code"]) == (401, code)


async def test_a_phone_code_of_somebody_else_is_refused(stage: Stage, vendor: Vendor) -> None:
    codes = {
        "js_code": vendor.log_in(NEWCOMER),
        "phone_code": vendor.press_phone_button("somebody-else"),
    }
    async with stage.client() as browser:
        refused = await browser.post("/sessions", json=codes)
    assert (refused.status_code, refused.json()["code"]) == (422, "PHONE_CODE_REFUSED")
    assert await stage.count("audit_entry", "action = 'owner.registered'") == 0


@pytest.mark.parametrize("status", [200, 502])
async def test_an_unreachable_wechat_is_not_the_owners_fault(
    stage: Stage, vendor: Vendor, status: int
) -> None:
    vendor.script.add(Fault(call="/sns/jscode2session", status=status, body="<html>"))
    async with stage.client() as browser:
        refused = await sign_in(browser, vendor, NEWCOMER)
    assert (refused.status_code, refused.json()["code"]) == (503, "WECHAT_UNAVAILABLE")


async def test_the_session_key_stays_with_wechat(
    stage: Stage, vendor: Vendor, capsys: pytest.CaptureFixture[str]
) -> None:
    async with stage.client() as browser:
        session = await sign_in(browser, vendor, NEWCOMER)
    printed = capsys.readouterr()
    for place in (session.text, await whole_database(stage), printed.out, printed.err):
        assert "session_key" not in place


async def test_a_refresh_token_works_once_and_its_theft_ends_the_session(
    stage: Stage, vendor: Vendor
) -> None:
    """Rotation with reuse detection; the others hear of the end."""
    async with stage.client() as browser:
        first = (await sign_in(browser, vendor, NEWCOMER)).json()["refresh_token"]
        second = await browser.post("/sessions/refresh", json={"refresh_token": first})
        assert second.status_code == 201
        third = await browser.post(
            "/sessions/refresh", json={"refresh_token": second.json()["refresh_token"]}
        )
        stolen = await browser.post("/sessions/refresh", json={"refresh_token": first})
        assert (stolen.status_code, stolen.json()["code"]) == (401, "SESSION_REVOKED")
        after = await browser.get("/me", headers=bearer(third))
        assert (after.status_code, after.json()["code"]) == (401, "SESSION_REVOKED")
    assert len(await stage.said(OwnerSessionRevoked)) == 1


async def test_signing_out_ends_every_token_of_the_session(stage: Stage, vendor: Vendor) -> None:
    async with stage.client() as browser:
        mine = await sign_in(browser, vendor, NEWCOMER)
        other = await sign_in(browser, vendor, ANNA.person)
        assert (await browser.delete("/sessions/current", headers=bearer(mine))).status_code == 204
        assert (await browser.get("/me", headers=bearer(mine))).status_code == 401
        assert (await browser.get("/me", headers=bearer(other))).status_code == 200
        renewed = await browser.post(
            "/sessions/refresh", json={"refresh_token": mine.json()["refresh_token"]}
        )
        assert renewed.status_code == 401
    assert len(await stage.said(OwnerSessionRevoked)) == 1


async def test_staff_who_signed_out_at_routing_are_refused_here(stage: Stage) -> None:
    clerk = staff(ANNA.id, End.CENTRE, Role.DISPATCHER, divisions=("4212",))
    assert clerk.session_id is not None
    async with stage.client(clerk) as browser:
        before = await browser.get("/me")
        assert (before.status_code, before.json()["code"]) == (403, "OWNERS_ONLY")
        ended = RevokedSession(id=clerk.session_id, version=1, expires_at=stage.clock.now())
        await stage.hear(StaffSessionRevoked(session=ended))
        assert (await browser.get("/me")).json()["code"] == "SESSION_REVOKED"


async def test_a_closed_account_stays_out(stage: Stage, vendor: Vendor) -> None:
    async with stage.host.runtime.database.transaction() as session:
        await session.execute(
            text("UPDATE owner SET active = false WHERE id = :id"), {"id": ANNA.id}
        )
    async with stage.client() as browser:
        refused = await sign_in(browser, vendor, ANNA.person)
    assert (refused.status_code, refused.json()["code"]) == (403, "ACCOUNT_CLOSED")


async def whole_database(stage: Stage) -> str:
    """Every row of every table as text."""
    async with stage.host.runtime.database.transaction() as session:
        tables = await session.execute(
            text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        )
        rows = [
            str((await session.execute(text(f"SELECT t::text FROM {name} AS t"))).all())
            for name in tables.scalars().all()
        ]
    return "\n".join(rows)
