"""How a value reads, the same on the page, in the document and in the charts."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from services.survey.bulletins.domain.content import (
    BulletinContent,
    Cell,
    Chart,
    Column,
    Hidden,
    Table,
)
from services.survey.indicators.domain.shares import WITHHELD
from shared.clock import BEIJING
from shared.sheets.cells import NO_TEXT

ABSENT = "—"
NO_DATA = f"“{ABSENT}”表示无此项数据"
TOO_FEW = f"“{WITHHELD}”表示数量较少或可据以推算较少数量，为保护个人信息不予公布"
FIRST_EDITION = 1
DIGITS = "零一二三四五六七八九"
TEN = 10

Value = Decimal | Hidden | None  # of a chart


def words(text: str) -> str:
    """Without the characters that no document may hold."""
    return NO_TEXT.sub("", text)


def cell(value: Cell) -> str:
    match value:
        case None:
            return ABSENT
        case Hidden():
            return WITHHELD
        case _:
            return words(value)


def number(value: Value) -> str:
    """As it stands in the content: nothing is rounded here."""
    return cell(f"{value:f}" if isinstance(value, Decimal) else value)


def heading(column: Column) -> str:
    return words(f"{column.chinese}（{column.unit}）" if column.unit else column.chinese)


def note(*tables: Table) -> str | None:
    """What the signs mean that stand for a number, where there are any."""
    values = [value for table in tables for row in table.rows for value in row]
    told = [NO_DATA] if None in values else []
    if any(isinstance(value, Hidden) for value in values):
        told.append(TOO_FEW)
    return f"注：{'；'.join(told)}。" if told else None


def day(moment: datetime) -> str:
    """2026年4月10日, as official documents write it."""
    local = moment.astimezone(BEIJING)
    return f"{local.year}年{local.month}月{local.day}日"


def minute(moment: datetime) -> str:
    local = moment.astimezone(BEIJING)
    return f"{day(moment)}{local.hour}时{local.minute:02d}分"


def stamp(moment: datetime) -> str:
    """For programs; in Beijing's time whatever offset it came with."""
    return moment.astimezone(BEIJING).isoformat()


def ordinal(place: int) -> str:
    """一, 十, 十二, 二十, 九十九: the numbers of headings."""
    tens, ones = divmod(place, TEN)
    head = "" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十"
    return head + (DIGITS[ones] if ones else "")


def issue_line(content: BulletinContent) -> str:
    edition = "" if content.edition == FIRST_EDITION else f"（第{content.edition}版，更正）"
    return words(content.issue) + edition


def correction(content: BulletinContent) -> str | None:
    """What is said above a corrected edition."""
    if content.corrects is None:
        return None
    former = content.corrects
    reason = words(former.reason).rstrip("。")
    return (
        f"本版为第{content.edition}版，对{day(former.published_at)}公布的第{former.edition}版予以更正，"
        f"以本版为准。更正原因：{reason}。"
    )


def differences(content: BulletinContent) -> Table:
    """What reads otherwise than in the former edition."""
    former = content.corrects
    columns = (
        Column(key="place_name", chinese="地区"),
        Column(key="chinese", chinese="指标"),
        Column(key="before", chinese="更正前"),
        Column(key="after", chinese="更正后"),
    )
    rows = [
        (each.place_name, each.chinese, each.before, each.after)
        for each in (former.differences if former else ())
    ]
    return Table(caption="更正内容对照表", columns=columns, rows=tuple(rows))


def as_table(chart: Chart) -> Table:
    """The numbers of a chart, for those who do not see it."""
    columns = [Column(key="category", chinese="项目")]
    columns += [
        Column(key=f"series_{place}", chinese=each.name, unit=chart.unit)
        for place, each in enumerate(chart.series, start=1)
    ]
    shown = [
        tuple(f"{value:f}" if isinstance(value, Decimal) else value for value in each.values)
        for each in chart.series
    ]
    rows = zip(chart.categories, *shown, strict=True)
    return Table(caption=chart.caption, columns=tuple(columns), rows=tuple(rows))
