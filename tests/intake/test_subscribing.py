"""What WeChat pushes about subscriptions: acknowledged, and told to notify once (facts 2.12)."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from deploy.simulators.wechat import Vendor
from services.intake.screening.screener import Screener
from services.intake.settings import IntakeSettings
from shared.contracts.subscribing import SubscriptionChanged
from shared.wechat.push import encrypt, signature
from tests.intake.people import ANNA
from tests.stage import Stage

PUSH = "/wechat/push"
POPUP, CHANGE, SENT = (
    "subscribe_msg_popup_event",
    "subscribe_msg_change_event",
    "subscribe_msg_sent_event",
)
ACCEPT = {"TemplateId": "t-1", "SubscribeStatusString": "accept", "PopupScene": "0"}
REJECT = {"TemplateId": "t-1", "SubscribeStatusString": "reject"}
TAKEN = {"TemplateId": "t-1", "MsgID": "17", "ErrorCode": "0", "ErrorStatus": "success"}


def sealed(stage: Stage, message: dict[str, Any], nonce: str = "n") -> dict[str, Any]:
    """A push as the vendor sends it: encrypted and signed."""
    account = stage.host.runtime.part(IntakeSettings).wechat_push
    assert account is not None
    encrypted = encrypt(account.aes_keys[0], account.appid, json.dumps(message).encode())
    signed = signature(account.token, "1", nonce, encrypted)
    query = {"timestamp": "1", "nonce": nonce, "msg_signature": signed, "encrypt_type": "aes"}
    return {"params": query, "json": {"ToUserName": "gh_0", "Encrypt": encrypted}}


def event(openid: str, kind: str, listed: Any, at: Any = 1772413200) -> dict[str, Any]:
    own = {"FromUserName": openid, "CreateTime": at, "MsgType": "event"}
    return own | {"Event": kind, "List": listed}


async def push(stage: Stage, message: dict[str, Any], times: int = 1) -> None:
    async with stage.client() as client:
        for number in range(times):
            answer: httpx.Response = await client.post(PUSH, **sealed(stage, message, f"n{number}"))
            assert (answer.status_code, answer.text) == (200, "success")


async def told(stage: Stage) -> list[tuple[str, str | None, str | None]]:
    events = await stage.said(SubscriptionChanged)
    return [(each.answer, each.reference, each.code) for event in events for each in event.reports]


@pytest.mark.parametrize(
    ("kind", "item", "expected"),
    [
        (POPUP, ACCEPT, ("ACCEPTED", None, None)),
        (POPUP, REJECT, ("DECLINED", None, None)),
        (POPUP, REJECT | {"SubscribeStatusString": "ban"}, ("BANNED", None, None)),
        (CHANGE, REJECT, ("SWITCHED_OFF", None, None)),
        (SENT, TAKEN, ("ARRIVED", "17", "0")),
        (
            SENT,
            TAKEN | {"ErrorCode": 43101, "ErrorStatus": "user refuse"},
            ("NOT_ARRIVED", "17", "43101"),
        ),
    ],
)
async def test_each_kind_is_told_once_though_pushed_three_times(
    stage: Stage, vendor: Vendor, kind: str, item: dict[str, Any], expected: tuple[str, ...]
) -> None:
    """Wechat.md 6: no answer in five seconds, and the same message comes again, three in all."""
    await push(stage, event(vendor.openid(ANNA.person), kind, item), times=3)
    assert await told(stage) == [expected]
    (said,) = await stage.said(SubscriptionChanged)
    assert (said.subscriber.owner_id, said.subscriber.openid) == (ANNA.id, None)


async def test_one_entry_is_an_object_and_several_are_an_array(
    stage: Stage, vendor: Vendor
) -> None:
    openid = vendor.openid(ANNA.person)
    await push(stage, event(openid, POPUP, [ACCEPT, REJECT]))
    await push(stage, event(openid, POPUP, ACCEPT, at="1772413201"))
    assert [answer for answer, _, _ in await told(stage)] == ["ACCEPTED", "DECLINED", "ACCEPTED"]


async def test_whoever_is_no_owner_travels_sealed_and_nothing_names_an_openid(
    stage: Stage, vendor: Vendor, capsys: pytest.CaptureFixture[str]
) -> None:
    """P25: neither the outbox, nor what is kept of the push, nor a log line."""
    openids = vendor.openid("worker-1"), vendor.openid(ANNA.person)
    for openid in openids:
        await push(stage, event(openid, POPUP, ACCEPT))
    (sealed_one, owners) = await stage.said(SubscriptionChanged)
    assert sealed_one.subscriber.owner_id is None
    assert sealed_one.subscriber.openid is not None
    assert sealed_one.subscriber.openid.audience == "notify"
    assert owners.subscriber.owner_id == ANNA.id
    query = "SELECT string_agg(o.body || p::text, '') FROM outbox o, wechat_push p"
    async with stage.host.runtime.database.transaction() as session:
        kept = (await session.execute(text(query))).scalar_one()
    output = capsys.readouterr()
    for openid in openids:
        assert openid not in kept + output.out + output.err


@pytest.mark.parametrize(
    "message",
    [
        {"FromUserName": "o", "Event": "debug_demo", "CreateTime": 1},
        {"FromUserName": "o", "Event": POPUP, "CreateTime": 1, "List": "x"},
        {"FromUserName": "o", "Event": POPUP, "CreateTime": 1, "List": {"TemplateId": ""}},
        {"FromUserName": "o", "Event": POPUP, "List": REJECT | {"SubscribeStatusString": "new"}},
        {"FromUserName": 7, "Event": POPUP, "List": ACCEPT},
        {"Event": POPUP, "List": ACCEPT},
        {"MsgType": "text", "MsgId": 1, "FromUserName": "o", "Content": "你好"},
    ],
)
async def test_what_nobody_knows_is_acknowledged_and_told_to_nobody(
    stage: Stage, vendor: Vendor, message: dict[str, Any]
) -> None:
    await push(stage, message, times=2)
    assert await told(stage) == []


@pytest.mark.parametrize("at", ["x", None, 10**30, [1]])
async def test_a_moment_that_is_none_is_now(stage: Stage, vendor: Vendor, at: Any) -> None:
    await push(stage, event(vendor.openid(ANNA.person), POPUP, ACCEPT, at=at), times=2)
    (said,) = await stage.said(SubscriptionChanged)
    assert said.happened_at == stage.clock.now()


async def test_the_key_of_a_push_is_forgotten_after_a_day(stage: Stage, vendor: Vendor) -> None:
    await push(stage, event(vendor.openid(ANNA.person), POPUP, ACCEPT))
    assert await stage.count("wechat_push") == 1
    stage.clock.move_to(stage.clock.now().replace(day=stage.clock.now().day + 2))
    await stage.host.runtime.part(Screener).pump()
    assert await stage.count("wechat_push") == 0
