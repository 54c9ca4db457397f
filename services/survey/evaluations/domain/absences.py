"""Why a part of a composite is missing, or the composite itself (E15, E28)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Absence(StrEnum):
    """Why a part is missing; without all three there is no composite."""

    NO_SURVEY = "NO_SURVEY"  # no satisfaction survey was published
    SURVEY_DATED_OUTSIDE = "SURVEY_DATED_OUTSIDE"  # one was, on a day outside the half-year (E16)
    SURVEY_REVOKED = "SURVEY_REVOKED"  # its score was taken back upon appeal (E28)
    NO_ASSESSMENT = "NO_ASSESSMENT"
    NOT_CONFIRMED = "NOT_CONFIRMED"  # the community's assessment waits for the street
    NO_THIRD_PARTY = "NO_THIRD_PARTY"
    THIRD_PARTY_REVOKED = "THIRD_PARTY_REVOKED"
    COMPOSITE_REVOKED = "COMPOSITE_REVOKED"  # the composite itself, with all of its parts


IN_CHINESE: Mapping[Absence, str] = {
    Absence.NO_SURVEY: "本期没有公开的业主满意度测评结果",
    Absence.SURVEY_DATED_OUTSIDE: "业主满意度测评结果的公开日期不在本期内",
    Absence.SURVEY_REVOKED: "业主满意度测评结果经申诉已撤销",
    Absence.NO_ASSESSMENT: "社区未填报本期评价",
    Absence.NOT_CONFIRMED: "社区评价尚未经街道确认",
    Absence.NO_THIRD_PARTY: "本期没有有效的第三方评价",
    Absence.THIRD_PARTY_REVOKED: "第三方评价结果经申诉已撤销",
    Absence.COMPOSITE_REVOKED: "综合得分经申诉已撤销",
}
