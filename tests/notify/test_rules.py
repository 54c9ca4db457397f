"""The pure rules of notify: catalogue and rulebook, courses, quiet hours, words, the schedule."""

from __future__ import annotations

from datetime import datetime, timedelta
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notify.channels.templates import TemplateBook, WeChatTemplate
from services.notify.messages.domain import lifecycle as messages
from services.notify.messages.domain.catalogue import (
    CATALOGUE,
    NOT_YET,
    Notice,
    Template,
    notices_on,
)
from services.notify.messages.domain.course import (
    INBOX,
    RETRY_DELAYS,
    SMS,
    WECHAT,
    Course,
    Outcome,
    onward,
)
from services.notify.messages.domain.facts import facts_of
from services.notify.messages.domain.lifecycle import MessageAction
from services.notify.messages.domain.quiet_hours import first_moment, is_quiet
from services.notify.messages.domain.recipient import RecipientKind, channels_for
from services.notify.messages.domain.wording import SilentNotice, refuse_silent_rows, word
from services.notify.messages.domain.words import (
    GRADES,
    PAUSES,
    REASONS,
    RESULTS,
    at,
    last_day,
    until,
)
from services.notify.webhooks.domain import lifecycle as webhooks
from services.notify.webhooks.domain.answers import is_success
from services.notify.webhooks.domain.lifecycle import DeliveryAction
from services.notify.webhooks.domain.schedule import JITTER, SCHEDULE, after_failure
from shared.clock import BEIJING
from shared.contracts.event import Event
from shared.contracts.intake import OwnerChanged
from shared.contracts.routing import (
    RectificationAccepted,
    RectificationExtended,
    RectificationOrdered,
    RectificationOverdue,
)
from shared.contracts.vocabulary import Grade, RefusalReason, ResultCode
from shared.rulebook import Rulebook, SuspensionReason
from shared.settings import RULEBOOKS
from tests.notify.news import (
    acceptance_due_soon,
    acceptance_overdue,
    accepted,
    breached,
    cancelled,
    closed,
    dispatched,
    due_soon,
    effective,
    escalated,
    extended,
    extension_asked,
    feedback,
    grouped,
    guided,
    info_requested,
    joined,
    meeting_missing,
    notice_published,
    owner_known,
    rectification_due_soon,
    rectified,
    refused_for_the_police,
    returned,
    scheduled,
    submitted,
    supervised,
    suspended,
    suspension_asked,
    suspension_denied,
    talk_prompted,
    transferred,
    urged,
    warned,
)
from tests.notify.survey_news import found_poor, low_score_talk
from tests.stage import START

BOOK = Rulebook.load(RULEBOOKS / "xianning-2025-07-21")
HOURS = BOOK.notices.quiet_hours
RECTIFICATIONS = (
    RectificationOrdered,
    RectificationExtended,
    RectificationOverdue,
    RectificationAccepted,
)
NEWS: list[Event] = [
    submitted(),
    accepted(),
    refused_for_the_police(),
    dispatched(),
    scheduled(),
    effective(),
    guided(),
    feedback(),
    suspended(),
    extended(),
    closed(),
    info_requested(),
    acceptance_overdue(),
    urged(),
    cancelled(),
    supervised(),
    returned(),
    transferred(),
    joined(),
    grouped(),
    due_soon(),
    warned(),
    breached(),
    escalated(),
    acceptance_due_soon(),
    suspension_asked(),
    suspension_denied(),
    extension_asked(),
    rectification_due_soon(),
    talk_prompted(),
    low_score_talk(),
    found_poor(),
    meeting_missing(),
    *(rectified(kind) for kind in RECTIFICATIONS),
    notice_published(),
]
SAMPLES = {type(event): event for event in NEWS}


def test_the_catalogue_says_what_the_rulebook_demands() -> None:
    """Lifecycle 3.7, column "must say"."""
    refuse_silent_rows(BOOK.notifications)
    row = BOOK.notifications["N06"]
    demanding = row.model_copy(update={"must_say": (*row.must_say, "weather")})
    with pytest.raises(SilentNotice, match="N06: weather"):
        refuse_silent_rows({**BOOK.notifications, "N06": demanding})
    elsewhere = row.model_copy(update={"trigger": ("T11",)})
    with pytest.raises(SilentNotice, match="N06 is not triggered by T10"):
        refuse_silent_rows({**BOOK.notifications, "N06": elsewhere})


def test_every_row_of_the_rulebook_is_said_or_known_to_be_missing() -> None:
    """Lifecycle 3.7, N01 to N18: a new row does not stay silent by accident."""
    with pytest.raises(SilentNotice, match="N19"):
        refuse_silent_rows({**BOOK.notifications, "N19": BOOK.notifications["N09"]})
    without = {code: row for code, row in BOOK.notifications.items() if code not in NOT_YET}
    for code in NOT_YET:
        with pytest.raises(SilentNotice, match=code):
            refuse_silent_rows(without)


@pytest.mark.parametrize("notice", CATALOGUE, ids=lambda n: f"{n.code} {n.trigger}")
def test_every_text_has_its_facts(notice: Notice) -> None:
    """Every variable of every text is given by the event; every card fits WeChat's limits."""
    facts = facts_of(SAMPLES[notice.event], BOOK)
    wanted = {name for _, name, _, _ in Formatter().parse(notice.text) if name}
    assert wanted <= facts.keys()
    wording = word(notice, facts, START)
    assert "{" not in wording.body
    template = TemplateBook.embedded().templates[notice.template]
    shown = template.data(wording.card)
    assert shown["phrase3"]["value"] == notice.phrase
    assert shown["thing5"]["value"] == notice.title, "not cut short"


def test_each_variant_says_nothing_wrong() -> None:
    """X24: no confirmation about ownership; T38: after an agreement mediation did not fail."""
    for event, wrong in (
        (effective(confirmable=False), "共同向人民法院"),
        (guided(broken=True), "经调解未能解决"),
        (guided(), "未能履行"),
    ):
        (notice,) = notices_on(type(event))
        assert wrong not in word(notice, facts_of(event, BOOK), START).body


def test_an_event_that_nobody_is_told_about_has_no_facts() -> None:
    with pytest.raises(LookupError, match=OwnerChanged.name):
        facts_of(owner_known(), BOOK)


def test_every_code_has_a_word() -> None:
    assert (set(GRADES), set(RESULTS), set(REASONS), set(PAUSES)) == (
        set(Grade),
        set(ResultCode),
        set(RefusalReason),
        set(SuspensionReason),
    )


def test_a_day_ends_at_24() -> None:
    midnight = datetime(2026, 3, 10, 0, 0, tzinfo=BEIJING)
    assert (until(midnight), last_day(midnight)) == ("2026年3月9日 24:00", "2026年3月9日")
    assert at(midnight) == "2026年3月10日 00:00"
    assert until(START) == "2026年3月2日 09:00"


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 3, 2, 21, 59, 59, tzinfo=BEIJING), None),
        (datetime(2026, 3, 2, 22, 0, tzinfo=BEIJING), 3),
        (datetime(2026, 3, 3, 0, 0, tzinfo=BEIJING), 3),
        (datetime(2026, 3, 3, 6, 59, 59, tzinfo=BEIJING), 3),
        (datetime(2026, 3, 3, 7, 0, tzinfo=BEIJING), None),
    ],
)
def test_quiet_hours(moment: datetime, expected: int | None) -> None:
    """22:00 to 07:00; seven itself is not quiet any more."""
    assert is_quiet(moment, HOURS) == (expected is not None)
    morning = datetime(2026, 3, expected, 7, 0, tzinfo=BEIJING) if expected else moment
    assert first_moment(moment, HOURS) == morning


@given(
    st.lists(st.sampled_from([INBOX, WECHAT, SMS]), min_size=1, max_size=3, unique=True),
    st.lists(st.sampled_from([o for o in Outcome if o is not Outcome.STARTED]), max_size=40),
)
def test_every_course_ends_and_delivers_at_most_once_by_push(
    channels: list[str], outcomes: list[Outcome]
) -> None:
    """Invariant 9: nothing is pushed after something was; time never runs backwards."""
    course, now, pushed, left = Course(tuple(channels)), START, 0, iter(outcomes)
    for _ in range(len(channels) * (len(RETRY_DELAYS) + 1)):
        channel = course.channel
        outcome = Outcome.SENT if channel == INBOX else next(left, Outcome.REFUSED)
        pushed += outcome is Outcome.SENT and channel != INBOX
        following = onward(course, outcome, now)
        assert following.deliver_after >= now
        course, now = following.course, following.deliver_after
        if following.action is not MessageAction.GO_ON:
            break
    assert following.action is not MessageAction.GO_ON
    assert pushed <= 1
    reached = pushed == 1 or INBOX in channels
    assert (following.action is MessageAction.DELIVER) == reached


def test_who_can_be_reached_how() -> None:
    """N07: only an owner is called."""
    listed = ("WECHAT", "SMS", "PHONE_TASK")
    assert channels_for(RecipientKind.OWNER, listed) == listed
    assert channels_for(RecipientKind.STAFF, listed) == (WECHAT, SMS)
    assert channels_for(RecipientKind.OWNER, ("WECHAT", "ADAPTER")) == (WECHAT,)
    assert channels_for(RecipientKind.ORGANISATION, ("INBOX", "WECHAT")) == (INBOX,)
    assert channels_for(RecipientKind.ORGANISATION, ("WECHAT",)) == (INBOX,)


def test_templates_are_read_strictly() -> None:
    book = TemplateBook.parse('{"PROGRESS": {"template_id": "abc", "fields": {"note": "thing9"}}}')
    assert book.id_of(Template.PROGRESS) == "abc"
    assert book.find("TASK") is None
    assert book.templates[Template.PROGRESS].content == "{{thing9.DATA}}"
    for wrong in ('{"PROGRES": {"template_id": "x"}}', '{"TASK": {"template_id": ""}}'):
        with pytest.raises(ValueError, match="validation error"):
            TemplateBook.parse(wrong)
    with pytest.raises(ValueError, match="lines are some of"):
        WeChatTemplate(template_id="x", fields={"weather": "thing1"})


def test_the_schedule_is_the_specification_s() -> None:
    """P15: ten attempts over more than 72 hours."""
    assert [wait.total_seconds() for wait in SCHEDULE] == [
        0, 5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400,
    ]  # fmt: skip
    assert sum(SCHEDULE, timedelta()) >= timedelta(hours=72)


@given(st.integers(1, len(SCHEDULE) - 1), st.floats(-1, 1))
def test_chance_moves_an_attempt_by_a_fifth_at_most(attempts: int, chance: float) -> None:
    following = after_failure(attempts, START, chance)
    assert following.action is DeliveryAction.RETRY
    wait = following.at - START
    assert abs(wait - SCHEDULE[attempts]) <= SCHEDULE[attempts] * JITTER + timedelta(microseconds=1)


def test_after_the_last_attempt_there_is_none() -> None:
    assert after_failure(len(SCHEDULE), START, 0).action is DeliveryAction.FAIL


@pytest.mark.parametrize(
    ("status", "success"), [(200, True), (204, True), (299, True), (300, False), (None, False)]
)
def test_what_counts_as_delivered(status: int | None, success: bool) -> None:
    assert is_success(status) is success


@pytest.mark.parametrize("state", messages.MessageStatus)
@pytest.mark.parametrize("action", MessageAction)
def test_message_states_change_by_the_table_alone(
    state: messages.MessageStatus, action: MessageAction
) -> None:
    if action in messages.TRANSITIONS[state]:
        assert messages.advance(state, action) is messages.TRANSITIONS[state][action]
        return
    with pytest.raises(messages.MessageSettled):
        messages.advance(state, action)


@pytest.mark.parametrize("state", webhooks.DeliveryStatus)
@pytest.mark.parametrize("action", DeliveryAction)
def test_delivery_states_change_by_the_table_alone(
    state: webhooks.DeliveryStatus, action: DeliveryAction
) -> None:
    if action in webhooks.TRANSITIONS[state]:
        assert webhooks.advance(state, action) is webhooks.TRANSITIONS[state][action]
        return
    with pytest.raises(webhooks.DeliverySettled):
        webhooks.advance(state, action)
