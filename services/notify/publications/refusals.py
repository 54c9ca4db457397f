"""Why something is not done to a notice."""

from __future__ import annotations

from shared.errors import Conflict, Forbidden, Invalid, NotFound


class NoticeNotFound(NotFound):
    """There is no such notice, or it is not public."""

    code = "NOTICE_NOT_FOUND"
    chinese = "没有这条公示，或尚未公开。"


class CentresOnly(Forbidden):
    """This is for street offices and governance centres."""

    code = "CENTRES_ONLY"
    chinese = "仅限街道和综治中心操作。"


class NotYourDivision(Forbidden):
    """This place is not yours to govern."""

    code = "NOT_YOUR_DIVISION"
    chinese = "该区划不在您的管辖范围内。"


class EstatesElsewhere(Invalid):
    """Some of the estates are not known, or lie outside the division of the notice."""

    code = "ESTATES_ELSEWHERE"
    chinese = "部分小区不存在，或不在公示所属区划内。"


class CorrectionOpen(Conflict):
    """A correction of this notice is already being drafted, or a later edition is published."""

    code = "CORRECTION_OPEN"
    chinese = "该公示已有更正版本，请在最新版本上操作。"


class ChannelNoted(Conflict):
    """This channel was noted already; what was noted stays."""

    code = "CHANNEL_NOTED"
    chinese = "该渠道的公示记录已登记，不可重复登记。"


class PostingTimeInvalid(Invalid):
    """A posting is noted after it happened, and not before the notice was written."""

    code = "POSTING_TIME_INVALID"
    chinese = "公示时间不能晚于当前时间，也不能早于起草时间。"
