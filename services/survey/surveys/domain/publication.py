"""Publishing on every channel, on one day (E05)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from shared.clock import BEIJING
from shared.errors import Conflict, Invalid
from shared.rulebook.sections.survey import Survey as Rules


class ChannelUnknown(Invalid):
    """Results are not published on such a channel."""

    code = "CHANNEL_UNKNOWN"
    chinese = "没有这种公开渠道。"


class ChannelRecorded(Conflict):
    """The publication on this channel is on record."""

    code = "CHANNEL_RECORDED"
    chinese = "该渠道的公开记录已登记。"


class PostedAtImpossible(Invalid):
    """It cannot have been posted before the count or in the future."""

    code = "POSTED_AT_IMPOSSIBLE"
    chinese = "公开时间不能早于统计时间，也不能晚于当前时间。"


class ResultRevoked(Conflict):
    """Its score was taken back upon appeal, and hangs on no board any more (E28)."""

    code = "SURVEY_RESULT_REVOKED"
    chinese = "该测评结果经申诉已撤销，不再公示。"


class ResultPosted(Conflict):
    """Its result hangs on a board already; it is not taken back by surveying again."""

    code = "SURVEY_RESULT_POSTED"
    chinese = "测评结果已在小区张贴或发布，不能再作废。"


def refuse_posting(
    channel: str, posted_at: datetime, known: Iterable[str], closed_at: datetime, now: datetime
) -> None:
    """Raises ChannelRecorded or PostedAtImpossible."""
    if channel in known:
        raise ChannelRecorded(channel=channel)
    if not closed_at <= posted_at <= now:
        raise PostedAtImpossible


def refuse_unknown_channel(channel: str, rules: Rules) -> None:
    """Raises ChannelUnknown."""
    if channel not in rules.publication_channels:
        raise ChannelUnknown(channels=list(rules.publication_channels))


def is_complete(recorded: Iterable[str], rules: Rules) -> bool:
    return set(rules.publication_channels) <= set(recorded)


def is_synchronous(posted: Iterable[datetime]) -> bool:
    """同步公开: all on one calendar day in Beijing."""
    return len({each.astimezone(BEIJING).date() for each in posted}) == 1
