"""Sealed calls: the published vector, and both directions with keys of our own (wechat.md 9)."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import replace

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256

from shared.clock import SimulatedClock
from shared.wechat import Credentials, MemoryTokenStore, OutcomeUnknown, WeChatClient, Wire
from shared.wechat.api_security import PADDING, ApiSecurity
from tests.wechat.conftest import BEGINNING

VECTOR_URL = "https://api.weixin.qq.com/wxa/getuserriskrank"
VECTOR = (
    '{"_n":"o89QaPVsRu1yppIZzvSZc4","_appid":"wxba6223c06417af7b","_timestamp":1635927954,'
    '"appid":"wxba6223c06417af7b","openid":"oEWzBfmdLqhFS2mTXCo2E4Y9gJAM","scene":0,'
    '"client_ip":"127.0.0.1"}'
)
OURS, PLATFORMS = (generate_private_key(65537, 2048) for _ in range(2))
PHONE = "/wxa/business/getuserphonenumber"


@pytest.fixture
def security() -> ApiSecurity:
    return ApiSecurity(
        appid="wxba6223c06417af7b",
        serial="fa05fe1e5bcc79b81ad5ad4b58acf787",
        key="otUpngOjU+nVQaWJIC3D/yMLV17RKaP6t4Ot9tbnzLY=",
        signing_key=OURS,
        platform_key=PLATFORMS.public_key(),
        clock=SimulatedClock(BEGINNING),
    )


def test_the_published_vector(security: ApiSecurity) -> None:
    iv = base64.b64decode("fmW/zNxXlytUZBgj")
    sealed = security.encrypted(VECTOR_URL, 1635927954, VECTOR, iv)
    assert sealed["data"].startswith("0IDVdrPtSPF/Oe2CTXCV2vVN")
    assert (sealed["iv"], sealed["authtag"]) == ("fmW/zNxXlytUZBgj", "5qeM/2vZv+6KtScN94IpMg==")


def opened(security: ApiSecurity, request: httpx.Request) -> dict[str, object]:
    """What the platform finds in a call of ours."""
    headers, content = request.headers, request.content
    signed = "\n".join((security.origin + PHONE, security.appid, headers["Wechatmp-TimeStamp"], ""))
    OURS.public_key().verify(
        base64.b64decode(headers["Wechatmp-Signature"]),
        signed.encode() + content,
        PADDING,
        SHA256(),
    )
    # the platform reads with the very function that reads its answers
    mirrored = replace(security, platform_key=OURS.public_key())
    plaintext: dict[str, object] = json.loads(mirrored.open(PHONE, headers, content))
    return plaintext


def answer(security: ApiSecurity, body: Mapping[str, object]) -> httpx.Response:
    platform = replace(security, signing_key=PLATFORMS)
    sealed = platform.seal(PHONE, body)
    return httpx.Response(200, content=sealed.content, headers=dict(sealed.headers))


async def number(security: ApiSecurity, reply: httpx.Response) -> tuple[str, list[httpx.Request]]:
    seen: list[httpx.Request] = []

    def platform(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/cgi-bin/stable_token":
            return httpx.Response(200, json={"access_token": "t", "expires_in": 7200})
        seen.append(request)
        return reply

    wire = Wire(transport=httpx.MockTransport(platform), security=security)
    async with WeChatClient(
        wire, Credentials(security.appid, "secret"), MemoryTokenStore(), security.clock
    ) as client:
        return (await client.phone_number("code", "openid")).number, seen


PHONE_REPLY = {"errcode": 0, "phone_info": {"purePhoneNumber": "13900000001", "countryCode": 86}}


async def test_a_listed_call_is_sealed_both_ways(security: ApiSecurity) -> None:
    found, (request,) = await number(security, answer(security, PHONE_REPLY))
    assert found == "13900000001"
    plaintext = opened(security, request)
    assert (plaintext["code"], plaintext["_appid"]) == ("code", security.appid)
    assert b"openid" not in request.content


@pytest.mark.parametrize("name", ["Wechatmp-Signature", "Wechatmp-TimeStamp"])
async def test_an_answer_that_is_not_sealed_for_us_is_no_answer(
    security: ApiSecurity, name: str
) -> None:
    reply = answer(security, PHONE_REPLY)
    reply.headers[name] = "AAAA"
    with pytest.raises(OutcomeUnknown):
        await number(security, reply)
