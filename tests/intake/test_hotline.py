"""The hotline's door (B03, B04, W2): one order, one complaint, promised from its acceptance."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from services.intake.app import service
from shared.contracts.intake import ComplaintSubmitted
from shared.contracts.vocabulary import Channel
from shared.ids import new_id
from tests.environment import environment
from tests.intake.people import ANNA, GARDEN, RIVER_VIEW, TEXT, hotline, owner
from tests.stage import START, Stage, staged

CREDENTIALS = {
    "client_id": environment()["LIUDUAN_HOTLINE_CLIENT_ID"],
    "client_secret": environment()["LIUDUAN_HOTLINE_CLIENT_SECRET"],
}
STRANGERS_MOBILE = "13900000042"


def order(**changes: Any) -> dict[str, Any]:
    return {
        "order_number": "XN12345-20260302-0007",
        "accepted_at": "2026-03-02T08:55:00+08:00",
        "estate_id": str(GARDEN.id),
        "title": "物业费争议",
        "text": TEXT,
    } | changes


async def test_the_adapter_signs_in_and_hands_over_an_order(stage: Stage) -> None:
    """W2: accepted 08:55 at the hotline, imported 09:00; the promise counts from 08:55."""
    async with stage.client() as adapter:
        session = await adapter.post("/hotline/sessions", json=CREDENTIALS)
        assert session.status_code == 201
        adapter.headers["Authorization"] = f"Bearer {session.json()['access_token']}"
        answer = await adapter.post("/hotline/orders", json=order())
    assert answer.status_code == 201, answer.text
    (said,) = await stage.said(ComplaintSubmitted)
    assert (said.complaint.channel, said.complaint.external_number) == (
        Channel.HOTLINE,
        "XN12345-20260302-0007",
    )
    assert said.promised_from == START - timedelta(minutes=5)
    assert said.complaint.submitted_at == START
    assert said.complaint.number == answer.json()["number"]


async def test_the_same_order_twice_is_one_complaint(stage: Stage) -> None:
    """B03: the number is the key, whatever the order says the second time, and after the key is
    forgotten as well.
    """
    async with stage.client(hotline()) as adapter, stage.client(hotline()) as another:
        together = await asyncio.gather(
            adapter.post("/hotline/orders", json=order()),
            another.post("/hotline/orders", json=order(title="物业费争议（更正）")),
        )
        pool = await stage.host.runtime.database.pool()
        await pool.execute("DELETE FROM idempotency_key")
        later = await adapter.post("/hotline/orders", json=order())
        other = await adapter.post("/hotline/orders", json=order(order_number="XN12345-2"))
    assert {answer.status_code for answer in (*together, later, other)} == {201}
    assert together[0].content == together[1].content == later.content
    assert later.headers["idempotent-replayed"] == "true"
    assert other.json()["number"] != later.json()["number"]
    assert await stage.count("complaint") == 2
    assert len(await stage.said(ComplaintSubmitted)) == 2


async def test_a_known_number_links_the_order_to_its_owner(stage: Stage) -> None:
    """Found by blind index, in whatever form it was dictated; the owner can follow it."""
    async with stage.client(hotline()) as adapter, stage.client(owner(ANNA)) as anna:
        dictated = f"+86 {ANNA.mobile[:3]}-{ANNA.mobile[3:7]}-{ANNA.mobile[7:]}"
        await adapter.post("/hotline/orders", json=order(reporter_mobile=dictated))
        (mine,) = (await anna.get("/complaints")).json()["items"]
    (said,) = await stage.said(ComplaintSubmitted)
    assert (said.complaint.owner_id, said.complaint.house_id) == (
        ANNA.id,
        ANNA.homes[0].house.id,
    )
    assert mine["channel"] == "HOTLINE"
    assert await stage.count("complaint", "contact_mobile IS NULL") == 1


async def test_an_unknown_number_is_kept_as_ciphertext(stage: Stage) -> None:
    """X16: the centre must be able to call back; nobody else may read it."""
    async with stage.client(hotline()) as adapter:
        receipt = (
            await adapter.post("/hotline/orders", json=order(reporter_mobile=STRANGERS_MOBILE))
        ).json()
    (said,) = await stage.said(ComplaintSubmitted)
    assert said.complaint.owner_id is None
    pool = await stage.host.runtime.database.pool()
    kept = await pool.fetchval("SELECT contact_mobile FROM complaint")
    assert STRANGERS_MOBILE not in kept
    opened = stage.host.runtime.cipher.decrypt(
        kept, table="complaint", row_id=receipt["id"], column="contact_mobile"
    )
    assert opened == STRANGERS_MOBILE


@pytest.mark.parametrize(
    ("change", "code"),
    [
        pytest.param({"estate_id": str(new_id())}, "ESTATE_UNKNOWN", id="estate"),
        pytest.param(
            {"house_id": str(RIVER_VIEW.house("1", "101").id)}, "HOUSE_NOT_IN_ESTATE", id="house"
        ),
        pytest.param({"reporter_mobile": "12345"}, "INVALID_MOBILE_NUMBER", id="mobile"),
        pytest.param(
            {"accepted_at": "2026-03-02T09:05:01+08:00"}, "ACCEPTED_IN_FUTURE", id="future"
        ),
        pytest.param({"accepted_at": "2026-03-02T08:55:00"}, "INVALID_FIELDS", id="no-offset"),
        pytest.param({"order_number": "x y"}, "INVALID_FIELDS", id="number"),
        pytest.param({"text": "太短"}, "TEXT_TOO_SHORT", id="T01"),
    ],
)
async def test_a_bad_order_is_refused(stage: Stage, change: dict[str, Any], code: str) -> None:
    async with stage.client(hotline()) as adapter:
        refused = await adapter.post("/hotline/orders", json=order(**change))
    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert await stage.count("complaint") == 0


async def test_two_clocks_may_differ_a_little(stage: Stage) -> None:
    async with stage.client(hotline()) as adapter:
        early = order(accepted_at="2026-03-02T09:05:00+08:00")
        assert (await adapter.post("/hotline/orders", json=early)).status_code == 201


async def test_only_the_adapter_uses_this_door(stage: Stage) -> None:
    async with stage.client(owner(ANNA)) as anna, stage.client() as nobody:
        refused = await anna.post("/hotline/orders", json=order())
        unknown = await nobody.post("/hotline/orders", json=order())
    assert (refused.status_code, refused.json()["code"]) == (403, "HOTLINE_ONLY")
    assert unknown.status_code == 401


@pytest.mark.parametrize("change", [{"client_secret": "wrong"}, {"client_id": "other"}])
async def test_wrong_credentials_are_refused_and_counted(
    stage: Stage, change: dict[str, str]
) -> None:
    async with stage.client() as adapter:
        for _ in range(10):
            refused = await adapter.post("/hotline/sessions", json=CREDENTIALS | change)
            assert (refused.status_code, refused.json()["code"]) == (401, "CLIENT_REFUSED")
        blocked = await adapter.post("/hotline/sessions", json=CREDENTIALS | change)
        assert (blocked.status_code, blocked.json()["code"]) == (429, "TOO_MANY_ATTEMPTS")
        stage.clock.advance(timedelta(minutes=5))
        assert (await adapter.post("/hotline/sessions", json=CREDENTIALS)).status_code == 201


async def test_without_credentials_in_the_environment_the_door_is_shut(stage: Stage) -> None:
    """No secret has a working default: not even the empty one."""
    url = stage.host.runtime.settings.database_url
    async with (
        staged(
            service, url, LIUDUAN_HOTLINE_CLIENT_ID="", LIUDUAN_HOTLINE_CLIENT_SECRET=""
        ) as shut,
        shut.client() as adapter,
    ):
        empty = await adapter.post("/hotline/sessions", json={"client_id": "", "client_secret": ""})
        known = await adapter.post("/hotline/sessions", json=CREDENTIALS)
    assert empty.status_code == 422
    assert (known.status_code, known.json()["code"]) == (401, "CLIENT_REFUSED")
