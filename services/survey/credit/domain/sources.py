"""What a credit entry comes from, and what it does for the company it is about (E28)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from shared.clock import BEIJING


class EntrySource(StrEnum):
    SATISFACTION_SURVEY = "SATISFACTION_SURVEY"  # 业主满意度测评 (E06)
    QUARTERLY_RATING = "QUARTERLY_RATING"  # 季度评议 (E11)
    EVALUATION = "EVALUATION"  # 第三方评价 (E20)
    COMPOSITE = "COMPOSITE"  # 综合评价 (E15, E16)
    RECTIFICATION_OVERDUE = "RECTIFICATION_OVERDUE"  # 逾期未整改 (CK-16)
    REVOCATION = "REVOCATION"  # 申诉成立，撤销原记录: the counter-entry of another one


class Effect(StrEnum):
    GRADE = "GRADE"  # 计入信用等级 (U20)
    BAND = "BAND"  # 对应评价等级及结果应用 (E24-E27)
    RENEWAL = "RENEWAL"  # 续聘参考 (E11)
    MARK = "MARK"  # 不良记录
    COUNTER = "COUNTER"  # 抵销被撤销的记录


EFFECTS: Mapping[EntrySource, Effect] = {
    EntrySource.SATISFACTION_SURVEY: Effect.RENEWAL,
    EntrySource.QUARTERLY_RATING: Effect.RENEWAL,
    EntrySource.EVALUATION: Effect.BAND,
    EntrySource.COMPOSITE: Effect.RENEWAL,
    EntrySource.RECTIFICATION_OVERDUE: Effect.MARK,
    EntrySource.REVOCATION: Effect.COUNTER,
}


def effect_of(source: EntrySource, graded: str) -> Effect:
    """`graded` is the one source that the rulebook grades companies by (U20)."""
    return Effect.GRADE if source == graded else EFFECTS[source]


def expiry_of(published_at: datetime, years: int) -> datetime:
    """The same moment so many years later; of a 29 February the day after."""
    moment = published_at.astimezone(BEIJING)
    if (moment.month, moment.day) == (2, 29):
        moment = moment.replace(month=3, day=1)
    return moment.replace(year=moment.year + years)
