"""N01 to N03, N06 to N13 for the owner: from the event to the record of the simulators."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from services.notify.messages.domain.catalogue import Template
from shared.contracts.event import Event
from tests.notify import news
from tests.notify.catalogue.cast import MANAGER_1, OWNER_1, accept, gather, told
from tests.notify.sends import Record, pump, record_of
from tests.notify.town import Town
from tests.samples import a_case, a_complaint
from tests.stage import START, Stage

NIGHT, BEFORE_SEVEN = START.replace(hour=23), START.replace(day=3, hour=6, minute=59)
SEVEN = START.replace(day=3, hour=7)


@dataclass(frozen=True)
class Told:
    """`words` are one for each thing that must be said (3.7); `date` is said in a text message,
    and None where the rulebook lists none for the row.
    """

    code: str
    event: Event
    template: Template
    phrase: str
    words: tuple[str, ...]
    texted: tuple[str, ...] | None = None

    def __str__(self) -> str:
        return f"{self.code} {self.event.name}"


P, M, F = Template.PROGRESS, Template.MEDIATION, Template.FEEDBACK
ROWS = (
    Told("N01", news.accepted(), P, "已受理", (a_complaint().number, "类别", "下一步")),
    Told("N01", news.joined(a_complaint().id), P, "已并案", (a_case().number, "类别", "下一步")),
    Told(
        "N02",
        news.info_requested(),
        P,
        "待补正",
        ("小区、楼栋", "2026年3月7日 24:00"),
        (a_complaint().number, "待补正", "2026年3月7日 24:00"),
    ),
    Told(
        "N03",
        news.refused_for_the_police(),
        P,
        "不予受理",
        ("公安机关", "110"),
        (a_complaint().number, "不予受理"),
    ),
    Told(
        "N03",
        news.transferred(),
        P,
        "已移送",
        ("应由公安机关", "联系方式：110"),
        (a_case().number, "已移送"),
    ),
    Told("N06", news.dispatched(), P, "已派单", ("演示社区第一网格", "2026年3月3日 09:00")),
    Told(
        "N07",
        news.scheduled(),
        M,
        "调解安排",
        ("2026年3月4日 15:00", "演示社区调解室", "自愿、不收费", "要求终止调解"),
        (a_case().number, "调解安排", "2026年3月4日 15:00"),
    ),
    Told(
        "N08",
        news.effective(),
        M,
        "协议生效",
        ("履行义务", "2026年3月2日", "2026年4月1日前（含当日）"),
    ),
    Told(
        "N09",
        news.due_soon(),
        M,
        "期限提醒",
        ("最后一日：2026年4月1日", "共同向人民法院申请"),
        (a_case().number, "期限提醒", "2026年4月1日"),
    ),
    Told(
        "N10",
        news.guided(),
        M,
        "途径告知",
        ("人民法院起诉", "仲裁", "行政主管部门"),
        (a_case().number, "途径告知"),
    ),
    Told(
        "N11",
        news.feedback(),
        F,
        "已反馈",
        ("已解决", "理由", "不认可", "评价"),
        (a_case().number, "已反馈"),
    ),
    Told("N12", news.suspended(), P, "暂停办理", ("等待鉴定", "2026年3月5日 24:00")),
    Told("N12", news.extended(), P, "期限延长", ("情况复杂", "2026年3月16日 24:00")),
    Told("N13", news.closed(), P, "已办结", ("已办结", "2026年3月17日")),
)
EACH = pytest.mark.parametrize("row", ROWS, ids=str)
BY_TEXT = pytest.mark.parametrize("row", [row for row in ROWS if row.texted], ids=str)


def test_every_row_for_owners_is_here() -> None:
    """Lifecycle 3.7: N01, N02, N03, N06, N07, N08, N09, N10, N11, N12, N13."""
    codes = {row.code for row in ROWS}
    assert codes == {f"N{number:02}" for number in (1, 2, 3, 6, 7, 8, 9, 10, 11, 12, 13)}


@EACH
async def test_told_once_with_all_that_must_be_said(stage: Stage, row: Told) -> None:
    """Invariant 9, X36: the event comes twice, and once more when the inbox has forgotten it."""
    await gather(stage)
    before = len(await told(stage, OWNER_1, row.code))
    await stage.hear_after_forgetting(row.event)
    entries = await told(stage, OWNER_1, row.code)
    assert len(entries) == before + 1
    for word in row.words:
        assert word in entries[0]["body"], word


@EACH
async def test_the_night_is_waited_out(stage: Stage, town: Town, row: Told) -> None:
    """22:00 to 07:00: accepted by WeChat, sent in the morning, once."""
    await gather(stage)
    await pump(stage)
    await accept(stage, town, OWNER_1, row.template)
    stage.clock.move_to(NIGHT)
    await stage.hear(row.event)
    for moment in (NIGHT, BEFORE_SEVEN):
        stage.clock.move_to(moment)
        await pump(stage)
        assert town.wechat_to(OWNER_1.name) == []
    stage.clock.move_to(SEVEN)
    await pump(stage)
    await pump(stage)
    (sent,) = town.wechat_to(OWNER_1.name)
    assert (sent.data["phrase3"], sent.data["time4"]) == (row.phrase, "2026年3月2日 23:00")
    assert town.sms_to(OWNER_1.mobile) == [], "one channel is enough"


@BY_TEXT
async def test_without_acceptance_a_text_message_says_it(
    stage: Stage, town: Town, row: Told
) -> None:
    """Facts 2.12: message, then SMS: number, state, and until when."""
    await gather(stage)
    await stage.hear(row.event)
    await pump(stage)
    await pump(stage)
    assert town.wechat_to(OWNER_1.name) == []
    (sent,) = town.sms_to(OWNER_1.mobile)
    assert tuple(sent.params) == row.texted


@pytest.mark.parametrize("row", [row for row in ROWS if not row.texted], ids=str)
async def test_without_acceptance_it_stands_in_the_inbox(
    stage: Stage, town: Town, row: Told
) -> None:
    """What the rulebook sends by WeChat alone is no reason for a text message."""
    await gather(stage)
    await stage.hear(row.event)
    await pump(stage)
    assert town.wechat_to(OWNER_1.name) == []
    assert town.sms_to(OWNER_1.mobile) == []
    assert row.words[0] in (await told(stage, OWNER_1, row.code))[0]["body"]


async def test_both_parties_are_reminded_of_the_last_day(stage: Stage, town: Town) -> None:
    """N09: the company too, at any hour, unless the quarrel is with a neighbour (A13)."""
    await gather(stage)
    stage.clock.move_to(NIGHT)
    await stage.hear(news.due_soon(respondent="COMPANY"))
    await pump(stage)
    (sent,) = town.sms_to(MANAGER_1.mobile)
    assert tuple(sent.params) == (a_case().number, "期限提醒", "2026年4月1日")
    assert town.sms_to(OWNER_1.mobile) == []
    await stage.hear(news.due_soon(respondent="OTHER"))
    assert len(await told(stage, MANAGER_1, "N09")) == 1
    assert len(await told(stage, OWNER_1, "N09")) == 2


async def test_the_receipt_needs_no_case(stage: Stage) -> None:
    """N01, T01: number, category, next step, before anybody has looked."""
    await gather(stage)
    (entry,) = await told(stage, OWNER_1, "N01")
    for word in (a_complaint().number, "轻微噪音", "下一步"):
        assert word in entry["body"]


async def test_an_emergency_does_not_wait_for_the_morning(stage: Stage, town: Town) -> None:
    """X31: urgent, day and night."""
    await gather(stage)
    await pump(stage)
    await accept(stage, town, OWNER_1, P)
    stage.clock.move_to(NIGHT)
    await stage.hear(news.dispatched(emergency=True))
    await pump(stage)
    assert len(town.wechat_to(OWNER_1.name)) == 1


async def test_the_record_says_which_channel_took_it(stage: Stage) -> None:
    """N09: WeChat was not accepted, the text message was taken."""
    await gather(stage)
    await stage.hear(news.due_soon(respondent="OTHER"))
    await pump(stage)
    assert await record_of(stage, "N09") == Record(
        "DELIVERED", [("WECHAT", "REFUSED", "NO_CONSENT"), ("SMS", "SENT", None)]
    )
