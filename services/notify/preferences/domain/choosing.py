"""Who may choose what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from services.notify.messages.domain.notice import Template
from services.notify.preferences.domain.choice import Choice
from services.notify.preferences.domain.hours import check_hours
from shared.errors import Invalid
from shared.rulebook.sections.notices import Notices


class PreferenceNotYours(Invalid):
    """Owners choose text messages and quiet hours, staff choose WeChat and digests."""

    code = "PREFERENCE_NOT_YOURS"
    chinese = "该项设置不适用于您的账号。"


class TooManyDigestTimes(Invalid):
    """So many digests a day are as good as none; see `bounds` for how many there may be."""

    code = "TOO_MANY_DIGEST_TIMES"
    chinese = "摘要时间设置过多。"


def refused_texts(texts: Mapping[Template, bool], families: Sequence[Template]) -> frozenset[str]:
    """The families whose text messages are refused. Raises PreferenceNotYours."""
    if not set(texts) <= set(families):
        raise PreferenceNotYours
    return frozenset(family for family, wanted in texts.items() if not wanted)


def check_owners(choice: Choice, rules: Notices) -> None:
    """Raises QuietHoursOutOfBounds."""
    if choice.quiet is not None:
        check_hours(choice.quiet, rules)


def check_staffs(choice: Choice, rules: Notices) -> None:
    """Raises TooManyDigestTimes."""
    if len(choice.digest_times) > rules.preferring.digest_times:
        raise TooManyDigestTimes(most=rules.preferring.digest_times)
