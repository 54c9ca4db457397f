"""总体情况 and 核心指标: how the whole stands, and how it stood before (D11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from services.survey.bulletins.domain.content import (
    HIDDEN,
    Chart,
    ChartKind,
    Column,
    Figure,
    Hidden,
    Series,
    Table,
)
from services.survey.bulletins.domain.figures import chinese_of
from services.survey.bulletins.domain.gathered import Gathered, Mix
from services.survey.bulletins.domain.periods import briefly
from services.survey.bulletins.domain.wording import (
    Former,
    Trend,
    cells,
    change,
    listed,
    percent,
    signed,
    trend,
)
from services.survey.indicators.domain.shares import Share
from services.survey.indicators.domain.spans import Period
from shared.rulebook import Rulebook

FORMER = "上季度"
ACCEPTED = "COMPLAINTS_HANDLED"
COLUMNS = (
    Column(key="indicator", chinese="指标", meaning="核心指标名称"),
    Column(key="percent", chinese="本期", unit="%", meaning="分子除以分母，四舍五入保留两位小数"),
    Column(key="former", chinese="上期", unit="%", meaning="上一季度的同一指标"),
    Column(key="change", chinese="增减", unit="个百分点", meaning="本期减上期"),
    Column(key="numerator", chinese="分子", meaning="见各项指标的含义；金额以万元列示"),
    Column(key="denominator", chinese="分母", meaning="见各项指标的含义；金额以万元列示"),
    Column(key="period", chinese="统计周期", meaning="数据所属的季度"),
    Column(key="source", chinese="数据来源", meaning="数据由何处汇总"),
)


@dataclass(frozen=True)
class Compared:
    """A figure of the whole beside that of the period before."""

    figure: Figure
    former: Former
    lower_is_better: bool

    @property
    def trend(self) -> Trend:
        return trend(self.figure.percent, self.former)

    @property
    def better(self) -> bool:
        return self.trend is (Trend.DOWN if self.lower_is_better else Trend.UP)

    @property
    def worse(self) -> bool:
        return self.trend is (Trend.UP if self.lower_is_better else Trend.DOWN)


def compared(figures: Sequence[Figure], gathered: Gathered, book: Rulebook) -> list[Compared]:
    former = _formerly(gathered, book, gathered.past[-1].period if gathered.past else "")
    lower = book.bulletins.lower_is_better
    return [Compared(each, former.get(each.code), each.code in lower) for each in figures]


def accepted(lines: Sequence[Compared], region: str, period_name: str) -> str:
    line = _accepted(lines)
    figure = line.figure
    if figure.hidden:
        return f"{period_name}，{region}受理物业领域投诉的具体数据不予公布。"
    if not figure.denominator:
        return f"{period_name}，{region}未受理物业领域投诉。"
    return (
        f"{period_name}，{region}共受理物业领域投诉{figure.denominator}件，其中已办结"
        f"{figure.numerator}件，投诉处理率为{percent(figure)}，"
        f"{change(figure.percent, line.former, FORMER)}。"
    )


def balance(lines: Sequence[Compared]) -> str:
    """How many of the indicators are better, worse, the same."""
    groups = (
        ("好转的有{}项（{}）", [each for each in lines if each.better]),
        ("转差的有{}项（{}）", [each for each in lines if each.worse]),
        ("持平的有{}项（{}）", [each for each in lines if each.trend is Trend.EQUAL]),
        ("无可比数据的有{}项（{}）", [each for each in lines if each.trend is Trend.UNKNOWN]),
    )
    parts = [
        words.format(len(group), listed([each.figure.chinese for each in group]))
        for words, group in groups
        if group
    ]
    return f"{len(lines)}项核心指标与{FORMER}相比，{'，'.join(parts)}。"


def mixture(
    mix: Sequence[Mix], lines: Sequence[Compared], book: Rulebook, *, city: bool
) -> str | None:
    """The categories with most complaints, in their order; how many there are of each is told of
    the city alone, for the city's less the counties' would be those of another county. Few of a
    kind are not told, nor so many that few are left over, and nothing where the number of
    complaints is withheld: counts with their shares would tell it.
    """
    if _accepted(lines).figure.hidden:
        return None
    few, total = range(1, book.survey.cell_at_least), sum(each.count for each in mix)
    told = sorted(mix, key=lambda each: (-each.count, each.chinese))[: book.reports.analysis_top]
    shown = [each for each in told if each.count and each.count not in few]
    while city and shown and total - sum(each.count for each in shown) in few:
        shown.pop()
    if not shown:
        return None
    words = [_category(each, total, book) if city else each.chinese for each in shown]
    return f"从投诉类别看，居前的依次为：{listed(words)}。"


def sentences(lines: Sequence[Compared]) -> tuple[str, ...]:
    return tuple(f"{number}．{_sentence(line)}" for number, line in enumerate(lines, start=1))


def table(lines: Sequence[Compared], region: str, period_name: str) -> Table:
    """D11: exactly one line for each core indicator."""
    rows = []
    for line in lines:
        numerator, denominator, shown = cells(line.figure)
        former = str(line.former) if isinstance(line.former, Decimal) else line.former
        withheld = line.figure.hidden or isinstance(line.former, Hidden)
        difference = HIDDEN if withheld else signed(line.figure.percent, line.former)
        rest = (former, difference, numerator, denominator, period_name, line.figure.source)
        rows.append((line.figure.chinese, shown, *rest))
    return Table(caption=f"{region}物业治理核心指标", columns=COLUMNS, rows=tuple(rows))


def course(figures: Sequence[Figure], gathered: Gathered, book: Rulebook) -> Chart | None:
    """How the indicators that the letter names went, quarter by quarter."""
    periods = tuple(dict.fromkeys(each.period for each in gathered.past))
    if not periods:
        return None
    now = {each.code: HIDDEN if each.hidden else each.percent for each in figures}
    past = [_formerly(gathered, book, period) for period in periods]
    series = tuple(
        Series(
            name=chinese_of(code, book),
            values=(*(each.get(code) for each in past), now[code]),
        )
        for code in book.bulletins.trend_indicators
    )
    return Chart(
        kind=ChartKind.LINE,
        caption=f"近{len(periods) + 1}个季度主要指标走势",
        categories=tuple(briefly(Period.named(each)) for each in (*periods, gathered.period)),
        series=series,
        unit="%",
    )


def _sentence(line: Compared) -> str:
    figure = line.figure
    if figure.hidden:
        return f"{figure.chinese}：为保护个人信息，本期数据不予公布，不作比较。"
    if figure.percent is None:
        return f"{figure.chinese}：本期无相关数据，以“—”表示，不作比较。"
    note = "，该指标越低越好" if line.lower_is_better else ""
    compared_with = change(figure.percent, line.former, FORMER)
    return f"{figure.chinese}：{percent(figure)}，{compared_with}{note}。"


def _formerly(gathered: Gathered, book: Rulebook, period: str) -> Mapping[str, Former]:
    """What was withheld in an earlier period is no more shown than if it were of this one."""
    return {
        each.code: HIDDEN
        if each.hidden
        else Share(each.numerator, each.denominator).percent(book.scores)
        for each in gathered.past
        if each.period == period
    }


def _category(mix: Mix, total: int, book: Rulebook) -> str:
    share = Share(mix.count, total).percent(book.scores)
    return f"{mix.chinese}{mix.count}件（占{share}%）"


def _accepted(lines: Sequence[Compared]) -> Compared:
    return next(each for each in lines if each.figure.code == ACCEPTED)
