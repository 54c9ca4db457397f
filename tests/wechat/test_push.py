"""The vendor's push: every published vector, and what must be refused (wechat.md 6)."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.wechat.push import (
    PushAccount,
    PushRefused,
    decrypt,
    echo,
    encrypt,
    items,
    open_push,
    sealed_reply,
    signature,
)

KEY = "A" * 43
PLAIN = PushAccount("wxba5fad812f8e6fb9", "AAAAA")
SECURE = replace(PLAIN, aes_keys=[KEY])
P3 = (
    "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPx"
    "LKJGQqcvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMu"
    "FUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDr"
    "M1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04="
)
P3_QUERY = {
    "signature": "6c5c811b55cc85e0e1b54100749188c20beb3f5d",
    "timestamp": "1714112445",
    "nonce": "415670741",
    "openid": "o9AgO5Kd5ggOC-bXrbNODIiE3bGY",
    "encrypt_type": "aes",
    "msg_signature": "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3",
}
P3_BODY = json.dumps({"ToUserName": "gh_97417a04a28d", "Encrypt": P3}).encode()
P5_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
P5_APPID = "wxb11529c136998cb6"
P6 = (
    "rTNFcsut4LfGuAFKEUVVpwcaCOTJzOd9twZdIW910jb3k+iicx2uvhttIZ3Qg9Qgty3BEF2xbOrz6boTfb30"
    "dMomcgrkTqdFPwnhqbk+kIQ7rZiwny9D7NUrTgA5kpX3KsZvrXzUZyP2x9YOlxbgm572lmxKvM7HAQQhIQ/p"
    "6HBmoY30bGXFK0BtIu1pW9TjhOYrLQoU18nWYjWqDA1ynkmOytpv7QRI1P1+0NoxL0q2zO1DgeSvnE8CZGo/"
    "o5Ap/WHK5W2RAsinpzN4/LjPnmB6U01I5XCoJoC0GK/yMZycd2Oh8Nq6+wBkC1U85oy0ktOY4nLvsQMLrour"
    "mMGdZHuTbqpeJ8Ao/5PRYJ+WBvRUwPfGKBL2+2IKZF49vAJqkcGWSHGE76ZN2erXeuNazf/o9o3lIE3q739o"
    "4c8t9QGPe31GT2Go/rOz1BsrASwvauNulCh+++yz+CQzBIuikA=="
)
P6_QUERY = {
    "timestamp": "1458300676",
    "nonce": "260774613",
    "msg_signature": "4f3ad57b6989f09f4eb392acce4f9e93942ed890",
}
P6_BODY = f"<xml><ToUserName>x</ToUserName><Encrypt><![CDATA[{P6}]]></Encrypt></xml>".encode()


def test_p1_the_address_is_verified() -> None:
    query = {
        "signature": "f464b24fc39322e44b38aa78f5edd27bd1441696",
        "timestamp": "1714036504",
        "nonce": "1514711492",
        "echostr": "4375120948345356249",
    }
    assert echo(PLAIN, query) == "4375120948345356249"
    for changed in ({"nonce": "1"}, {"signature": ""}, {"timestamp": ""}):
        with pytest.raises(PushRefused):
            echo(PLAIN, query | changed)


def test_p2_a_plain_push_is_signed() -> None:
    query = {
        "signature": "899cf89e464efb63f54ddac96b0a0a235f53aa78",
        "timestamp": "1714037059",
        "nonce": "486452656",
    }
    assert open_push(PLAIN, query, b'{"MsgType":"event"}') == {"MsgType": "event"}
    with pytest.raises(PushRefused):
        open_push(replace(PLAIN, token="BBBBB"), query, b"{}")


def test_p3_an_encrypted_push_opens() -> None:
    assert open_push(SECURE, P3_QUERY, P3_BODY) == {
        "ToUserName": "gh_97417a04a28d",
        "FromUserName": "o9AgO5Kd5ggOC-bXrbNODIiE3bGY",
        "CreateTime": 1714112445,
        "MsgType": "event",
        "Event": "debug_demo",
        "debug_str": "hello world",
    }
    parts = (SECURE.token, P3_QUERY["timestamp"], P3_QUERY["nonce"])
    assert signature(*parts) == P3_QUERY["signature"]
    message = decrypt(SECURE, P3)
    assert len(message) == 167
    assert encrypt(KEY, SECURE.appid, message, b"a8eedb185eb2fecf") == P3


def test_p4_a_reply_is_encrypted() -> None:
    encrypted = (
        "ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ=="
    )
    message = b'{"demo_resp":"good luck"}'
    assert encrypt(KEY, SECURE.appid, message, b"707722b803182950") == encrypted
    signed = signature(SECURE.token, "1713424427", "415670741", encrypted)
    assert signed == "1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1"


def test_p5_what_is_encrypted_may_be_chinese() -> None:
    encrypted = (
        "jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg=="
    )
    text = "我是中文abcd123".encode()
    assert encrypt(P5_KEY, P5_APPID, text, b"aaaabbbbccccdddd") == encrypted
    assert decrypt(PushAccount(P5_APPID, "", [P5_KEY]), encrypted) == text


def test_p6_an_encrypted_push_may_be_xml() -> None:
    account = PushAccount(P5_APPID, "pamtest", [P5_KEY])
    message = open_push(account, P6_QUERY, P6_BODY)
    assert message["FromUserName"] == "asdasdasdsadasd"
    assert (message["Content"], message["MsgId"]) == ("hello", "12345")
    assert len(decrypt(account, P6)) == 293


def test_the_previous_key_serves_during_a_rotation() -> None:
    rotating = replace(SECURE, aes_keys=["B" * 43, KEY])
    assert open_push(rotating, P3_QUERY, P3_BODY)["Event"] == "debug_demo"
    reply = json.loads(sealed_reply(rotating, b"{}", timestamp=1, nonce="n"))
    assert decrypt(replace(SECURE, aes_keys=["B" * 43]), reply["Encrypt"]) == b"{}"
    assert b"<Encrypt>" in sealed_reply(rotating, b"{}", timestamp=1, nonce="n", as_xml=True)


@pytest.mark.parametrize(
    ("account", "changes", "body"),
    [
        (replace(SECURE, aes_keys=["B" * 43]), {}, P3_BODY),
        (replace(SECURE, appid="wx0"), {}, P3_BODY),
        (replace(SECURE, token="B"), {}, P3_BODY),
        (SECURE, {"msg_signature": ""}, P3_BODY),
        (SECURE, {"msg_signature": "é"}, P3_BODY),
        (SECURE, {}, b'{"MsgType":"event"}'),
        (SECURE, {}, b'{"Encrypt":1}'),
        (SECURE, {}, b"[]"),
        (SECURE, {}, b""),
        (SECURE, {}, b"<xml>"),
        (SECURE, {}, b"<xml/>"),
        (SECURE, {}, P3_BODY.replace(b"+qdx", b"+qdy")),
    ],
)
def test_nothing_else_opens(account: PushAccount, changes: dict[str, str], body: bytes) -> None:
    with pytest.raises(PushRefused):
        open_push(account, P3_QUERY | changes, body)


@pytest.mark.parametrize("encrypted", ["", "AAAA", "not base64!", "A" * 64, "A" * 88])
def test_damage_is_refused(encrypted: str) -> None:
    body = json.dumps({"Encrypt": encrypted}).encode()
    query = {"msg_signature": signature(SECURE.token, "1", "1", encrypted)}
    with pytest.raises(PushRefused):
        open_push(SECURE, {"timestamp": "1", "nonce": "1"} | query, body)


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><xml><Event>&b;</Event></xml>'
FILE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><xml><Event>&a;</Event></xml>'
DEEP = b"<xml>" + b"<a>" * 2000 + b"</a>" * 2000 + b"</xml>"


@pytest.mark.parametrize("body", [BOMB, FILE, DEEP, b"[" * 100_000])
def test_hostile_documents_are_refused(body: bytes) -> None:
    query = {"signature": signature("AAAAA", "1", "1"), "timestamp": "1", "nonce": "1"}
    with pytest.raises(PushRefused):
        open_push(PLAIN, query, body)


@given(message=st.binary(max_size=200), random=st.binary(min_size=16, max_size=16))
def test_whatever_is_encrypted_comes_back(message: bytes, random: bytes) -> None:
    assert decrypt(SECURE, encrypt(KEY, SECURE.appid, message, random)) == message


ONE = {"TemplateId": "t", "SubscribeStatusString": "accept", "PopupScene": "0"}


def test_a_list_of_one_is_an_object() -> None:
    assert items({"List": ONE}) == [ONE]
    assert items({"List": [ONE, ONE]}) == [ONE, ONE]
    assert items({"List": "no"}) == items({}) == []


def test_xml_wraps_the_list_once_more() -> None:
    one = "".join(f"<{name}>{value}</{name}>" for name, value in ONE.items())
    query = {"signature": signature("AAAAA", "1", "1"), "timestamp": "1", "nonce": "1"}
    for content, times in ((f"<List>{one}</List>", 1), (f"<List>{one}</List>" * 2, 2)):
        wrapped = (
            f"<xml><Event>e</Event><SubscribeMsgPopupEvent>{content}</SubscribeMsgPopupEvent></xml>"
        )
        assert items(open_push(PLAIN, query, wrapped.encode())) == [ONE] * times
