"""各县（市、区）排名: places of one level beside each other, indicator by indicator (D12)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.survey.bulletins.domain.content import (
    Cell,
    Chart,
    ChartKind,
    Column,
    Figure,
    Section,
    Series,
    Table,
)
from services.survey.bulletins.domain.figures import chinese_of, of_level
from services.survey.bulletins.domain.wording import cells, listed, percent
from shared.divisions import COUNTY_DIGITS, STREET_DIGITS
from shared.rulebook import Rulebook
from shared.rulebook.sections.bulletins import Bulletins


@dataclass(frozen=True)
class Level:
    """`digits` of the codes, and what its places are called."""

    digits: int
    chinese: str


COUNTIES = Level(COUNTY_DIGITS, "县（市、区）")
STREETS = Level(STREET_DIGITS, "街道（乡镇）")


@dataclass(frozen=True)
class Ranking:
    """An indicator's figures at one level, best first, those without a rank last."""

    code: str
    chinese: str
    meaning: str
    lowest_first: bool
    figures: tuple[Figure, ...]

    @property
    def ranked(self) -> tuple[Figure, ...]:
        return tuple(each for each in self.figures if each.rank is not None)

    @property
    def first(self) -> tuple[Figure, ...]:
        return tuple(each for each in self.ranked if each.rank == 1)

    @property
    def last(self) -> tuple[Figure, ...]:
        """Nobody is last where all are first, or where there is nobody to compare with."""
        worst = max((each.rank or 0 for each in self.ranked), default=0)
        return tuple(each for each in self.ranked if each.rank == worst and worst > 1)


def rankings(figures: Iterable[Figure], level: Level, book: Rulebook) -> list[Ranking]:
    every = tuple(figures)
    return [
        Ranking(
            code,
            chinese_of(code, book),
            _meaning(code, book),
            code in book.bulletins.lower_is_better,
            tuple(sorted(of_level(every, code, level.digits), key=_order)),
        )
        for code in book.reports.core_indicators
    ]


def _meaning(code: str, book: Rulebook) -> str:
    words = next(each for each in book.bulletins.figures if each.code == code)
    return f"{words.numerator}除以{words.denominator}"


def section(
    found: Sequence[Ranking], level: Level, rules: Bulletins, *, upto: int | None = None
) -> Section:
    """With `upto`, ranks behind it are left to the open data."""
    charts = () if upto is not None else tuple(filter(None, (_chart(each) for each in found)))
    note = (
        "排名依据各地指标数值确定，数值相同的名次并列，其后名次顺延；"
        "无数据或数据不予公布的不参加排名。"
    )
    tables = (_table(each, level, upto) for each in found)
    cut = () if upto is None else (f"以下仅列各项指标排名前{upto}位的，全部数据见开放数据。",)
    told = (sentence(each, level) for each in found if each.ranked)
    return Section(
        heading=f"各{level.chinese}排名",
        paragraphs=(note, *cut, *told, *_not_compared(found, level, rules)),
        tables=tuple(each for each in tables if each.rows),
        charts=charts,
    )


def _not_compared(found: Sequence[Ranking], level: Level, rules: Bulletins) -> tuple[str, ...]:
    """In one sentence: where a single place has a figure, it has no rank."""
    names = [each.chinese for each in found if not each.ranked]
    if not names:
        return ()
    few = f"有可比数据的{level.chinese}不足{rules.ranked_at_least}个，不作比较。"
    return (f"{listed(names)}：{few}",)


def sentence(ranking: Ranking, level: Level) -> str:
    name = ranking.chinese + ("（由低到高）" if ranking.lowest_first else "")
    if not ranking.last:
        return f"{name}：有可比数据的{level.chinese}均为{percent(ranking.first[0])}，名次并列。"
    return f"{name}：{_at(ranking.first, '第1名', '居')}，{_at(ranking.last, '末位', '居')}。"


def _at(figures: Sequence[Figure], place: str, verb: str) -> str:
    names = listed([each.place_name for each in figures])
    verb = "并列" if len(figures) > 1 else verb
    return f"{names}{verb}{place}（{percent(figures[0])}）"


def _order(figure: Figure) -> tuple[bool, int, str]:
    return figure.rank is None, figure.rank or 0, figure.place


def _columns(ranking: Ranking, level: Level) -> tuple[Column, ...]:
    return (
        Column(key="rank", chinese="名次", meaning="数值相同的名次并列，其后名次顺延"),
        Column(key="place_name", chinese=level.chinese, meaning="行政区划名称"),
        Column(key="numerator", chinese="分子", meaning="见各项指标的含义；金额以万元列示"),
        Column(key="denominator", chinese="分母", meaning="见各项指标的含义；金额以万元列示"),
        Column(key="percent", chinese=ranking.chinese, unit="%", meaning=ranking.meaning),
    )


def _table(ranking: Ranking, level: Level, upto: int | None) -> Table:
    shown = [each for each in ranking.figures if upto is None or (each.rank or upto + 1) <= upto]
    return Table(
        caption=f"各{level.chinese}{ranking.chinese}排名",
        columns=_columns(ranking, level),
        rows=tuple(map(_row, shown)),
    )


def _row(figure: Figure) -> tuple[Cell, ...]:
    rank = None if figure.rank is None else str(figure.rank)
    return (rank, figure.place_name, *cells(figure))


def _chart(ranking: Ranking) -> Chart | None:
    """Who has no percentage has no bar."""
    shown = ranking.ranked
    if not shown:
        return None
    return Chart(
        kind=ChartKind.BAR,
        caption=f"各地{ranking.chinese}",
        categories=tuple(each.place_name for each in shown),
        series=(Series(name=ranking.chinese, values=tuple(each.percent for each in shown)),),
        unit="%",
    )
