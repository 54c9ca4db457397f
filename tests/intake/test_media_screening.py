"""Pictures and recordings are checked by WeChat, which pushes what it found (wechat.md 5, 6)."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI, Response

from deploy.simulators.wechat import Vendor
from deploy.simulators.wechat.keywords import Found
from deploy.simulators.wechat.pushing import PushTarget
from services.intake.attachments.domain.lifecycle import AttachmentKind, AttachmentState
from services.intake.attachments.tables import Attachment
from services.intake.screening.pushes import BATCH
from services.intake.screening.screener import Screener
from services.intake.settings import IntakeSettings
from shared.hosting import mounted
from shared.ids import new_id
from shared.wechat.push import PushAccount, encrypt, signature
from tests.intake.people import ANNA
from tests.intake.screened import file, is_file_shown, is_shown, listed, pump, why
from tests.stage import ORIGIN, Stage

PUSH = "/wechat/push"
FILES = "http://files.test"


class Network(httpx.AsyncBaseTransport):
    """How WeChat reaches us: files to fetch, and the door for pushes."""

    def __init__(self, stage: Stage) -> None:
        files = FastAPI()
        files.add_api_route("/{name}", lambda name: Response(b"content"), methods=["GET"])
        self._files = httpx.ASGITransport(app=files)
        self._hub = httpx.ASGITransport(app=mounted(stage.host))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        way = self._files if request.url.host == "files.test" else self._hub
        return await way.handle_async_request(request)


def account(stage: Stage) -> PushAccount:
    found = stage.host.runtime.part(IntakeSettings).wechat_push
    assert found
    return found


@pytest.fixture
def reaching(stage: Stage, vendor: Vendor) -> Vendor:
    """WeChat can fetch files and push; Anna has the mini-program open."""
    vendor.content.used(vendor.openid(ANNA.person), vendor.clock.now())
    vendor.pusher.network = Network(stage)
    vendor.pusher.target = PushTarget(
        url=f"{ORIGIN}/intake{PUSH}",
        token=account(stage).token,
        aes_key=account(stage).aes_keys[0],
        subscribe_events=True,
    )
    runtime = stage.host.runtime
    runtime.put(Screener(runtime, lambda attachment_id: f"{FILES}/{attachment_id}"))
    return vendor


async def upload(
    stage: Stage,
    kind: AttachmentKind = AttachmentKind.IMAGE,
    size: int = 1000,
    by: UUID = ANNA.id,
) -> UUID:
    attachment_id, at = new_id(), stage.clock.now()
    async with stage.host.runtime.database.transaction() as session:
        row = Attachment(
            id=attachment_id,
            uploaded_by=by,
            state=AttachmentState.READY,
            kind=kind,
            declared_size=size,
            size=size,
            media_type="image/jpeg",
            key="k",
            started_at=at,
            finished_at=at,
        )
        session.add(row)
    return attachment_id


async def filed_with(stage: Stage, *attachments: UUID) -> UUID:
    return await file(stage, attachments=[str(each) for each in attachments])


async def settled(stage: Stage, vendor: Vendor) -> None:
    await pump(stage)
    await vendor.pusher.drain()
    await pump(stage)


async def test_a_picture_is_shown_once_its_finding_was_pushed(
    stage: Stage, reaching: Vendor
) -> None:
    picture, voice = await upload(stage), await upload(stage, AttachmentKind.AUDIO)
    await filed_with(stage, picture, voice)
    await settled(stage, reaching)
    assert await is_file_shown(stage, picture)
    assert await is_file_shown(stage, voice)
    assert {state for state, _, _ in await why(stage)} == {"PASSED"}
    assert await pump(stage) == 0


async def test_a_risky_picture_is_held_and_its_complaint_is_not(
    stage: Stage, reaching: Vendor
) -> None:
    reaching.content.findings.append(Found("risky", 20002))
    picture = await upload(stage)
    complaint_id = await filed_with(stage, picture)
    await settled(stage, reaching)
    assert await is_shown(stage, complaint_id)
    assert not await is_file_shown(stage, picture)
    (item,) = await listed(stage)
    assert (item["subject_type"], item["attachment_id"]) == ("ATTACHMENT", str(picture))
    assert (item["reason"], item["label"]) == ("FOUND", 20002)


@pytest.mark.parametrize(
    ("kind", "size"),
    [
        (AttachmentKind.VIDEO, 1000),
        (AttachmentKind.DOCUMENT, 1000),
        (AttachmentKind.IMAGE, 10 * 1024 * 1024 + 1),
    ],
)
async def test_what_wechat_does_not_check_a_person_does(
    stage: Stage, reaching: Vendor, kind: AttachmentKind, size: int
) -> None:
    attachment = await upload(stage, kind, size)
    await filed_with(stage, attachment)
    await settled(stage, reaching)
    (item,) = await listed(stage)
    assert (item["attachment_id"], item["reason"]) == (str(attachment), "NOT_CHECKABLE")
    assert reaching.content.media == {}


async def test_without_an_address_a_person_looks(stage: Stage, reaching: Vendor) -> None:
    stage.host.runtime.put(Screener(stage.host.runtime))
    await filed_with(stage, await upload(stage))
    await settled(stage, reaching)
    (item,) = await listed(stage)
    assert item["reason"] == "NOT_CHECKED"


async def test_no_push_within_thirty_minutes_goes_to_a_person(
    stage: Stage, reaching: Vendor
) -> None:
    """And what comes after that changes nothing."""
    target, reaching.pusher.target = reaching.pusher.target, None
    picture = await upload(stage)
    await filed_with(stage, picture)
    await settled(stage, reaching)
    stage.clock.advance(timedelta(minutes=30))
    assert await pump(stage) == 0
    stage.clock.advance(timedelta(seconds=1))
    await pump(stage)
    (item,) = await listed(stage)
    assert item["reason"] == "NOT_CHECKED"
    reaching.pusher.target = target
    await late(reaching)
    await pump(stage)
    assert not await is_file_shown(stage, picture)


async def late(vendor: Vendor) -> None:
    (trace_id,) = vendor.content.media
    finding = await vendor.content.finding(trace_id, vendor.pusher.network)
    await vendor.pusher.push("wxa_media_check", vendor.openid(ANNA.person), finding)


async def test_a_push_that_comes_again_counts_once(stage: Stage, reaching: Vendor) -> None:
    """Three attempts of one message, at once: kept once, as ciphertext."""
    await filed_with(stage, await upload(stage))
    await pump(stage)
    await reaching.pusher.drain()
    (pushed,) = reaching.pusher.pushed
    assert pushed.taken
    sealed = encrypted(stage, pushed.message)
    async with stage.client() as client:
        answers = await asyncio.gather(*(client.post(PUSH, **sealed) for _ in range(3)))
    assert [answer.text for answer in answers] == ["success"] * 3
    assert await stage.count("wechat_push") == 1
    openid = reaching.openid(ANNA.person)
    assert await stage.count("wechat_push", f"body LIKE '%{openid}%'") == 0
    await pump(stage)
    assert await stage.count("wechat_push", "handled_at IS NOT NULL") == 1


def encrypted(stage: Stage, message: dict[str, Any]) -> dict[str, Any]:
    known = account(stage)
    body = encrypt(known.aes_keys[0], known.appid, json.dumps(message).encode())
    signed = signature(known.token, "1714112445", "n", body)
    params = {"timestamp": "1714112445", "nonce": "n", "msg_signature": signed}
    return {"params": params, "json": {"ToUserName": "gh_0", "Encrypt": body}}


async def test_a_push_before_its_trace_id_is_known_waits(stage: Stage, reaching: Vendor) -> None:
    """WeChat may be faster than our own commit."""
    event = {"Event": "wxa_media_check", "trace_id": "t-1", "result": {"suggest": "pass"}}
    async with stage.client() as client:
        assert (await client.post(PUSH, **encrypted(stage, event))).text == "success"
    assert await pump(stage) == 0
    assert await stage.count("wechat_push", "handled_at IS NULL") == 1
    stage.clock.advance(timedelta(minutes=31))
    await pump(stage)
    assert await stage.count("wechat_push", "handled_at IS NULL") == 0
    stage.clock.advance(timedelta(days=2))
    await pump(stage)
    assert await stage.count("wechat_push") == 0


async def test_pushes_that_fit_nothing_keep_no_finding_waiting(
    stage: Stage, reaching: Vendor
) -> None:
    async with stage.client() as client:
        for number in range(BATCH + 1):
            event = {"Event": "wxa_media_check", "trace_id": f"t-{number}"}
            assert (await client.post(PUSH, **encrypted(stage, event))).text == "success"
    picture = await upload(stage)
    await filed_with(stage, picture)
    await settled(stage, reaching)
    assert await is_file_shown(stage, picture)
    assert await stage.count("wechat_push", "handled_at IS NULL") == BATCH + 1


async def test_the_address_is_verified(reaching: Vendor) -> None:
    assert await reaching.pusher.verify()
    assert reaching.pusher.target
    reaching.pusher.target = reaching.pusher.target.model_copy(update={"token": "other"})
    assert not await reaching.pusher.verify()


async def test_nobody_else_gets_in(stage: Stage, reaching: Vendor) -> None:
    event = {"Event": "wxa_media_check", "trace_id": "t-1"}
    good = encrypted(stage, event)
    plain = {"signature": signature(account(stage).token, "1", "n"), "timestamp": "1", "nonce": "n"}
    attempts = [
        {**good, "params": good["params"] | {"nonce": "other"}},
        {**good, "params": {}},
        {"params": plain, "json": event},
        {"params": plain, "content": b"<!DOCTYPE x><xml/>"},
    ]
    async with stage.client() as client:
        for attempt in attempts:
            answer = await client.post(PUSH, **attempt)
            assert (answer.status_code, answer.json()["code"]) == (401, "PUSH_NOT_SIGNED")
        echoed = await client.get(PUSH, params={"echostr": "x"})
        assert echoed.status_code == 401
    assert await stage.count("wechat_push") == 0


async def test_without_a_token_the_door_is_shut(stage: Stage) -> None:
    settings = stage.host.runtime.part(IntakeSettings)
    shut = vars(settings) | {"wechat_push": None}
    stage.host.runtime.put(IntakeSettings(**shut))
    async with stage.client() as client:
        answer = await client.get(PUSH)
    assert (answer.status_code, answer.json()["code"]) == (404, "PUSH_DOOR_SHUT")
