"""《物业服务质量评价报告》: every evaluated estate once, per county and per company (E23)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from services.survey.bulletins.domain.content import (
    Assessed,
    BulletinContent,
    Cell,
    Chart,
    ChartKind,
    Column,
    Section,
    Series,
    Table,
)
from services.survey.bulletins.domain.edition import Edition, Place, headed, region_of
from services.survey.bulletins.domain.gathered import Gathered, Named
from services.survey.bulletins.domain.ranking import ranks
from services.survey.bulletins.domain.wording import listed
from services.survey.surveys.domain.scoring import rounded
from shared.divisions import CITY_DIGITS, COUNTY_DIGITS, STREET_DIGITS
from shared.rulebook import Rulebook
from shared.rulebook.bands import Band

NONE_PARAGRAPH = "本期没有已公布的评价结果。"
SCORE = "百分制，四舍五入保留两位小数"
RESULTS = (
    Column(key="rank", chinese="名次", meaning="按综合得分排列，得分相同的名次并列"),
    Column(key="estate_name", chinese="小区", meaning="小区名称"),
    Column(key="division_name", chinese="所在街道（乡镇）", meaning="小区所在的街道或乡镇"),
    Column(key="company_name", chinese="物业服务企业", meaning="评价期内提供服务的企业"),
    Column(key="owners", chinese="业主评价", unit="分", meaning=SCORE),
    Column(key="community", chinese="社区评价", unit="分", meaning=SCORE),
    Column(key="third_party", chinese="第三方评价", unit="分", meaning=SCORE),
    Column(key="composite", chinese="综合得分", unit="分", meaning=SCORE),
    Column(key="band", chinese="等次", meaning="依据第三方评价得分确定"),
)
REMARK = Column(key="remark", chinese="备注", meaning="得分正在申诉或者经申诉已撤销的情况")


def compose_report(edition: Edition, gathered: Gathered, book: Rulebook) -> BulletinContent:
    """The same things gathered give the same content."""
    frame = headed(edition, gathered)
    region = region_of(gathered)
    assessed = ranked(gathered.assessed, book)
    whole = gathered.whole
    digits = COUNTY_DIGITS if len(whole.code) == CITY_DIGITS else STREET_DIGITS
    places = [
        each
        for each in gathered.places
        if len(each.code) == digits and each.code.startswith(whole.code)
    ]
    sections = (
        Section(
            heading="评价概况",
            paragraphs=(
                *_overview(assessed, book, region),
                *edition.paragraphs(Place.OVERVIEW),
            ),
            charts=_chart(assessed, book),
        ),
        Section(heading="各地评价情况", tables=(_by_place(assessed, places, book),)),
        Section(heading="物业服务企业评价情况", tables=(_by_company(assessed, book),)),
        Section(heading="各小区评价结果", tables=(_results(assessed),)),
        Section(
            heading="存在问题",
            paragraphs=(*_problems(assessed, book), *edition.paragraphs(Place.PROBLEMS)),
        ),
        Section(
            heading="下一步工作要求",
            paragraphs=edition.paragraphs(Place.REQUIREMENTS) or _requirements(assessed, book),
        ),
    )
    summary = (f"现将{frame.period_name}{region}物业服务质量评价结果通报如下。",)
    return frame.model_copy(update={"summary": summary, "sections": sections, "assessed": assessed})


def ranked(assessed: Iterable[Assessed], book: Rulebook) -> tuple[Assessed, ...]:
    """By composite score, equals share a rank; those without one come last."""
    every = list(assessed)
    scores = {_key(each): each.composite for each in every}
    found = ranks(scores, book.bulletins.ranked_at_least)
    placed = [each.model_copy(update={"rank": found.get(_key(each))}) for each in every]
    return tuple(sorted(placed, key=_order))


def _key(assessed: Assessed) -> str:
    return f"{assessed.estate_id}/{assessed.company_id}"


def _order(assessed: Assessed) -> tuple[bool, int, str, str]:
    return assessed.rank is None, assessed.rank or 0, assessed.division, _key(assessed)


def _overview(assessed: Sequence[Assessed], book: Rulebook, region: str) -> tuple[str, ...]:
    if not assessed:
        return (NONE_PARAGRAPH,)
    scored = [each for each in assessed if each.composite is not None]
    bands = [
        f"{band.chinese}{count}个"
        for band in book.evaluation.bands
        if (count := _in_band(assessed, band))
    ]
    composed = f"其中形成综合得分的{_estates(scored)}个" if scored else "均未形成综合得分"
    told = [f"{region}共评价住宅小区{_estates(assessed)}个，{composed}。"]
    mean = _mean(scored, book)
    if mean is not None:
        told.append(f"综合得分平均为{mean}分。")
    if bands:
        told.append(f"按第三方评价得分划分等次：{listed(bands)}。")
    first = [each.estate_name for each in assessed if each.rank == 1]
    if first:
        verb = "并列" if len(first) > 1 else "居"
        told.append(f"{listed(first)}综合得分{verb}第1名（{assessed[0].composite}分）。")
    return tuple(told)


def _chart(assessed: Sequence[Assessed], book: Rulebook) -> tuple[Chart, ...]:
    if not assessed:
        return ()
    bands: Sequence[Band] = book.evaluation.bands
    counts = tuple(Decimal(_in_band(assessed, band)) for band in bands)
    return (
        Chart(
            kind=ChartKind.BAR,
            caption="各等次小区数",
            categories=tuple(band.chinese for band in bands),
            series=(Series(name="小区数", values=counts),),
            unit="个",
        ),
    )


def _by_place(assessed: Sequence[Assessed], places: Sequence[Named], book: Rulebook) -> Table:
    rows = tuple(
        (place.name, *_counted([e for e in assessed if e.division.startswith(place.code)], book))
        for place in places
    )
    name = Column(key="place_name", chinese="地区", meaning="行政区划名称")
    return Table(caption="各地评价情况", columns=(name, *_count_columns(book)), rows=rows)


def _by_company(assessed: Sequence[Assessed], book: Rulebook) -> Table:
    groups: dict[str, list[Assessed]] = {}
    for each in assessed:
        groups.setdefault(each.company_id, []).append(each)
    ordered = sorted(
        groups.values(), key=lambda group: (group[0].company_name, group[0].company_id)
    )
    rows = tuple((group[0].company_name, *_counted(group, book)) for group in ordered)
    name = Column(key="company_name", chinese="物业服务企业", meaning="企业名称")
    return Table(caption="物业服务企业评价情况", columns=(name, *_count_columns(book)), rows=rows)


def _count_columns(book: Rulebook) -> tuple[Column, ...]:
    bands = (
        Column(key=band.code.lower(), chinese=band.chinese, unit="个", meaning="该等次的小区数")
        for band in book.evaluation.bands
    )
    return (
        Column(key="estates", chinese="评价小区", unit="个", meaning="有评价结果的小区数"),
        Column(key="mean", chinese="平均综合得分", unit="分", meaning=SCORE),
        *bands,
    )


def _counted(group: Sequence[Assessed], book: Rulebook) -> tuple[Cell, ...]:
    mean = _mean(group, book)
    bands = (str(_in_band(group, band)) for band in book.evaluation.bands)
    return str(_estates(group)), None if mean is None else str(mean), *bands


def _estates(group: Sequence[Assessed]) -> int:
    """An estate that changed its company in the half-year has two lines and counts once."""
    return len({each.estate_id for each in group})


def _in_band(group: Sequence[Assessed], band: Band) -> int:
    """Once in each band that one of its companies is in."""
    return _estates([each for each in group if each.band == band.code])


def _mean(group: Sequence[Assessed], book: Rulebook) -> Decimal | None:
    scores = [Fraction(each.composite) for each in group if each.composite is not None]
    return rounded(sum(scores, Fraction()) / len(scores), book.scores) if scores else None


def _results(assessed: Sequence[Assessed]) -> Table:
    """With remarks where there are any."""
    remarked = any(each.remark for each in assessed)
    rows = tuple(
        (
            None if each.rank is None else str(each.rank),
            each.estate_name,
            each.division_name,
            each.company_name,
            *map(_shown, (each.owners, each.community, each.third_party, each.composite)),
            each.band_name,
            *((each.remark,) if remarked else ()),
        )
        for each in assessed
    )
    columns = (*RESULTS, REMARK) if remarked else RESULTS
    return Table(caption="各小区物业服务质量评价结果", columns=columns, rows=rows)


def _shown(score: Decimal | None) -> str | None:
    return None if score is None else str(score)


def _problems(assessed: Sequence[Assessed], book: Rulebook) -> tuple[str, ...]:
    worst = book.evaluation.bands[-1]
    poor = [each for each in assessed if each.band == worst.code]
    told = []
    if poor:
        names = listed([f"{each.estate_name}（{each.company_name}）" for each in poor])
        told.append(f"第三方评价等次为“{worst.chinese}”的小区有{_estates(poor)}个：{names}。")
    missing = {each.estate_id: each.estate_name for each in assessed if each.composite is None}
    if missing:
        names = listed(list(missing.values()))
        told.append(
            f"因评价资料不全或评价结果已撤销，未形成综合得分的小区有{len(missing)}个：{names}。"
        )
    if assessed and not told:
        told.append(f"本期评价没有等次为“{worst.chinese}”的小区，但各小区之间服务水平仍有差距。")
    return tuple(told) or (NONE_PARAGRAPH,)


def _requirements(assessed: Sequence[Assessed], book: Rulebook) -> tuple[str, ...]:
    worst = book.evaluation.bands[-1]
    told = ["各地要用好评价结果，督促物业服务企业对照得分查找短板，持续改进服务。"]
    if any(each.band == worst.code for each in assessed):
        told.append(
            f"对评价等次为“{worst.chinese}”的企业，由属地约谈并督促限期整改，整改情况向业主公开。"
        )
    return tuple(told)
