"""Nothing that identifies a person or opens a door reaches a log or an exception text."""

from __future__ import annotations

import logging
import traceback

import pytest

from deploy.simulators.faults import Fault
from deploy.simulators.wechat import Vendor
from shared.wechat import (
    MemoryTokenStore,
    SubscribeMessage,
    WeChatClient,
    WeChatError,
)
from shared.wechat.redaction import scrub
from tests.wechat.conftest import SECRET


async def test_a_whole_session_leaves_no_trace(
    client: WeChatClient,
    vendor: Vendor,
    store: MemoryTokenStore,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    code = vendor.log_in("owner-1")
    session = await client.code_to_session(code)
    phone_code = vendor.press_phone_button("owner-1", "13900000001")
    phone = await client.phone_number(phone_code, session.openid)
    data = {"thing1": {"value": "张三家漏水了"}, "character_string2": {"value": "1"}}
    message = SubscribeMessage(session.openid, "accepted", data)
    vendor.messages.subscribe(session.openid, "accepted", 1)
    await client.send(message)
    token = await store.read()
    assert token
    shown = [repr(each) for each in (session, phone, message, token)]
    written = "".join([caplog.text, *capsys.readouterr(), *shown])
    assert "/sns/jscode2session" in caplog.text
    for hidden in (
        *(code, phone_code, session.openid, session.session_key, phone.number),
        *(token.value, SECRET, "张三家漏水了"),
    ):
        assert hidden not in written


async def test_an_echoed_secret_is_removed(client: WeChatClient, vendor: Vendor) -> None:
    echo = f'{{"errcode":40013,"errmsg":"invalid {SECRET} of code-1"}}'
    for path in ("/sns/jscode2session", "/cgi-bin/stable_token"):
        vendor.script.add(Fault(call=path, body=echo))
    with pytest.raises(WeChatError) as signing_in:
        await client.code_to_session("code-1")
    with pytest.raises(WeChatError) as fetching:
        await client.tokens.current()
    for failed, errmsg in ((signing_in, "invalid *** of ***"), (fetching, "invalid *** of code-1")):
        assert failed.value.errmsg == errmsg
        assert SECRET not in "".join(traceback.format_exception(failed.value))


async def test_an_echoed_token_and_openid_are_removed(
    client: WeChatClient, vendor: Vendor, store: MemoryTokenStore
) -> None:
    token, openid = await client.tokens.current(), vendor.openid("owner-1")
    echo = f'{{"errcode":40003,"errmsg":"{openid} {token.value} data.thing1 rid: x"}}'
    vendor.script.add(Fault(call="/cgi-bin/message/subscribe/send", body=echo))
    with pytest.raises(WeChatError) as failed:
        await client.send(SubscribeMessage(openid, "accepted", {"thing1": {"value": "1"}}))
    assert failed.value.errmsg == "*** *** data.thing1 rid: x"


def test_short_plain_values_do_not_shred_the_text() -> None:
    assert scrub("errcode 47003 of 张三", ["3", "", "张三"]) == "errcode 47003 of ***"
