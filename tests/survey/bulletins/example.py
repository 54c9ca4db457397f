"""A bulletin and a quality report as they would be published, with invented figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from services.survey.bulletins.domain.content import (
    HIDDEN,
    Assessed,
    BulletinContent,
    Cell,
    Chart,
    ChartKind,
    Column,
    Correction,
    Difference,
    Figure,
    Kind,
    Measure,
    Section,
    Series,
    Table,
)

COUNTIES = (
    ("421202", "咸安区"),
    ("421221", "嘉鱼县"),
    ("421222", "通城县"),
    ("421223", "崇阳县"),
    ("421224", "通山县"),
    ("421281", "赤壁市"),
)
# code, name, source, then numerator and denominator of the city
CORE = (
    ("FEES_COLLECTED", "物业收费率", "物业服务企业按季填报", 8_412_306_50, 10_350_000_00),
    ("COMPLAINTS_HANDLED", "投诉处理率", "六端互通平台工单记录", 1_182, 1_236),
    ("DISPUTES_RESOLVED", "矛盾化解率", "六端互通平台工单记录", 1_043, 1_130),
    ("DISPATCH_ON_TIME", "派单及时率", "六端互通平台工单记录", 1_219, 1_236),
    ("MEDIATION_STARTED_ON_TIME", "24小时调解启动率", "六端互通平台工单记录", 1_104, 1_198),
    ("FEEDBACK_ON_TIME", "7日反馈及时率", "六端互通平台工单记录", 1_140, 1_182),
    ("MEDIATION_SUCCESS", "调解成功率", "六端互通平台调解记录", 486, 512),
    ("SATISFACTION", "群众满意度", "六端互通平台回访记录", 903, 988),
    ("REPEAT_COMPLAINTS", "重复投诉率", "六端互通平台工单记录", 37, 1_182),
    ("MAJOR_CLOSED_ON_TIME", "重大纠纷按期办结率", "六端互通平台工单记录", 0, 0),
)
HANDLED = ((421, 438), (188, 197), (152, 160), (139, 149), (0, 0), (282, 292))
RANKS = (2, 4, 5, 6, None, 1)
INDICATOR_COLUMNS = (
    Column(key="indicator", chinese="指标", meaning="核心指标的名称"),
    Column(key="percent", chinese="本期", unit="%", meaning="分子除以分母，四舍五入保留两位小数"),
    Column(key="former", chinese="上期", unit="%", meaning="上一季度的同一指标"),
    Column(key="change", chinese="增减", unit="个百分点", meaning="本期减上期"),
    Column(key="numerator", chinese="分子", meaning="见各指标的数据说明"),
    Column(key="denominator", chinese="分母", meaning="见各指标的数据说明"),
    Column(key="period", chinese="统计周期", meaning="指标所属的季度"),
    Column(key="source", chinese="数据来源", meaning="数据由何处汇总"),
)
RANKING_COLUMNS = (
    Column(key="rank", chinese="名次", meaning="并列的名次相同，其后名次顺延"),
    Column(key="place_name", chinese="县（市、区）", meaning="行政区划名称"),
    Column(key="numerator", chinese="办结件数", unit="件", meaning="期内受理并已办结的件数"),
    Column(key="denominator", chinese="受理件数", unit="件", meaning="期内受理的件数"),
    Column(key="percent", chinese="投诉处理率", unit="%", meaning="办结件数除以受理件数"),
)


def percent(numerator: int, denominator: int) -> Decimal | None:
    if not denominator:
        return None
    return round(Decimal(numerator) * 100 / Decimal(denominator), 2)


def city_figures(period: str = "2026-Q1") -> tuple[Figure, ...]:
    return tuple(
        Figure(
            code=code,
            chinese=chinese,
            place="4212",
            place_name="咸宁市",
            numerator=numerator,
            denominator=denominator,
            measure=Measure.FEN if code == "FEES_COLLECTED" else Measure.COUNT,
            percent=percent(numerator, denominator),
            period=period,
            source=source,
        )
        for code, chinese, source, numerator, denominator in CORE
    )


def county_figures(period: str = "2026-Q1") -> tuple[Figure, ...]:
    """嘉鱼县 is hidden because it is small, 通山县 has nothing to tell."""
    return tuple(
        Figure(
            code="COMPLAINTS_HANDLED",
            chinese="投诉处理率",
            place=place,
            place_name=name,
            numerator=None if place == "421221" else numerator,
            denominator=None if place == "421221" else denominator,
            percent=None if place == "421221" else percent(numerator, denominator),
            rank=None if place == "421221" else rank,
            hidden=place == "421221",
            period=period,
            source="六端互通平台工单记录",
        )
        for (place, name), (numerator, denominator), rank in zip(
            COUNTIES, HANDLED, RANKS, strict=True
        )
    )


def _shown(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _indicator_rows(figures: Sequence[Figure]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (
            each.chinese,
            _shown(each.percent),
            "94.10" if each.denominator else None,
            "+1.20" if each.denominator else None,
            str(each.numerator),
            str(each.denominator),
            "2026年第一季度",
            each.source,
        )
        for each in figures
    )


def _ranking_rows(figures: Sequence[Figure]) -> tuple[tuple[Cell, ...], ...]:
    rows: list[tuple[Cell, ...]] = []
    for each in figures:
        if each.hidden:
            rows.append((None, each.place_name, HIDDEN, HIDDEN, HIDDEN))
            continue
        rank = None if each.rank is None else str(each.rank)
        counts = (str(each.numerator), str(each.denominator))
        rows.append((rank, each.place_name, *counts, _shown(each.percent)))
    return tuple(rows)


def _sections(figures: Sequence[Figure], ranked: Sequence[Figure]) -> tuple[Section, ...]:
    return (
        _overview(),
        _indicators(figures),
        _ranking(ranked),
        Section(
            heading="存在问题",
            paragraphs=(
                "部分街道首次调解启动不够及时，个别小区同一问题反复投诉。",
                "个别物业服务企业收费公示不规范，群众意见较为集中。",
            ),
        ),
        Section(
            heading="下一步工作要求",
            paragraphs=(
                "各县（市、区）要压实属地责任，对排名靠后的指标逐项分析原因，限期整改。",
                "各街道（乡镇）要落实24小时启动调解的要求，做到小事不出社区、大事不出街道。",
            ),
        ),
    )


def _overview() -> Section:
    return Section(
        heading="总体情况",
        paragraphs=(
            "2026年第一季度，全市共受理物业服务类投诉1236件，办结1182件，投诉处理率为95.63%，"
            "较上季度上升1.53个百分点。",
            "从诉求类别看，物业费争议占32.00%，设施设备维修占28.00%，停车管理占15.00%。",
        ),
        charts=(
            Chart(
                kind=ChartKind.BAR,
                caption="投诉类别构成",
                categories=("物业费争议", "设施设备维修", "停车管理", "其他"),
                series=(
                    Series(
                        name="占比",
                        values=tuple(map(Decimal, ("32.00", "28.00", "15.00", "25.00"))),
                    ),
                ),
                unit="%",
            ),
        ),
    )


def _indicators(figures: Sequence[Figure]) -> Section:
    return Section(
        heading="核心指标",
        paragraphs=("十项核心指标完成情况见下表。分母为零的指标以“—”表示，不作比较。",),
        tables=(
            Table(
                caption="全市物业治理核心指标",
                columns=INDICATOR_COLUMNS,
                rows=_indicator_rows(figures),
            ),
        ),
        charts=(
            Chart(
                kind=ChartKind.LINE,
                caption="近五个季度群众满意度",
                categories=("2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1"),
                series=(
                    Series(
                        name="群众满意度",
                        values=(
                            None,
                            Decimal("88.20"),
                            Decimal("89.75"),
                            Decimal("90.10"),
                            Decimal("91.40"),
                        ),
                    ),
                ),
                unit="%",
            ),
        ),
    )


def _ranking(ranked: Sequence[Figure]) -> Section:
    return Section(
        heading="各县（市、区）排名",
        paragraphs=("投诉处理率居前的是赤壁市（96.58%）、咸安区（96.12%）。",),
        tables=(
            Table(
                caption="各县（市、区）投诉处理率排名",
                columns=RANKING_COLUMNS,
                rows=_ranking_rows(ranked),
            ),
        ),
        charts=(
            Chart(
                kind=ChartKind.BAR,
                caption="各县（市、区）投诉处理率",
                categories=tuple(each.place_name for each in ranked),
                series=(Series(name="投诉处理率", values=tuple(each.percent for each in ranked)),),
                unit="%",
            ),
        ),
    )


CORRECTION = Correction(
    edition=1,
    published_at=datetime.fromisoformat("2026-04-10T09:00:00+08:00"),
    reason="赤壁市赤马港街道补报3月下旬的办结记录。",
    differences=(
        Difference(
            code="COMPLAINTS_HANDLED",
            chinese="投诉处理率",
            place="4212",
            place_name="咸宁市",
            before="95.47%（1180/1236）",
            after="95.63%（1182/1236）",
        ),
    ),
)


def example_bulletin(*, edition: int = 1) -> BulletinContent:
    """From the second edition on it corrects the first."""
    figures, ranked = city_figures(), county_figures()
    return BulletinContent(
        kind=Kind.BULLETIN,
        title="全市物业治理信息通报",
        issue="2026年第1期",
        period="2026-Q1",
        period_name="2026年第一季度",
        division="4212",
        division_name="咸宁市",
        publisher="咸宁市综治中心",
        edition=edition,
        corrects=CORRECTION if edition > 1 else None,
        computed_at=datetime.fromisoformat("2026-04-08T17:30:00+08:00"),
        published_at=datetime.fromisoformat("2026-04-10T09:00:00+08:00"),
        summary=(
            "现将2026年第一季度全市物业治理工作情况通报如下。",
            "本期通报的十项核心指标由六端互通平台依据业务记录统计生成。",
        ),
        sections=_sections(figures, ranked),
        figures=(*figures, *ranked),
    )


ESTATES = (
    ("桂花园", "421202001", "温泉街道", "咸安物业服务有限公司", "92.10", "EXCELLENT", "优秀", 1),
    ("银泉小区", "421202002", "浮山街道", "浮山物业服务有限公司", "85.40", "GOOD", "良好", 2),
    ("赤马新城", "421281002", "赤马港街道", "赤壁物业服务有限公司", "85.40", "GOOD", "良好", 2),
    ("鱼岳花苑", "421221103", "鱼岳镇", "嘉鱼物业服务有限公司", "58.25", "POOR", "差", 4),
    ("天城佳苑", "421223100", "天城镇", "崇阳物业服务有限公司", None, None, None, None),
)


def _assessed() -> tuple[Assessed, ...]:
    return tuple(
        Assessed(
            estate_id=f"00000000-0000-7000-8000-{number:012d}",
            estate_name=name,
            division=division,
            division_name=division_name,
            company_id=f"00000000-0000-7000-9000-{number:012d}",
            company_name=company,
            owners=None if score is None else Decimal("88.00"),
            community=None if score is None else Decimal("90.00"),
            third_party=None if score is None else Decimal(score),
            composite=None if score is None else Decimal(score),
            band=band,
            band_name=band_name,
            rank=rank,
        )
        for number, (name, division, division_name, company, score, band, band_name, rank) in (
            enumerate(ESTATES, start=1)
        )
    )


RESULT_COLUMNS = (
    Column(key="rank", chinese="名次", meaning="综合得分相同的名次相同"),
    Column(key="estate_name", chinese="小区", meaning="小区名称"),
    Column(key="division_name", chinese="街道（乡镇）", meaning="小区所在街道"),
    Column(key="company_name", chinese="物业服务企业", meaning="评价期内的服务企业"),
    Column(key="composite", chinese="综合得分", unit="分", meaning="百分制，保留两位小数"),
    Column(key="band_name", chinese="等次", meaning="第三方评价得分对应的等次"),
)


def example_report() -> BulletinContent:
    """The half-yearly report; one estate has no composite score."""
    assessed = _assessed()
    table = Table(
        caption="物业服务质量评价结果",
        columns=RESULT_COLUMNS,
        rows=tuple(
            (
                None if each.rank is None else str(each.rank),
                each.estate_name,
                each.division_name,
                each.company_name,
                _shown(each.composite),
                each.band_name,
            )
            for each in assessed
        ),
    )
    chart = Chart(
        kind=ChartKind.BAR,
        caption="各等次小区数",
        categories=("优秀", "良好", "合格", "差"),
        series=(Series(name="小区数", values=tuple(map(Decimal, (1, 2, 0, 1)))),),
        unit="个",
    )
    return BulletinContent(
        kind=Kind.QUALITY_REPORT,
        title="全市物业服务质量评价报告",
        issue="2026年第1期",
        period="2026-H1",
        period_name="2026年上半年",
        division="4212",
        division_name="咸宁市",
        publisher="咸宁市综治中心",
        edition=1,
        computed_at=datetime.fromisoformat("2026-07-08T17:30:00+08:00"),
        published_at=datetime.fromisoformat("2026-07-10T09:00:00+08:00"),
        summary=("2026年上半年，全市共评价住宅小区5个，其中4个形成综合得分，现将结果公布如下。",),
        sections=(
            Section(
                heading="评价概况",
                paragraphs=("获评优秀1个、良好2个、差1个。",),
                charts=(chart,),
            ),
            Section(heading="评价结果", tables=(table,)),
        ),
        assessed=assessed,
    )
