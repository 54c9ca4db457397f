"""By which channels a message goes, and when: the rulebook, the recipient's choice, the hour.

What is urgent is never held. An owner is never disturbed by anything else at night, or in the
longer night of their own. A text message that the law wants cannot be refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from services.notify.messages.domain.course import INBOX, SMS, WECHAT
from services.notify.messages.domain.notice import Template
from services.notify.messages.domain.quiet_hours import first_moment
from services.notify.messages.domain.recipient import Recipient, RecipientKind, channels_for
from services.notify.preferences.domain.choice import Choice
from services.notify.preferences.domain.hours import widest
from shared.clock import BEIJING
from shared.rulebook.sections.notices import Notices, Notification, QuietHours

REFUSED = "REFUSED_BY_PREFERENCE"


class Held(StrEnum):
    QUIET_HOURS = "QUIET_HOURS"
    OWN_QUIET_HOURS = "OWN_QUIET_HOURS"
    DIGEST_TIMES = "DIGEST_TIMES"  # the moments that the person chose
    DIGEST = "DIGEST"  # there were many within the window


@dataclass(frozen=True)
class Matter:
    """What is to be told: its row of the rulebook, its family, and whether it cannot wait."""

    rule: Notification
    template: Template
    urgent: bool


@dataclass(frozen=True)
class Plan:
    """`left_out` maps a listed channel to why it is not tried; `hours` are the quiet ones that the
    message waits out, None when it waits for none.
    """

    channels: tuple[str, ...]
    left_out: Mapping[str, str]
    hours: QuietHours | None
    deliver_after: datetime
    held: Held | None
    digestible: bool


def plan(
    recipient: Recipient, matter: Matter, choice: Choice, rules: Notices, now: datetime
) -> Plan:
    reachable = channels_for(recipient.kind, matter.rule.channels)
    left_out = {channel: REFUSED for channel in reachable if _is_refused(channel, matter, choice)}
    channels = tuple(channel for channel in reachable if channel not in left_out) or (INBOX,)
    hours = _hours(recipient, matter, choice, rules.quiet_hours)
    digestible = _is_digestible(recipient, matter, choice) and channels != (INBOX,)
    deliver_after, held = now, None
    if hours is not None:
        deliver_after, held = _after_the_night(rules.quiet_hours, hours, now)
    elif digestible and choice.digest_times:
        deliver_after, held = _next_of(choice, now), Held.DIGEST_TIMES
    return Plan(channels, left_out, hours, deliver_after, held, digestible)


def _is_refused(channel: str, matter: Matter, choice: Choice) -> bool:
    if matter.urgent or matter.rule.statutory:
        return False
    if channel == SMS:
        return matter.template in choice.refused_texts
    return channel == WECHAT and not choice.wechat


def _hours(
    recipient: Recipient, matter: Matter, choice: Choice, city: QuietHours
) -> QuietHours | None:
    if matter.urgent or not recipient.may_rest:
        return None
    return widest(city, choice.quiet) if choice.quiet else city


def _after_the_night(
    city: QuietHours, hours: QuietHours, now: datetime
) -> tuple[datetime, Held | None]:
    morning = first_moment(now, hours)
    if morning == now:
        return now, None
    return morning, Held.QUIET_HOURS if first_moment(now, city) == morning else Held.OWN_QUIET_HOURS


def _is_digestible(recipient: Recipient, matter: Matter, choice: Choice) -> bool:
    is_task = recipient.kind is RecipientKind.STAFF and matter.template is Template.TASK
    return is_task and not (matter.urgent or matter.rule.statutory) and choice.digest


def _next_of(choice: Choice, now: datetime) -> datetime:
    """The first of the chosen moments that is not past."""
    here = now.astimezone(BEIJING)
    days = (here.date(), here.date() + timedelta(days=1))
    moments = (
        datetime.combine(day, moment, tzinfo=BEIJING)
        for day in days
        for moment in sorted(choice.digest_times)
    )
    return next(moment for moment in moments if moment >= now)
