"""What people may choose, and what they have chosen."""

from __future__ import annotations

from datetime import time
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field, WithJsonSchema

from services.notify.messages.domain.notice import Template
from services.notify.preferences.domain.choice import Choice
from shared.identity import Actor, End
from shared.rulebook.sections.notices import Notices, QuietHours
from shared.web.body import Body

FAMILIES = (Template.PROGRESS, Template.FEEDBACK, Template.MEDIATION)
MOST_TIMES = 24


def _whole_minute(moment: time) -> time:
    if moment.tzinfo is not None or moment.second or moment.microsecond:
        raise ValueError("a time of day in Beijing is HH:MM")
    return moment


# the format `time` of JSON Schema would be a moment with an offset
OF_DAY = WithJsonSchema({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9](:00)?$"})

TimeOfDay = Annotated[time, OF_DAY]
Minute = Annotated[time, AfterValidator(_whole_minute), OF_DAY]


class QuietHoursBody(Body):
    begins: Minute
    ends: Minute


class DigestBody(Body):
    """`times` empty: tasks come one by one, and together only when there are many."""

    active: bool = True
    times: Annotated[tuple[Minute, ...], Field(max_length=MOST_TIMES)] = ()


class PreferencesBody(Body):
    """The whole choice; what is left out is as the rulebook has it.

    Owners: `text_messages` by family of notices, and longer `quiet_hours`. Staff: `wechat` and
    `digest`.
    """

    text_messages: dict[Template, bool] | None = None
    quiet_hours: QuietHoursBody | None = None
    wechat: bool | None = None
    digest: DigestBody | None = None


class QuietHoursOut(BaseModel):
    begins: TimeOfDay
    ends: TimeOfDay

    @classmethod
    def of(cls, hours: QuietHours) -> QuietHoursOut:
        return cls(begins=hours.begins, ends=hours.ends)


class DigestOut(BaseModel):
    """Tasks come together when more than `above` wait, or always at `times`."""

    active: bool
    times: list[TimeOfDay]
    above: int


class BoundsOut(BaseModel):
    """The city's quiet hours, which one's own contain, and how far those may reach."""

    city: QuietHoursOut
    quiet_earliest: TimeOfDay
    quiet_latest: TimeOfDay
    digest_times: int


class PreferencesOut(BaseModel):
    """What is not for the caller to choose is null."""

    text_messages: dict[Template, bool] | None
    quiet_hours: QuietHoursOut | None
    wechat: bool | None
    digest: DigestOut | None
    bounds: BoundsOut

    @classmethod
    def of(cls, actor: Actor, choice: Choice, rules: Notices) -> PreferencesOut:
        bounds = BoundsOut(
            city=QuietHoursOut.of(rules.quiet_hours),
            quiet_earliest=rules.preferring.quiet_earliest,
            quiet_latest=rules.preferring.quiet_latest,
            digest_times=rules.preferring.digest_times,
        )
        if actor.end is End.OWNER:
            return cls(
                text_messages={each: each not in choice.refused_texts for each in FAMILIES},
                quiet_hours=QuietHoursOut.of(choice.quiet or rules.quiet_hours),
                wechat=None,
                digest=None,
                bounds=bounds,
            )
        times, above = list(choice.digest_times), rules.digest.above
        return cls(
            text_messages=None,
            quiet_hours=None,
            wechat=choice.wechat,
            digest=DigestOut(active=choice.digest, times=times, above=above),
            bounds=bounds,
        )
