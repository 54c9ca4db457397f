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
    emergency_within_seconds: int
    wechat: WechatLimits
    live: Live
    publication: Publication
    calendar: Calendar

    @property
    def emergency_within(self) -> timedelta:
        return timedelta(seconds=self.emergency_within_seconds)


class Notification(Section):
    """One row N01 to N18: the channels are tried in this order."""

    code: str
    trigger: tuple[str, ...]
    to: tuple[str, ...]
    channels: tuple[str, ...]
    urgent: bool = False
    must_say: tuple[str, ...]
