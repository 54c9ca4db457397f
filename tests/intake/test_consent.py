"""Consent to the privacy notice, age and guardians (X41), visitors (X42), the encrypted number."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deploy.documents.traceability import RULEBOOK
from deploy.simulators.wechat import Vendor
from services.intake.owners.domain.ages import AgeBand, BornInFuture, band_of
from shared.rulebook import Rulebook
from tests.intake.people import GARDEN, complaint, once
from tests.intake.phones import NOTICE, ask, consent, newest_code, provider_behind, sign_in
from tests.intake.test_sign_in import whole_database
from tests.stage import START, Stage

GUARDIAN_MOBILE = "13900006666"
OWN_MOBILE = "13900006667"
RULES = Rulebook.load(RULEBOOK)
TODAY = START.date()


async def test_the_notice_is_read_without_a_token(stage: Stage) -> None:
    async with stage.client() as browser:
        notice = (await browser.get("/privacy-notice")).json()
    assert notice["version"] == NOTICE
    assert notice["guardian_below_age"] == 14
    assert notice["paragraphs"]


async def test_a_newcomer_is_told_what_is_missing_and_can_read_already(
    stage: Stage, vendor: Vendor
) -> None:
    """A04: unbound, one may consult; to complain one consents, and is bound or a visitor (X42)."""
    async with stage.client() as browser:
        session = await sign_in(browser, vendor, "newcomer")
        assert session["missing"] == ["CONSENT", "MOBILE", "HOME"]
        assert (await browser.get("/estates")).status_code == 200
        assert (await browser.get(f"/estates/{GARDEN.id}")).status_code == 200
        safety = complaint(visitor=True, category=RULES.intake.visitor_categories[0])
        early = await browser.post("/complaints", json=safety, headers=once())
        assert (early.status_code, early.json()["code"]) == (403, "CONSENT_REQUIRED")
        agreed = await consent(browser)
        assert agreed.json()["missing"] == ["MOBILE", "HOME"]
        at_home = await browser.post("/complaints", json=complaint(), headers=once())
        assert (at_home.status_code, at_home.json()["code"]) == (403, "HOUSE_BINDING_REQUIRED")
        visiting = await browser.post("/complaints", json=safety, headers=once())
        assert visiting.status_code == 201


async def test_consents_are_kept_with_version_and_time(stage: Stage, vendor: Vendor) -> None:
    """Facts 2.13: agreed to, taken back, agreed to again; another version is refused, and the same
    once more is as once.
    """
    async with stage.client() as browser:
        await sign_in(browser, vendor, "newcomer")
        old = await browser.put("/me/consent", json={"version": "2020-01", "age_band": "ADULT"})
        assert (old.status_code, old.json()["code"]) == (409, "NOTICE_OUTDATED")
        assert old.json()["version"] == NOTICE
        await consent(browser)
        for _ in range(2):
            assert (await browser.delete("/me/consent")).status_code == 204
        assert "CONSENT" in (await browser.get("/me")).json()["missing"]
        stage.clock.advance(timedelta(minutes=1))
        for _ in range(2):
            await consent(browser)
        first = (await browser.get("/me/consents", params={"limit": 2})).json()
        rest = {"limit": 2, "cursor": first["next"]}
        history = first["items"] + (await browser.get("/me/consents", params=rest)).json()["items"]
    assert [(each["version"], each["given"]) for each in history] == [
        (NOTICE, True),
        (NOTICE, False),
        (NOTICE, True),
    ]
    assert history[-1]["at"] > history[0]["at"]
    assert await stage.count("audit_entry", "action LIKE 'consent.%'") == 3


@pytest.mark.parametrize(
    "age", [{"age_band": "ADULT", "born_on": "1990-01-01"}, {"age_band": None}, {"age_band": "OLD"}]
)
async def test_age_is_said_in_one_way(stage: Stage, vendor: Vendor, age: dict[str, Any]) -> None:
    async with stage.client() as browser:
        await sign_in(browser, vendor, "newcomer")
        assert (await consent(browser, **age)).status_code == 422


async def test_a_child_complains_once_a_guardian_is_proven(stage: Stage, vendor: Vendor) -> None:
    """X41: under fourteen; the birthday is not kept, the guardian only as ciphertext."""
    provider = await provider_behind(stage)
    fire = complaint(visitor=True, category=RULES.intake.visitor_categories[0])
    async with stage.client() as browser:
        await sign_in(browser, vendor, "child")
        agreed = (await consent(browser, born_on="2012-03-03")).json()
        assert (agreed["age_band"], "GUARDIAN" in agreed["missing"]) == ("CHILD", True)
        alone = await browser.post("/complaints", json=fire, headers=once())
        assert (alone.status_code, alone.json()["code"]) == (403, "GUARDIAN_REQUIRED")
        await ask(browser, GUARDIAN_MOBILE)
        form = {
            "name": "演示监护人",
            "mobile": GUARDIAN_MOBILE,
            "relation": "PARENT",
            "sms_code": newest_code(provider, GUARDIAN_MOBILE),
        }
        other_purpose = await browser.put("/me/guardian", json=form)
        assert other_purpose.json()["code"] == "SMS_CODE_REFUSED"
        stage.clock.advance(timedelta(seconds=61))
        await ask(browser, GUARDIAN_MOBILE, "GUARDIAN")
        form["sms_code"] = newest_code(provider, GUARDIAN_MOBILE)
        named = (await browser.put("/me/guardian", json=form)).json()
        assert named["guardian"]["masked_name"] == "演**"
        assert named["guardian"]["masked_mobile"] == "139****6666"
        with_guardian = await browser.post("/complaints", json=fire, headers=once())
        assert with_guardian.status_code == 201
        everything = await whole_database(stage)
        grown = (await consent(browser, age_band="YOUTH")).json()
    assert not [
        word for word in ("2012-03-03", "演示监护人", GUARDIAN_MOBILE) if word in everything
    ]
    assert grown["guardian"] is None, "nobody keeps what is not needed"


async def test_nobody_is_the_own_guardian(stage: Stage, vendor: Vendor) -> None:
    """X41: a code that reached the child's own number proves no grown-up."""
    provider = await provider_behind(stage)
    async with stage.client() as browser:
        pressed = vendor.press_phone_button("child", OWN_MOBILE)
        await sign_in(browser, vendor, "child", phone_code=pressed)
        await consent(browser, age_band="CHILD")
        await ask(browser, OWN_MOBILE, "GUARDIAN")
        form = {
            "name": "演示监护人",
            "mobile": f"+86 {OWN_MOBILE}",
            "relation": "PARENT",
            "sms_code": newest_code(provider, OWN_MOBILE),
        }
        refused = await browser.put("/me/guardian", json=form)
        missing = (await browser.get("/me")).json()["missing"]
    assert (refused.status_code, refused.json()["code"]) == (409, "GUARDIAN_IS_ONESELF")
    assert "GUARDIAN" in missing


async def test_a_guardians_number_that_becomes_ones_own_proves_nobody(
    stage: Stage, vendor: Vendor
) -> None:
    provider = await provider_behind(stage)
    async with stage.client() as browser:
        await sign_in(browser, vendor, "child")
        await consent(browser, age_band="CHILD")
        await ask(browser, OWN_MOBILE, "GUARDIAN")
        form = {
            "name": "演示监护人",
            "mobile": OWN_MOBILE,
            "relation": "PARENT",
            "sms_code": newest_code(provider, OWN_MOBILE),
        }
        assert (await browser.put("/me/guardian", json=form)).status_code == 200
        pressed = vendor.press_phone_button("child", OWN_MOBILE)
        session = await sign_in(browser, vendor, "child", phone_code=pressed)
        me = (await browser.get("/me")).json()
    assert "GUARDIAN" in session["missing"]
    assert me["guardian"] is None


async def test_whoever_needs_no_guardian_leaves_none_here(stage: Stage, vendor: Vendor) -> None:
    provider = await provider_behind(stage)
    async with stage.client() as browser:
        await sign_in(browser, vendor, "newcomer")
        await consent(browser)
        await ask(browser, GUARDIAN_MOBILE, "GUARDIAN")
        form = {
            "name": "演示监护人",
            "mobile": GUARDIAN_MOBILE,
            "relation": "OTHER",
            "sms_code": newest_code(provider, GUARDIAN_MOBILE),
        }
        refused = await browser.put("/me/guardian", json=form)
    assert (refused.status_code, refused.json()["code"]) == (409, "GUARDIAN_NOT_NEEDED")


@given(st.dates(min_value=date(1900, 1, 1), max_value=TODAY))
def test_bands_follow_full_years(born_on: date) -> None:
    """X41: fourteen on the birthday itself, eighteen likewise; never both."""
    band = band_of(born_on, TODAY, RULES)
    fourteenth, eighteenth = ((TODAY.year - years, TODAY.month, TODAY.day) for years in (14, 18))
    born = (born_on.year, born_on.month, born_on.day)
    assert (band is AgeBand.CHILD) == (born > fourteenth)
    assert (band is AgeBand.ADULT) == (born <= eighteenth)


def test_nobody_is_born_tomorrow() -> None:
    with pytest.raises(BornInFuture):
        band_of(TODAY + timedelta(days=1), TODAY, RULES)


async def test_the_number_may_come_as_encrypted_data(stage: Stage, vendor: Vendor) -> None:
    """A04, the older way: under the session key of this very sign-in, which is not kept."""
    js_code = vendor.log_in("older phone")
    data = vendor.phone_data(js_code, "older phone")
    async with stage.client() as browser:
        session = await browser.post("/sessions", json={"js_code": js_code} | data)
        assert session.status_code == 201
        browser.headers["Authorization"] = f"Bearer {session.json()['access_token']}"
        me = (await browser.get("/me")).json()
    assert me["masked_mobile"] is not None
    assert "session_key" not in session.text


@pytest.mark.parametrize("spoil", ["another login", "another appid", "too old", "foreign", "noise"])
async def test_encrypted_data_that_proves_nothing_is_refused(
    stage: Stage, vendor: Vendor, spoil: str
) -> None:
    js_code = vendor.log_in("older phone")
    other = vendor.log_in("older phone") if spoil == "another login" else js_code
    stamp = int(stage.clock.now().timestamp()) - (301 if spoil == "too old" else 0)
    appid = "wx1111111111111111" if spoil == "another appid" else vendor.program.appid
    data = vendor.phone_data(
        other,
        "older phone",
        watermark={"timestamp": stamp, "appid": appid},
        **({"countryCode": "1"} if spoil == "foreign" else {}),
    )
    if spoil == "noise":
        data = {"encrypted_data": "bm9pc2U=", "iv": "bm9pc2U="}
    async with stage.client() as browser:
        refused = await browser.post("/sessions", json={"js_code": js_code} | data)
    code = "INVALID_MOBILE_NUMBER" if spoil == "foreign" else "PHONE_DATA_REFUSED"
    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert await stage.count("audit_entry", "action = 'owner.registered'") == 0


async def test_a_number_comes_in_one_way_only(stage: Stage, vendor: Vendor) -> None:
    js_code = vendor.log_in("newcomer")
    both = vendor.phone_data(js_code, "newcomer") | {"phone_code": "x"}
    halves = [{"iv": "x"}, {"sms_code": "1234567"}, both]
    async with stage.client() as browser:
        for body in halves:
            refused = await browser.post("/sessions", json={"js_code": js_code} | body)
            assert (refused.status_code, refused.json()["code"]) == (422, "INVALID_FIELDS")


async def test_signing_out_everywhere_ends_every_session(stage: Stage, vendor: Vendor) -> None:
    """And a token that was stolen before does not come to life again."""
    async with stage.client() as first, stage.client() as second, stage.client() as other:
        one = await sign_in(first, vendor, "newcomer")
        two = await sign_in(second, vendor, "newcomer")
        await sign_in(other, vendor, "neighbour")
        listed = (await first.get("/sessions")).json()
        assert [each["current"] for each in listed] == [False, True]
        assert (await first.delete("/sessions")).status_code == 204
        assert [(await each.get("/me")).status_code for each in (first, second, other)] == [
            401,
            401,
            200,
        ]
        for session in (one, two):
            body = {"refresh_token": session["refresh_token"]}
            renewed = await first.post("/sessions/refresh", json=body)
            assert (renewed.status_code, renewed.json()["code"]) == (401, "SESSION_REVOKED")
        await sign_in(first, vendor, "newcomer")
        assert len((await first.get("/sessions")).json()) == 1
    assert await stage.count("audit_entry", "action = 'session.revoked'") == 2
