"""Which channel is next, and when: the listed channels in order until one takes the message.

The inbox always takes it, but reaches only whoever looks; so the channels after it are tried too
(N04: inbox and message). A channel that certainly failed gives way to the next; one that may come
back is tried again; one that may have delivered is never repeated, it is asked or passed over.
One that is closed until a known time gives way, and waits only where there is nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from services.notify.messages.domain.lifecycle import MessageAction

INBOX, WECHAT, SMS, PHONE_TASK = "INBOX", "WECHAT", "SMS", "PHONE_TASK"
CAN_BE_ASKED = frozenset({SMS})
OURS = frozenset({INBOX, PHONE_TASK})  # nothing leaves: what was not recorded was not done

ASKING_DELAYS: Sequence[timedelta] = (  # soon: what was accepted is known within a minute (T8)
    timedelta(seconds=10),
    timedelta(seconds=30),
    timedelta(minutes=5),
    timedelta(minutes=30),
)
RETRY_DELAYS: Sequence[timedelta] = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
)


class Outcome(StrEnum):
    STARTED = "STARTED"  # on its way; what remains of an attempt whose process died
    SENT = "SENT"  # the provider took it
    REFUSED = "REFUSED"  # certainly not sent, and never will be by this channel
    POSTPONED = "POSTPONED"  # certainly not sent; later it may work
    UNKNOWN = "UNKNOWN"  # it may have been sent


@dataclass(frozen=True)
class Course:
    """`step` counts channels, `tries` attempts on this one; an earlier one may have `taken` it."""

    channels: tuple[str, ...]
    step: int = 0
    tries: int = 0
    taken: bool = False

    @property
    def channel(self) -> str:
        return self.channels[self.step]

    @property
    def is_last(self) -> bool:
        return self.step + 1 == len(self.channels)


@dataclass(frozen=True)
class Onward:
    """What to do next, and not before when."""

    action: MessageAction
    course: Course
    deliver_after: datetime


def onward(
    course: Course, outcome: Outcome, now: datetime, closed_until: datetime | None = None
) -> Onward:
    """`closed_until`: when the channel takes messages again, where that is known."""
    if outcome is Outcome.SENT:
        return _after_sending(course, now)
    if outcome is Outcome.REFUSED or not _may_try_again(course, outcome):
        return _next_channel(course, now)
    if closed_until is not None and not course.is_last:
        return _next_channel(course, now)
    again = replace(course, tries=course.tries + 1)
    delays = ASKING_DELAYS if outcome is Outcome.UNKNOWN else RETRY_DELAYS
    return Onward(MessageAction.GO_ON, again, closed_until or now + delays[course.tries])


def _after_sending(course: Course, now: datetime) -> Onward:
    if course.channel == INBOX and not course.is_last:
        return _next_channel(replace(course, taken=True), now)
    return Onward(MessageAction.DELIVER, course, now)


def _may_try_again(course: Course, outcome: Outcome) -> bool:
    if outcome is Outcome.UNKNOWN and course.channel not in CAN_BE_ASKED:
        return False
    return course.tries < len(RETRY_DELAYS)


def _next_channel(course: Course, now: datetime) -> Onward:
    if not course.is_last:
        following = replace(course, step=course.step + 1, tries=0)
        return Onward(MessageAction.GO_ON, following, now)
    action = MessageAction.DELIVER if course.taken else MessageAction.EXHAUST
    return Onward(action, course, now)


def missed(course: Course, now: datetime) -> Onward:
    """After a channel took the message and a receipt says that it never arrived."""
    following = _next_channel(course, now)
    if following.action is not MessageAction.GO_ON:
        return following
    return replace(following, action=MessageAction.MISS)
