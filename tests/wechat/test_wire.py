"""The exchange itself: lenient reading, error classes, time limits (wechat.md 0)."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from shared.wechat import (
    Blocked,
    Busy,
    CodeSpent,
    LongLimit,
    Malformed,
    Misconfigured,
    NotSubscribed,
    OutcomeUnknown,
    Refused,
    ShortLimit,
    TokenRejected,
    Unlisted,
    Unreachable,
    WeChatError,
    Wire,
)
from shared.wechat.errors import error_class
from shared.wechat.replies import Reply, read_reply
from shared.wechat.wire import Call

PATH = "/any/path"
CALL = Call("POST", PATH, body={"thing": "电梯"})


def reply_to(content: bytes | str, content_type: str = "application/json") -> Reply:
    headers = {"content-type": content_type}
    return read_reply(PATH, httpx.Response(200, content=content, headers=headers), ())


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        ('{"a":"中"}', "text/plain"),
        ('{"a":"中"}', "application/json; encoding=utf-8"),
        ('{"a":"中"}', "text/plain; charset=iso-8859-1"),
        ('{"a":"中","errcode":0,"errmsg":"ok"}', ""),
        ('{"a":"中","errcode":"0"}', "text/plain"),
        ('{"a":"中","errcode":null,"success":true,"new":[1]}', "text/plain"),
        ('\ufeff{"a":"中"}', "text/plain"),
        ('{"a":"中","nick":"tab\there"}', "text/plain"),
    ],
)
def test_success_in_all_its_forms(content: str, content_type: str) -> None:
    assert reply_to(content, content_type)["a"] == "中"


@pytest.mark.parametrize(
    "content", [b"", b"<html>", b"[]", b"null", b"1", b'{"a":', b"\xff\xfe", b'{"errcode":"x"}']
)
def test_what_cannot_be_understood_leaves_the_outcome_unknown(content: bytes) -> None:
    with pytest.raises(OutcomeUnknown):
        reply_to(content)


@pytest.mark.parametrize("status", [301, 400, 404, 500, 502, 504])
def test_another_status_leaves_the_outcome_unknown(status: int) -> None:
    with pytest.raises(OutcomeUnknown, match=str(status)):
        read_reply(PATH, httpx.Response(status, json={"errcode": 0}), ())


@pytest.mark.parametrize("errcode", ["200014", 200014])
def test_an_errcode_may_be_written_as_text(errcode: str | int) -> None:
    content = httpx.Response(200, json={"errcode": errcode, "success": False})
    with pytest.raises(Refused) as refused:
        read_reply(PATH, content, ())
    assert refused.value.errcode == 200014


def test_the_request_id_is_kept() -> None:
    errmsg = "invalid code, rid: 60f1a2b3-0a1b2c3d-4e5f6a7b"
    with pytest.raises(CodeSpent) as refused:
        reply_to(httpx.Response(200, json={"errcode": 40029, "errmsg": errmsg}).content)
    assert refused.value.rid == "60f1a2b3-0a1b2c3d-4e5f6a7b"
    assert str(refused.value) == ("/any/path: 40029 invalid code rid: 60f1a2b3-0a1b2c3d-4e5f6a7b")


CLASSES: dict[type[WeChatError], tuple[int, ...]] = {
    Busy: (-1, 200001, 85431, 76004),
    TokenRejected: (40001, 40014, 42001),
    ShortLimit: (45011, 44990, 44991, 43108),
    LongLimit: (45009, 44993, 45029, 48006, 200012),
    Misconfigured: (
        *(40002, 40013, 40125, 40164, 40165, 40212, 40243),
        *(40230, 40231, 40232, 40233, 40234, 40235, 40236),
        *(41001, 41002, 41004, 48001, 50002, 50007, 61004),
        *(85079, 85096, 89503, 89506, 89507),
    ),
    Malformed: (40004, 40033, 40097, 40129, 41008, 43002, 44002, 47001),
    Refused: (
        *(40003, 40037, 40169, 41030, 43104, 45168, 47003, 61010),
        *(76001, 76002, 76003, 76021, 76022),
        *(85401, 85402, 85406, 85407, 85408, 87007, 87008, 87009, 87020),
        *(200013, 200014, 200020, 200021, 200022),
    ),
    CodeSpent: (40029, 40163),
    NotSubscribed: (43101,),
    Blocked: (40226, 43107, 87014, 200011),
    Unlisted: (99999,),
}


@pytest.mark.parametrize(
    ("errcode", "kind"), [(code, kind) for kind, codes in CLASSES.items() for code in codes]
)
def test_the_table_of_error_classes(errcode: int, kind: type[WeChatError]) -> None:
    assert error_class(PATH, errcode) is kind


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        (httpx.ConnectError, Unreachable),
        (httpx.ConnectTimeout, Unreachable),
        (httpx.PoolTimeout, Unreachable),
        (httpx.ReadTimeout, OutcomeUnknown),
        (httpx.WriteTimeout, OutcomeUnknown),
        (httpx.RemoteProtocolError, OutcomeUnknown),
    ],
)
async def test_a_failure_says_whether_anything_can_have_happened(
    failure: type[httpx.TransportError], kind: type[WeChatError]
) -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        raise failure("https://api.weixin.qq.com/?access_token=hidden")

    wire = Wire(transport=httpx.MockTransport(fail))
    with pytest.raises(kind) as failed:
        await wire.call(CALL)
    await wire.close()
    assert str(failed.value) == f"/any/path: {failure.__name__}"


async def test_the_vendor_gets_three_seconds_to_connect_and_five_to_answer() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={})

    wire = Wire(transport=httpx.MockTransport(answer))
    await wire.call(CALL)
    await wire.close()
    [request] = seen
    assert request.extensions["timeout"] == {"connect": 3, "read": 5, "write": 5, "pool": 3}
    assert request.url == "https://api.weixin.qq.com/any/path"
    assert request.content == '{"thing":"电梯"}'.encode()


async def test_no_connection_is_kept_between_calls() -> None:
    """The vendor's end sees the connection close although it offers to keep it."""
    closed = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}")
        while await reader.read(1024):
            pass
        closed.set()
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        wire = Wire(f"http://127.0.0.1:{port}")
        await wire.call(CALL)
        async with asyncio.timeout(5):
            await closed.wait()
        await wire.close()
