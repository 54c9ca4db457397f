"""Why a part of a composite is missing; then there is none (E15)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Absence(StrEnum):
    """Why a part is missing."""

    NO_SURVEY = "NO_SURVEY"  # no satisfaction survey was published
    SURVEY_DATED_OUTSIDE = "SURVEY_DATED_OUTSIDE"  # one was, on a day outside the half-year (E16)
    NO_ASSESSMENT = "NO_ASSESSMENT"
    NOT_CONFIRMED = "NOT_CONFIRMED"  # the community's assessment waits for the street
    NO_THIRD_PARTY = "NO_THIRD_PARTY"


IN_CHINESE: Mapping[Absence, str] = {
    Absence.NO_SURVEY: "本期没有公开的业主满意度测评结果",
    Absence.SURVEY_DATED_OUTSIDE: "业主满意度测评结果的公开日期不在本期内",
    Absence.NO_ASSESSMENT: "社区未填报本期评价",
    Absence.NOT_CONFIRMED: "社区评价尚未经街道确认",
    Absence.NO_THIRD_PARTY: "本期没有有效的第三方评价",
}
