"""What the columns of the open data mean. The words are those of Table Schema where it has one."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from pydantic import Field

from services.survey.bulletins.domain.content import BulletinContent, Column, Kind, Part, Table
from services.survey.rendering.domain.showing import as_table


class Type(StrEnum):
    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"


TYPES = {Type.STRING: "文本", Type.INTEGER: "整数", Type.NUMBER: "小数", Type.BOOLEAN: "是否"}


class Term(Part):
    """A column of the open data; `sources` are the rows of the rules that it follows from."""

    name: str
    title: str
    description: str
    type: Type = Type.STRING
    unit: str | None = None
    sources: tuple[str, ...] = ()


class Code(Part):
    code: str
    title: str
    source: str


class Explained(Part):
    """A table of the edition, as `tables` of the JSON has it."""

    caption: str
    columns: tuple[Column, ...]


class Dictionary(Part):
    fields: tuple[Term, ...]
    codes: tuple[Code, ...]
    tables: tuple[Explained, ...]
    missing_values: tuple[str, ...] = Field(("",), serialization_alias="missingValues")
    primary_key: tuple[str, ...] = Field(serialization_alias="primaryKey")


IN_WORDS = "；data.json的rows中为数值，其tables和content中为文本"
EDITION = (
    Term(
        name="edition",
        title="版次",
        type=Type.INTEGER,
        description="第1版为首次发布，其后各版为更正，以版次最大的为准",
        sources=("D10", "E23"),
    ),
    Term(
        name="period",
        title="统计周期",
        description="2026为全年，2026-H1为上半年，2026-Q1为第一季度，2026-03为3月，均按北京时间",
        sources=("D10", "E16"),
    ),
)
FIGURES = (
    *EDITION,
    Term(name="code", title="指标代码", description="见指标代码表", sources=("D11", "U03")),
    Term(name="chinese", title="指标名称", description="指标的中文名称", sources=("D11",)),
    Term(
        name="place",
        title="地区代码",
        description="统计用区划代码：4位为市，6位为县（市、区），9位为街道（乡镇），12位为社区",
        sources=("A18",),
    ),
    Term(name="place_name", title="地区名称", description="地区的名称", sources=("A18",)),
    Term(
        name="numerator",
        title="分子",
        type=Type.INTEGER,
        description="符合指标要求的数量，计量单位见measure；隐去时为空",
        sources=("D11",),
    ),
    Term(
        name="denominator",
        title="分母",
        type=Type.INTEGER,
        description="纳入统计的数量，计量单位见measure；隐去时为空",
        sources=("D11",),
    ),
    Term(name="measure", title="计量", description="COUNT为件数或份数，FEN为金额（人民币分）"),
    Term(
        name="percent",
        title="指标值",
        type=Type.NUMBER,
        unit="%",
        description=f"分子除以分母，四舍五入保留两位小数；分母为零或者隐去时为空{IN_WORDS}",
        sources=("D11",),
    ),
    Term(
        name="rank",
        title="名次",
        type=Type.INTEGER,
        description="在本版同级地区中的名次，指标值相同的名次相同；不参加排名的为空，可比的地区不足时均为空",
        sources=("D12",),
    ),
    Term(
        name="hidden",
        title="是否隐去",
        type=Type.BOOLEAN,
        description="true表示数量较少，或者由其他数据可以推算出较少的数量，为保护个人信息不予公布",
        sources=("E05",),
    ),
    Term(name="source", title="数据来源", description="数据由何处汇总", sources=("D11",)),
)
ASSESSED = (
    *EDITION,
    Term(name="estate_id", title="小区标识", description="小区在平台中的唯一标识"),
    Term(name="estate_name", title="小区名称", description="小区的名称", sources=("E23",)),
    Term(name="division", title="街道代码", description="小区所在街道（乡镇）的统计用区划代码"),
    Term(name="division_name", title="街道名称", description="小区所在街道（乡镇）的名称"),
    Term(name="company_id", title="企业标识", description="物业服务企业在平台中的唯一标识"),
    Term(
        name="company_name",
        title="企业名称",
        description="评价期内为小区服务的物业服务企业",
        sources=("E23",),
    ),
    Term(
        name="owners",
        title="业主评价得分",
        type=Type.NUMBER,
        unit="分",
        description=f"百分制；没有有效结果的为空{IN_WORDS}",
        sources=("E15",),
    ),
    Term(
        name="community",
        title="社区评价得分",
        type=Type.NUMBER,
        unit="分",
        description=f"百分制；没有有效结果的为空{IN_WORDS}",
        sources=("E15",),
    ),
    Term(
        name="third_party",
        title="第三方评价得分",
        type=Type.NUMBER,
        unit="分",
        description=f"百分制；没有有效结果的为空{IN_WORDS}",
        sources=("E15", "E20"),
    ),
    Term(
        name="composite",
        title="综合得分",
        type=Type.NUMBER,
        unit="分",
        description=f"由三方得分加权计算，四舍五入保留两位小数；不能形成综合得分的为空{IN_WORDS}",
        sources=("E15",),
    ),
    Term(name="band", title="等次代码", description="评价等次的代码", sources=("U19",)),
    Term(name="band_name", title="等次", description="优秀、良好、合格、差", sources=("U19",)),
    Term(
        name="rank",
        title="名次",
        type=Type.INTEGER,
        description="按综合得分排列的名次，得分相同的名次相同；没有综合得分的为空，可比的小区不足时均为空",
        sources=("E23",),
    ),
    Term(
        name="remark",
        title="备注",
        description="得分正在申诉或者经申诉已撤销的情况；没有的为空",
        sources=("E16", "E23"),
    ),
)


def fields_of(content: BulletinContent) -> tuple[Term, ...]:
    return ASSESSED if content.kind is Kind.QUALITY_REPORT else FIGURES


def dictionary_of(content: BulletinContent) -> Dictionary:
    key = (
        ("estate_id", "company_id")
        if content.kind is Kind.QUALITY_REPORT
        else ("period", "code", "place")
    )
    codes = {
        each.code: Code(code=each.code, title=each.chinese, source=each.source)
        for each in content.figures
    }
    return Dictionary(
        fields=fields_of(content),
        codes=tuple(codes.values()),
        tables=tuple(
            Explained(caption=each.caption, columns=each.columns) for each in tables_of(content)
        ),
        primary_key=("edition", *key),
    )


def tables_of(content: BulletinContent) -> Iterator[Table]:
    """All numbers of the edition that are not sentences, those of charts among them."""
    for section in content.sections:
        yield from section.tables
        yield from map(as_table, section.charts)


def fields_table(content: BulletinContent) -> Table:
    """The dictionary as people read it."""
    titles = ("字段", "名称", "含义", "单位", "类型", "依据")
    return Table(
        caption="开放数据字段说明",
        columns=tuple(Column(key=f"field_{at}", chinese=each) for at, each in enumerate(titles)),
        rows=tuple(
            (
                each.name,
                each.title,
                each.description,
                each.unit or "",
                TYPES[each.type],
                "、".join(each.sources),
            )
            for each in fields_of(content)
        ),
    )


def columns_table(content: BulletinContent) -> Table:
    """What the columns of the tables mean, each explanation once."""
    explained = {
        (column.chinese, column.unit or "", column.meaning): None
        for section in content.sections
        for table in section.tables
        for column in table.columns
        if column.meaning
    }
    return Table(
        caption="统计项目说明",
        columns=(
            Column(key="title", chinese="项目"),
            Column(key="unit", chinese="单位"),
            Column(key="meaning", chinese="含义"),
        ),
        rows=tuple(explained),
    )
