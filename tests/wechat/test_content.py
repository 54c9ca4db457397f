"""Content safety against the simulator: texts at once, media by a push (wechat.md 5, 6, 13.5)."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI, Request, Response
from hypothesis import given
from hypothesis import strategies as st

from deploy.simulators.wechat import Vendor
from deploy.simulators.wechat.keywords import Found
from deploy.simulators.wechat.pushing import PushTarget
from shared.clock import SimulatedClock
from shared.wechat import (
    Busy,
    LongLimit,
    OutcomeUnknown,
    Refused,
    ShortLimit,
    WeChatClient,
    WeChatError,
)
from shared.wechat.content import TEXT_CHECK, Finding, Media, pieces, pushed_finding
from shared.wechat.push import PushAccount, items, open_push
from tests.wechat.conftest import APPID

KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
ACCOUNT = PushAccount(APPID, "push-token", [KEY])
PICTURE = "http://hub.test/picture"


class Server:
    """The mini-program's server: gives out a picture, takes pushes."""

    def __init__(self) -> None:
        self.app = FastAPI()
        self.messages: list[dict[str, object]] = []
        self.answers: list[Response] = []
        self.is_stuck = False
        self.app.add_api_route("/picture", self.picture)
        self.app.add_api_route("/push", self.take, methods=["POST"])

    async def picture(self) -> Response:
        return Response(b"picture", media_type="image/png")

    async def take(self, request: Request) -> Response:
        content = await request.body()
        if self.is_stuck:
            await asyncio.Event().wait()
        self.messages.append(open_push(ACCOUNT, dict(request.query_params), content))
        return self.answers.pop(0) if self.answers else Response("success")


@pytest.fixture
def server(vendor: Vendor) -> Server:
    server = Server()
    vendor.pusher.network = httpx.ASGITransport(app=server.app)
    vendor.pusher.target = PushTarget(url="http://hub.test/push", token="push-token", aes_key=KEY)
    return server


@pytest.fixture
def openid(vendor: Vendor) -> str:
    vendor.log_in("owner-1")
    return vendor.openid("owner-1")


@pytest.mark.parametrize(
    ("text", "suggest", "label"),
    [
        ("楼道灯坏了", "pass", 100),
        ("物业测试辱骂", "risky", 20003),
        ("加微信测试广告", "risky", 10001),
        ("测试待审", "review", 20012),
        ("测试待审又测试时政", "risky", 20001),
    ],
)
async def test_texts_are_judged(
    client: WeChatClient, openid: str, text: str, suggest: str, label: int
) -> None:
    finding = await client.content.check_text(text, openid)
    assert (finding.suggest, finding.label, finding.passes) == (suggest, label, label == 100)
    assert finding.trace_id


async def test_only_for_who_used_the_mini_program_within_two_hours(
    client: WeChatClient, vendor: Vendor, openid: str, clock: SimulatedClock
) -> None:
    clock.advance(timedelta(hours=2))
    assert await client.content.check_text("楼道灯坏了", openid)
    clock.advance(timedelta(seconds=1))
    for person in (openid, vendor.openid("owner-2")):
        with pytest.raises(Refused) as refused:
            await client.content.check_text("楼道灯坏了", person)
        assert refused.value.errcode == 61010
    with pytest.raises(Refused, match="40003"):
        await client.content.check_text("楼道灯坏了", "nobody")


@pytest.mark.parametrize(
    ("errcode", "kind"),
    [(45009, LongLimit), (44991, ShortLimit), (43104, Refused), (-1, Busy), (40129, WeChatError)],
)
async def test_every_error_can_be_arranged(
    client: WeChatClient,
    browser: httpx.AsyncClient,
    openid: str,
    errcode: int,
    kind: type[WeChatError],
) -> None:
    script = {"path": TEXT_CHECK, "errcode": errcode, "times": 3}
    await browser.post("/_control/errors", json=script)
    with pytest.raises(kind) as failed:
        await client.content.check_text("楼道灯坏了", openid)
    assert failed.value.errcode == errcode
    assert "楼道" not in str(failed.value)


@pytest.mark.parametrize("body", ["<html>", "{}", '{"result":{"suggest":"maybe"}}'])
async def test_an_answer_without_a_finding_is_none(
    client: WeChatClient, browser: httpx.AsyncClient, openid: str, body: str
) -> None:
    await browser.post("/_control/faults", json={"call": TEXT_CHECK, "body": body, "times": 3})
    with pytest.raises(OutcomeUnknown):
        await client.content.check_text("楼道灯坏了", openid)


@pytest.mark.parametrize("text_labels", [True, False])
@pytest.mark.parametrize("format_", ["json", "xml"])
async def test_media_are_downloaded_and_their_finding_is_pushed(
    client: WeChatClient,
    vendor: Vendor,
    server: Server,
    openid: str,
    format_: str,
    text_labels: bool,
) -> None:
    """Labels are numbers or text, the push JSON or XML."""
    assert vendor.pusher.target
    vendor.pusher.target = vendor.pusher.target.model_copy(update={"format": format_})
    vendor.content.text_labels = text_labels
    vendor.content.findings.append(Found("risky", 20002))
    trace_id = await client.content.check_media(PICTURE, Media.IMAGE, openid)
    await vendor.pusher.drain()
    (message,) = server.messages
    assert message["Event"] == "wxa_media_check"
    assert pushed_finding(message) == Finding("risky", 20002, trace_id)


async def test_what_cannot_be_downloaded_is_not_judged(
    client: WeChatClient, vendor: Vendor, server: Server, openid: str
) -> None:
    await client.content.check_media("http://hub.test/nothing", Media.AUDIO, openid)
    await vendor.pusher.drain()
    (message,) = server.messages
    assert message["errcode"] == -1008
    assert not pushed_finding(message).passes
    with pytest.raises(Refused, match="87020"):
        await client.content.check_media("http://hub.test/nothing", Media.AUDIO, openid)


async def test_a_push_is_tried_three_times(
    client: WeChatClient, vendor: Vendor, server: Server, openid: str
) -> None:
    server.answers = [Response("", 500), Response("no"), Response("success")]
    await client.content.check_media(PICTURE, Media.IMAGE, openid)
    await vendor.pusher.drain()
    assert vendor.pusher.pushed[0].answers == [500, 200, 200]
    assert server.messages[0] == server.messages[1] == server.messages[2]
    server.answers = [Response("", 500)] * 3
    await client.content.check_media(PICTURE + "?again", Media.IMAGE, openid)
    await vendor.pusher.drain()
    assert (len(server.messages), vendor.pusher.pushed[1].taken) == (6, False)


async def test_who_answers_too_late_is_asked_again(
    client: WeChatClient, vendor: Vendor, server: Server, openid: str
) -> None:
    """The vendor waits five seconds; here no time to speak of."""
    server.is_stuck, vendor.pusher.patience = True, 0.01
    await client.content.check_media(PICTURE, Media.IMAGE, openid)
    await vendor.pusher.drain()
    assert vendor.pusher.pushed[0].answers == [0, 0, 0]


async def test_subscriptions_are_reported_when_asked_for(
    vendor: Vendor, server: Server, browser: httpx.AsyncClient
) -> None:
    """One is an object, several are an array."""
    assert vendor.pusher.target
    vendor.pusher.target = vendor.pusher.target.model_copy(update={"subscribe_events": True})
    for prompts in (1, 2, 0):
        command = {"person": "owner-1", "template_id": "accepted", "prompts": prompts}
        await browser.post("/_control/subscribe", json=command)
        await vendor.pusher.drain()
    assert [type(each["List"]) for each in server.messages] == [dict, list, dict]
    assert [len(items(each)) for each in server.messages] == [1, 2, 1]
    assert server.messages[2]["Event"] == "subscribe_msg_change_event"


@pytest.mark.parametrize(
    ("event", "finding"),
    [
        (
            {"trace_id": "t", "result": {"suggest": "pass", "label": "100"}},
            Finding("pass", 100, "t"),
        ),
        ({"trace_id": "t", "errcode": "0", "result": {}}, Finding("", None, "t")),
        (
            {"trace_id": "t", "errcode": -1008, "result": {"suggest": "pass"}},
            Finding("", None, "t"),
        ),
        ({"result": "pass"}, Finding("", None, "")),
    ],
)
def test_findings_are_read_leniently(event: dict[str, object], finding: Finding) -> None:
    assert pushed_finding(event) == finding


@given(text=st.text(min_size=1, max_size=400))
def test_pieces_hold_everything_and_overlap(text: str) -> None:
    cut = list(pieces(text, longest=50, overlap=10))
    assert all(len(piece) <= 50 for piece in cut)
    assert cut[0] + "".join(piece[10:] for piece in cut[1:]) == text
