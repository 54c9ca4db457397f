"""The periods of bulletins and reports, as they are called in them (D10, E23)."""

from __future__ import annotations

from datetime import datetime

from services.survey.bulletins.domain.content import Kind
from services.survey.indicators.domain.spans import Period
from shared.errors import Conflict, Invalid
from shared.rulebook.sections.governance import Reports


class WrongCycle(Invalid):
    """Bulletins are of a quarter, reports of a half-year, e.g. 2026-Q1, 2026-H1."""

    code = "WRONG_CYCLE"
    chinese = "统计周期不符：通报按季度（如2026-Q1），评价报告按半年（如2026-H1）。"


class PeriodNotOver(Conflict):
    """The period has not ended yet."""

    code = "PERIOD_NOT_OVER"
    chinese = "统计周期尚未结束，不能起草。"


def period_of(kind: Kind, name: str, rules: Reports) -> Period:
    """Raises PeriodInvalid or WrongCycle."""
    cycle = rules.bulletin_cycle if kind is Kind.BULLETIN else rules.quality_cycle
    period = Period.named(name)
    if period.cycle != cycle:
        raise WrongCycle(cycle=cycle)
    return period


def refuse_running(period: Period, now: datetime) -> None:
    """Raises PeriodNotOver."""
    if not period.span.is_over(now):
        raise PeriodNotOver(until=period.span.until.isoformat())


def briefly(period: Period) -> str:
    """2026年一季度: below a chart there is little room."""
    return period.chinese.replace("第", "")


def issue_of(period: Period) -> str:
    """2026年第1期"""
    return f"{period.year}年第{period.number}期"


def earlier(period: Period, count: int) -> tuple[Period, ...]:
    """So many before it, the oldest first."""
    found: list[Period] = []
    for _ in range(count):
        period = period.previous
        found.insert(0, period)
    return tuple(found)
