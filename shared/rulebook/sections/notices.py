"""Who is told what, when and how (lifecycle 3.7; facts 2.12)."""

from __future__ import annotations

from datetime import time, timedelta

from pydantic import Field

from shared.rulebook.section import Section


class QuietHours(Section):
    """Owners get nothing but urgent messages from `begins` until `ends` the next morning."""

    begins: time
    ends: time

    def hold(self, moment: time) -> bool:
        """Whether `moment`, in Beijing, lies in the quiet hours; the end is not quiet any more."""
        if self.begins <= self.ends:
            return self.begins <= moment < self.ends
        return moment >= self.begins or moment < self.ends


class WechatLimits(Section):
    thing_characters: int
    templates_per_prompt: int


class PhoneTasks(Section):
    """After so many calls in vain the grid hands the task to the centre."""

    calls_at_most: int


class Preferring(Section):
    """What recipients may choose: an owner's own quiet hours contain the city's and lie between
    `quiet_earliest` and `quiet_latest`; staff choose up to `digest_times` moments of the day.
    """

    quiet_earliest: time
    quiet_latest: time
    digest_times: int


class Digesting(Section):
    """Of more than `above` waiting tasks, or within `within_minutes`, staff are told at once."""

    above: int
    within_minutes: int

    @property
    def within(self) -> timedelta:
        return timedelta(minutes=self.within_minutes)


class Texting(Section):
    """Money for text messages, in 分: what one billed message costs, and what a day may cost.

    `urgent_reserve_fen` comes on top for urgent messages alone; `warn_at` are percentages.
    """

    segment_fen: int = Field(gt=0)
    daily_fen: int = Field(ge=0)
    urgent_reserve_fen: int = Field(ge=0)
    warn_at: tuple[int, ...]


class Live(Section):
    """How programs follow an inbox: asking again, or listening.

    A listener that lags more than `backlog` events behind is told to read anew.
    """

    poll_seconds: int = Field(ge=1)
    streams_per_person: int = Field(ge=1)
    backlog: int = Field(ge=1)


class Publication(Section):
    """E05: on how many channels a public notice stands on the day of the first."""

    channels_at_least: int = Field(ge=1)


class Calendar(Section):
    """How long a meeting is taken to last, and how long a past one stays in a feed."""

    meeting_minutes: int = Field(ge=1)
    kept_days: int = Field(ge=1)

    @property
    def meeting(self) -> timedelta:
        return timedelta(minutes=self.meeting_minutes)

    @property
    def kept(self) -> timedelta:
        return timedelta(days=self.kept_days)


class Notices(Section):
    quiet_hours: QuietHours
    phone_tasks: PhoneTasks
    emergency_within_seconds: int
    wechat: WechatLimits
    preferring: Preferring
    digest: Digesting
    texting: Texting
    live: Live
    publication: Publication
    calendar: Calendar

    @property
    def emergency_within(self) -> timedelta:
        return timedelta(seconds=self.emergency_within_seconds)


class Notification(Section):
    """One row N01 to N18: the channels are tried in this order.

    `statutory`: the law wants it told, or a right runs out; nobody can refuse its text message.
    """

    code: str
    trigger: tuple[str, ...]
    to: tuple[str, ...]
    channels: tuple[str, ...]
    urgent: bool = False
    statutory: bool = False
    must_say: tuple[str, ...]
