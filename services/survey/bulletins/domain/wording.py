"""Figures in words, as an official bulletin writes them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from services.survey.bulletins.domain.content import HIDDEN, Cell, Figure, Hidden, Measure

NO_FIGURE = "—"
WITHHELD = "不予公布"
FEN_IN_YUAN = Decimal(100)
FEN_IN_TEN_THOUSAND_YUAN = Decimal(1_000_000)
CENT = Decimal("0.01")


Former = Decimal | Hidden | None  # None: there was no such figure


class Trend(StrEnum):
    UP = "UP"
    DOWN = "DOWN"
    EQUAL = "EQUAL"
    UNKNOWN = "UNKNOWN"  # one of the two is no figure


def trend(now: Decimal | None, former: Former) -> Trend:
    """What is compared is what is printed."""
    if now is None or not isinstance(former, Decimal):
        return Trend.UNKNOWN
    if now == former:
        return Trend.EQUAL
    return Trend.UP if now > former else Trend.DOWN


def change(now: Decimal | None, former: Former, than: str) -> str:
    """较上季度上升1.53个百分点; `than` is 上季度."""
    if now is None:
        return "不作比较"
    if isinstance(former, Hidden):
        return f"{than}数据{WITHHELD}，不作比较"
    if former is None:
        return f"{than}无可比数据"
    if now == former:
        return f"与{than}持平"
    return f"较{than}{'上升' if now > former else '下降'}{abs(now - former)}个百分点"


def signed(now: Decimal | None, former: Former) -> str | None:
    """For a table: +1.53, -0.40, 0.00."""
    if now is None or not isinstance(former, Decimal):
        return None
    return f"{now - former:+}" if now != former else str(now - former)


def percent(figure: Figure) -> str:
    if figure.hidden:
        return WITHHELD
    return NO_FIGURE if figure.percent is None else f"{figure.percent}%"


def counted(figure: Figure) -> str:
    """1182/1236, or amounts in 万元."""
    if figure.hidden or figure.numerator is None or figure.denominator is None:
        return WITHHELD
    return f"{amount(figure.numerator, figure)}/{amount(figure.denominator, figure)}"


def in_full(figure: Figure) -> str:
    """95.63%（1182/1236）"""
    return WITHHELD if figure.hidden else f"{percent(figure)}（{counted(figure)}）"


def to_the_fen(figure: Figure) -> str:
    """90.00%（90000.00元/100000.00元）"""
    if figure.numerator is None or figure.denominator is None:
        return WITHHELD
    above, below = (Decimal(each) / FEN_IN_YUAN for each in (figure.numerator, figure.denominator))
    return f"{percent(figure)}（{above:.2f}元/{below:.2f}元）"


def amount(value: int, figure: Figure) -> str:
    if figure.measure is Measure.COUNT:
        return str(value)
    return f"{(Decimal(value) / FEN_IN_TEN_THOUSAND_YUAN).quantize(CENT, ROUND_HALF_UP)}万元"


def cells(figure: Figure) -> tuple[Cell, Cell, Cell]:
    """Numerator, denominator, percent."""
    if figure.hidden:
        return HIDDEN, HIDDEN, HIDDEN
    assert figure.numerator is not None, "a figure that is not hidden tells what it is formed from"
    assert figure.denominator is not None
    shown = None if figure.percent is None else str(figure.percent)
    return amount(figure.numerator, figure), amount(figure.denominator, figure), shown


def listed(words: Sequence[str]) -> str:
    return "、".join(words)
