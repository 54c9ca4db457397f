"""Subscribe messages against the simulator (wechat.md 4, 13.4)."""

from __future__ import annotations

from dataclasses import replace

import httpx
import pytest

from deploy.simulators.wechat import Vendor
from shared.wechat import (
    Blocked,
    Busy,
    LongLimit,
    NotSubscribed,
    OutcomeUnknown,
    Refused,
    ShortLimit,
    SubscribeMessage,
    WeChatClient,
    WeChatError,
    message_data,
)
from tests.wechat.conftest import ACCEPTED, LONG_TERM, PAGE

SEND = "/cgi-bin/message/subscribe/send"
CASE = "XN421202-20260302-00017"


@pytest.fixture
def message(vendor: Vendor) -> SubscribeMessage:
    values = {"thing1": "三号楼电梯停运", "character_string2": CASE}
    return SubscribeMessage(
        openid=vendor.openid("owner-1"),
        template_id=ACCEPTED.template_id,
        data=message_data(ACCEPTED.content, values),
        page=f"{PAGE}?number={CASE}",
    )


def accept(vendor: Vendor, prompts: int = 1, template: str = "accepted") -> None:
    vendor.messages.subscribe(vendor.openid("owner-1"), template, prompts)


async def test_what_was_sent_is_what_arrives(
    client: WeChatClient, vendor: Vendor, message: SubscribeMessage, browser: httpx.AsyncClient
) -> None:
    """N01: the record shows the Chinese as it was meant, under the msgid the sender got."""
    accept(vendor)
    msgid = await client.send(message)
    of_owner = await browser.get("/_control/messages", params={"openid": message.openid})
    of_other = await browser.get("/_control/messages", params={"person": "owner-2"})
    [arrived] = of_owner.json()
    assert str(arrived["msgid"]) == msgid
    assert arrived["data"] == {"thing1": "三号楼电梯停运", "character_string2": CASE}
    assert (arrived["page"], of_other.json()) == (message.page, [])


async def test_every_accepted_prompt_is_one_message(
    client: WeChatClient, vendor: Vendor, message: SubscribeMessage
) -> None:
    """43101 is final and normal: the allowance per person and template is spent."""
    with pytest.raises(NotSubscribed):
        await client.send(message)
    accept(vendor, prompts=2)
    await client.send(message)
    await client.send(message)
    with pytest.raises(NotSubscribed) as refused:
        await client.send(message)
    assert refused.value.errcode == 43101
    other = replace(message, openid=vendor.openid("owner-2"))
    with pytest.raises(NotSubscribed):
        await client.send(other)
    assert len(vendor.messages.sent) == 2


async def test_a_long_term_template_is_not_used_up(client: WeChatClient, vendor: Vendor) -> None:
    data = message_data(LONG_TERM.content, {"phrase1": "处理中"})
    message = SubscribeMessage(vendor.openid("owner-1"), LONG_TERM.template_id, data)
    accept(vendor, template=LONG_TERM.template_id)
    for _ in range(3):
        await client.send(message)
    vendor.messages.unsubscribe(message.openid, LONG_TERM.template_id)
    with pytest.raises(NotSubscribed):
        await client.send(message)


@pytest.mark.parametrize(
    ("change", "errcode"),
    [
        ({"openid": "oGZUI0egBJY1zhBYw2KhdUfwVJJE"}, 40003),
        ({"template_id": "unheard-of"}, 40037),
        ({"page": "pages/unreleased/index"}, 41030),
        ({"data": {"thing1": {"value": "x" * 21}, "character_string2": {"value": "1"}}}, 47003),
        ({"data": {"thing1": {"value": "x"}, "character_string2": {"value": "编号"}}}, 47003),
        ({"data": {"thing1": {"value": "x"}}}, 47003),
    ],
)
async def test_refused_for_good_and_without_spending(
    client: WeChatClient,
    vendor: Vendor,
    message: SubscribeMessage,
    change: dict[str, str],
    errcode: int,
) -> None:
    accept(vendor)
    with pytest.raises(Refused) as refused:
        await client.send(replace(message, **change))  # type: ignore[arg-type]
    assert refused.value.errcode == errcode
    assert await client.send(message)


async def test_47003_names_the_field(
    client: WeChatClient, vendor: Vendor, message: SubscribeMessage
) -> None:
    accept(vendor)
    wrong = {**message.data, "character_string2": {"value": "编号"}}
    with pytest.raises(Refused, match=r"data\.character_string2\.value invalid"):
        await client.send(replace(message, data=wrong))


async def test_busy_is_tried_three_times_with_growing_pauses(
    client: WeChatClient,
    vendor: Vendor,
    message: SubscribeMessage,
    browser: httpx.AsyncClient,
    pauses: list[float],
) -> None:
    accept(vendor)
    await browser.post("/_control/errors", json={"path": SEND, "errcode": -1, "times": 2})
    assert await client.send(message)
    assert [round(pause, 1) for pause in pauses] == sorted(round(pause, 1) for pause in pauses)
    assert len(pauses) == 2
    await browser.post("/_control/errors", json={"path": SEND, "errcode": -1, "times": 3})
    with pytest.raises(Busy):
        await client.send(message)


@pytest.mark.parametrize(
    ("errcode", "kind"),
    [
        (45009, LongLimit),
        (43108, ShortLimit),
        (43107, Blocked),
        (43101, NotSubscribed),
        (45168, Refused),
    ],
)
async def test_scripted_errors_are_not_retried(
    client: WeChatClient,
    vendor: Vendor,
    message: SubscribeMessage,
    browser: httpx.AsyncClient,
    pauses: list[float],
    errcode: int,
    kind: type[WeChatError],
) -> None:
    accept(vendor)
    await browser.post("/_control/errors", json={"path": SEND, "errcode": errcode})
    with pytest.raises(kind) as refused:
        await client.send(message)
    assert (refused.value.errcode, pauses) == (errcode, [])
    assert await client.send(message)


@pytest.mark.parametrize("body", ["<html>502</html>", "", "[]", "null"])
async def test_an_answer_that_is_no_answer(
    client: WeChatClient,
    vendor: Vendor,
    message: SubscribeMessage,
    browser: httpx.AsyncClient,
    pauses: list[float],
    body: str,
) -> None:
    """P3: the message is out, the sender cannot know, and must not send it again by itself."""
    accept(vendor)
    fault = {"call": SEND, "body": body, "content_type": "text/html", "after_effect": True}
    await browser.post("/_control/faults", json=fault)
    with pytest.raises(OutcomeUnknown):
        await client.send(message)
    assert (len(vendor.messages.sent), pauses) == (1, [])


async def test_acceptance_is_controlled_over_http(
    client: WeChatClient, message: SubscribeMessage, browser: httpx.AsyncClient
) -> None:
    accepted = {"person": "owner-1", "template_id": "accepted", "prompts": 3}
    answer = await browser.post("/_control/subscribe", json=accepted)
    assert answer.json() == {"openid": message.openid, "allowance": 3}
    await client.send(message)
    await browser.post("/_control/subscribe", json={**accepted, "prompts": 0})
    with pytest.raises(NotSubscribed):
        await client.send(message)
    unknown = await browser.post("/_control/subscribe", json={**accepted, "template_id": "no"})
    assert unknown.json()["errcode"] == 40037
