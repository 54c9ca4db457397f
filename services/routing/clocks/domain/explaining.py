"""Why a deadline is what it is, in words a person can check (GET /cases/{id}/clocks)."""

from __future__ import annotations

from shared.counting import Counting, Length
from shared.rulebook import ClockKind, Rulebook

COUNTED: dict[Counting, str] = {
    Counting.HOURS: "{amount}小时，自起点起按实际时长连续计算，节假日不顺延",
    Counting.CIVIL_DAYS: "{amount}个自然日，起始日不计，至第{amount}日24时届满，节假日不顺延",
    Counting.STATUTORY_DAYS: (
        "{amount}日法定期间，起始日不计，至末日24时届满，末日为休息日的顺延至下一工作日"
    ),
    Counting.WORKING_DAYS: "{amount}个工作日，起始日不计，至第{amount}个工作日24时届满",
}
PROVISIONAL = "（该年度放假安排尚未公布，按周末推算，为暂定日期）"


def counting_rule(length: Length, *, provisional: bool = False) -> str:
    """E.g. “7个自然日，起始日不计，至第7日24时届满，节假日不顺延”."""
    words = COUNTED[length.counting].format(amount=length.amount)
    return words + PROVISIONAL if provisional else words


def sources_of(kind: ClockKind, rulebook: Rulebook) -> tuple[str, ...]:
    """Row ids of the clock and of its length, e.g. CK-05, B06, U08."""
    return rulebook.entry(f"clocks.{kind}").sources
