"""The rules of when and how a message goes: choices, nights, digests, money (lifecycle 3.7)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notify.budget.domain.limits import budget_id, limit, percent, reached
from services.notify.budget.domain.segments import segments
from services.notify.channels import texts
from services.notify.messages.domain.course import (
    INBOX,
    SMS,
    WECHAT,
    Course,
    Outcome,
    onward,
)
from services.notify.messages.domain.digest import Way, decide
from services.notify.messages.domain.explaining import (
    HELD,
    LEFT_OUT,
    Story,
    Tried,
    because,
    explain,
)
from services.notify.messages.domain.leaving_out import Why
from services.notify.messages.domain.lifecycle import MessageAction, MessageStatus
from services.notify.messages.domain.notice import Template
from services.notify.messages.domain.planning import Held, Matter, plan
from services.notify.messages.domain.quiet_hours import is_quiet
from services.notify.messages.domain.recipient import Recipient, RecipientKind
from services.notify.preferences.domain.choice import AS_USUAL, Choice
from services.notify.preferences.domain.hours import QuietHoursOutOfBounds, check_hours, widest
from shared.clock import BEIJING
from shared.rulebook.sections.notices import QuietHours
from tests.notify.test_rules import BOOK
from tests.stage import START

RULES = BOOK.notices
SOMEBODY = UUID(int=1)
OWNER = Recipient(RecipientKind.OWNER, SOMEBODY)
STAFF = Recipient(RecipientKind.STAFF, SOMEBODY)
DIGEST = RULES.digest


def hours(begins: str, ends: str) -> QuietHours:
    return QuietHours(begins=time.fromisoformat(begins), ends=time.fromisoformat(ends))


EVENINGS = st.integers(19 * 60, 22 * 60)
MORNINGS = st.integers(7 * 60, 10 * 60)
NIGHTS = st.builds(
    lambda evening, morning: QuietHours(
        begins=time(*divmod(evening, 60)), ends=time(*divmod(morning, 60))
    ),
    EVENINGS,
    MORNINGS,
)
MOMENTS = st.integers(0, 3 * 24 * 3600).map(lambda seconds: START + timedelta(seconds=seconds))
CHOICES = st.builds(
    Choice,
    refused_texts=st.frozensets(st.sampled_from(list(Template))),
    quiet=st.none() | NIGHTS,
    wechat=st.booleans(),
    digest=st.booleans(),
    digest_times=st.lists(st.times(), max_size=3).map(tuple),
)
MATTERS = st.builds(
    lambda row, template, emergency: Matter(row, template, row.urgent or emergency),
    st.sampled_from(sorted(BOOK.notifications.values(), key=lambda row: row.code)),
    st.sampled_from(list(Template)),
    st.booleans(),
)


@given(MATTERS, CHOICES, MOMENTS)
def test_an_urgent_message_is_never_held(matter: Matter, choice: Choice, now: datetime) -> None:
    """X31, N18: at any hour, whatever anybody chose, by every channel that the rulebook lists."""
    urgent = Matter(matter.rule, matter.template, urgent=True)
    for recipient in (OWNER, STAFF):
        planned = plan(recipient, urgent, choice, RULES, now)
        usual = plan(recipient, urgent, AS_USUAL, RULES, now)
        assert (planned.deliver_after, planned.held, planned.hours) == (now, None, None)
        assert (planned.channels, planned.left_out) == (usual.channels, {})
        assert not planned.digestible


@given(MATTERS, CHOICES, MOMENTS)
def test_an_owner_is_never_woken_by_anything_else(
    matter: Matter, choice: Choice, now: datetime
) -> None:
    """Lifecycle 3.7: neither in the city's night nor in their own; and it is told the morning
    after, not later."""
    calm = Matter(matter.rule, matter.template, urgent=False)
    planned = plan(OWNER, calm, choice, RULES, now)
    assert planned.hours is not None, "and so the sender looks again before it sends"
    for night in (RULES.quiet_hours, choice.quiet or RULES.quiet_hours):
        assert not is_quiet(planned.deliver_after, night)
    if planned.held is None:
        assert planned.deliver_after == now
        assert not is_quiet(now, planned.hours)
    else:
        assert now < planned.deliver_after <= now + timedelta(hours=15)


@given(MATTERS, CHOICES, MOMENTS)
def test_what_the_law_wants_told_cannot_be_refused(
    matter: Matter, choice: Choice, now: datetime
) -> None:
    planned = plan(OWNER, matter, choice, RULES, now)
    assert planned.channels
    if matter.rule.statutory or matter.urgent:
        assert planned.left_out == {}
    else:
        assert (SMS in planned.left_out) == (
            SMS in matter.rule.channels and matter.template in choice.refused_texts
        )


def test_the_statutory_rows_are_marked() -> None:
    """N03, N09, N10: the refusal with its reason, the last day of a right, the other ways; N15:
    what is to be put right, and by when. None of them is gathered into a digest.
    """
    marked = {code for code, row in BOOK.notifications.items() if row.statutory}
    assert marked == {"N03", "N09", "N10", "N15"}
    matter = Matter(BOOK.notifications["N15"], Template.TASK, urgent=False)
    assert not plan(STAFF, matter, AS_USUAL, BOOK.notices, START).digestible


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (START, START.replace(hour=14)),
        (START.replace(hour=14), START.replace(hour=14)),
        (START.replace(hour=14, minute=1), START.replace(day=3, hour=8, minute=30)),
    ],
)
def test_staff_are_told_at_the_moments_they_chose(now: datetime, expected: datetime) -> None:
    choice = Choice(digest_times=(time(14), time(8, 30)))
    task = Matter(BOOK.notifications["N04"], Template.TASK, urgent=False)
    planned = plan(STAFF, task, choice, RULES, now)
    assert (planned.deliver_after, planned.held) == (expected, Held.DIGEST_TIMES)
    alone = plan(STAFF, task, Choice(digest=False), RULES, now)
    assert (alone.deliver_after, alone.digestible) == (now, False)


def test_staff_without_wechat_have_the_inbox() -> None:
    task = Matter(BOOK.notifications["N04"], Template.TASK, urgent=False)
    planned = plan(STAFF, task, Choice(wechat=False), RULES, START)
    assert planned.channels == (INBOX,)
    assert planned.left_out == {WECHAT: "REFUSED_BY_PREFERENCE"}


@pytest.mark.parametrize(
    ("own", "fits"),
    [
        (("22:00", "07:00"), True),
        (("19:00", "10:00"), True),
        (("20:30", "09:15"), True),
        (("18:59", "07:00"), False),
        (("22:01", "07:00"), False),
        (("22:00", "06:59"), False),
        (("22:00", "10:01"), False),
        (("00:00", "09:00"), False),
        (("07:00", "22:00"), False),
    ],
)
def test_an_owners_night_contains_the_citys_within_bounds(own: tuple[str, str], fits: bool) -> None:
    if fits:
        check_hours(hours(*own), RULES)
        return
    with pytest.raises(QuietHoursOutOfBounds):
        check_hours(hours(*own), RULES)


@given(NIGHTS, NIGHTS, MOMENTS)
def test_the_widest_night_holds_whatever_either_holds(
    one: QuietHours, other: QuietHours, now: datetime
) -> None:
    """The city's hours may have become longer since somebody chose."""
    night = widest(one, other)
    assert is_quiet(now, night) == (is_quiet(now, one) or is_quiet(now, other))


@given(st.lists(st.integers(0, 7200), max_size=40))
def test_nobody_is_told_of_more_tasks_singly_than_the_rulebook_says(gaps: list[int]) -> None:
    """N04: within any window; nothing waits longer than one window, and nothing is lost."""
    waiting, released, due = 0, 0, START
    told: list[datetime] = []
    arrivals = [START + timedelta(seconds=second) for second in sorted(gaps)]
    singly: list[datetime] = []
    held_since: datetime | None = None
    while arrivals or waiting:
        now = min([*arrivals[:1], *([due] if waiting else [])])
        while arrivals and arrivals[0] <= now:
            arrivals.pop(0)
            waiting += 1
        lately = [each for each in told if each > now - DIGEST.within]
        decision = decide(waiting, lately, DIGEST, now, chosen=False)
        if decision.way is Way.LATER:
            assert decision.until is not None
            assert now < decision.until <= now + DIGEST.within
            due, held_since = decision.until, held_since or now
            continue
        assert held_since is None or now - held_since <= 2 * DIGEST.within
        if decision.way is Way.SINGLY:
            told += [now] * waiting
            singly += [now] * waiting
        else:
            told.append(now)
        released, waiting, held_since = released + waiting, 0, None
    assert released == len(gaps)
    for moment in singly:
        within = [each for each in singly if moment - DIGEST.within < each <= moment]
        assert len(within) <= DIGEST.above


@pytest.mark.parametrize(
    ("waiting", "lately", "chosen", "way"),
    [
        (5, 0, False, Way.SINGLY),
        (6, 0, False, Way.TOGETHER),
        (1, 4, False, Way.SINGLY),
        (1, 5, False, Way.LATER),
        (6, 5, False, Way.TOGETHER),
        (1, 9, True, Way.SINGLY),
        (2, 0, True, Way.TOGETHER),
    ],
)
def test_when_tasks_are_told_together(waiting: int, lately: int, chosen: bool, way: Way) -> None:
    before: Sequence[datetime] = [START - timedelta(minutes=30)] * lately
    assert decide(waiting, before, DIGEST, START, chosen=chosen).way is way


@pytest.mark.parametrize(
    ("length", "billed"), [(0, 1), (70, 1), (71, 2), (134, 2), (135, 3), (201, 3), (202, 4)]
)
def test_how_many_messages_a_text_is_billed_as(length: int, billed: int) -> None:
    """P29: 70 characters are one message; a longer text is parts of 67."""
    assert segments("字" * length) == billed


def test_what_a_day_may_cost() -> None:
    """P29: the reserve is for urgent ones; a day is one of Beijing."""
    rule = RULES.texting
    assert limit(rule, urgent=True) - limit(rule, urgent=False) == rule.urgent_reserve_fen
    late = datetime(2026, 3, 2, 23, 59, tzinfo=BEIJING)
    assert budget_id("421200", late) == "421200/2026-03-02"
    assert budget_id("421200", late + timedelta(minutes=1)) == "421200/2026-03-03"
    shares = [percent(spent, 1000) for spent in (0, 799, 800, 999, 1000, 1250)]
    assert [reached(rule.warn_at, share) for share in shares] == [0, 0, 80, 80, 100, 100]
    assert percent(0, 0) == 100


def test_text_templates_are_read_strictly() -> None:
    told = texts.parse('{"N03": "17", "N11": {"template_id": "18", "text": "{1}：{2}"}}')
    assert told["N03"].text == texts.STANDARD
    assert told["N11"].filled("XN-1", "已反馈") == "XN-1：已反馈"
    dated = ("XN-1", "期限提醒", "2026年9月20日")
    assert "2026年9月20日" in told["N03"].filled(*dated), "N09: it is billed too"
    assert texts.TextTemplate(template_id="19", text="{2}{3}{1}").filled(*dated) == (
        "期限提醒2026年9月20日XN-1"
    )
    for wrong in (
        '{"N03": ""}',
        '{"N03": {"text": "x"}}',
        '{"N03": 7}',
        '{"N03": {"template_id": 7}}',
    ):
        with pytest.raises(ValueError, match="validation error"):
            texts.parse(wrong)


def test_a_channel_that_is_closed_gives_way_or_waits() -> None:
    """45009, rule 11: another channel takes over; where there is none, tomorrow is early enough."""
    tomorrow = START + timedelta(hours=15)
    for channels, step, at in (
        ((WECHAT, SMS), 1, START),
        ((WECHAT,), 0, tomorrow),
        ((INBOX, WECHAT), 1, tomorrow),
    ):
        course = Course(channels, step=channels.index(WECHAT))
        following = onward(course, Outcome.POSTPONED, START, tomorrow)
        assert following.action is MessageAction.GO_ON
        assert (following.course.step, following.deliver_after) == (step, at)


def story(state: MessageStatus, *tried: Tried, **changes: Any) -> Story:
    told: dict[str, Any] = {"left_out": (), "held": None, "held_until": None}
    return Story(state=state, attempts=tried, **(told | changes))


def test_why_is_said_in_chinese() -> None:
    refused = Tried(WECHAT, Outcome.REFUSED, "43101", None)
    sent = Tried(SMS, Outcome.SENT, None, "DELIVERED")
    assert explain(story(MessageStatus.DELIVERED, refused, sent)) == (
        "已通过短信（回执：已送达）告知；"
        "微信订阅消息未确认送达：微信拒收，用户未订阅、已取消订阅或授权次数已用完。"
    )
    assert explain(story(MessageStatus.WAITING, held=Held.QUIET_HOURS, held_until=START)) == (
        "等待发送：处于全市免打扰时段，2026年3月2日 09:00后发送。"
    )
    left = story(MessageStatus.EXHAUSTED, left_out=[(SMS, "REFUSED_BY_PREFERENCE")])
    assert explain(left) == ("各渠道均未送达，仅可在站内消息查看；短信未使用：接收人选择不接收。")
    digest = story(MessageStatus.GATHERED, digest=MessageStatus.DELIVERED)
    assert "摘要已发出" in explain(digest)
    assert explain(story(MessageStatus.WAITING)) == "等待发送。"
    assert because("47003") == "渠道返回代码47003"
    assert because(None) == "原因未记录"


def test_every_reason_has_its_words() -> None:
    assert set(HELD) == set(Held)
    assert set(LEFT_OUT) == set(Why)
