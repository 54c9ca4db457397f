"""The record of persuasions as a page for the police (X43)."""

from __future__ import annotations

from datetime import datetime
from html import escape

from services.routing.cases.schemas import CaseSummary
from services.routing.field.schemas import PersuasionOut, PersuasionsOut
from shared.clock import BEIJING

PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>劝导记录 {number}</title>
<style>
body {{ font: 14px/1.6 serif; margin: 2cm }} h1 {{ font-size: 20px; text-align: center }}
table {{ border-collapse: collapse; width: 100% }}
th, td {{ border: 1px solid #000; padding: 4px 8px; text-align: left; vertical-align: top }}
</style></head><body>
<h1>劝导记录</h1>
<p>案件编号：{number}　类别：{category}　地点：{estate}　共 {count} 次</p>
<table><thead><tr><th>序号</th><th>时间</th><th>地点</th><th>被劝导人</th><th>劝导内容</th>
<th>结果</th><th>登记时间</th></tr></thead><tbody>
{rows}
</tbody></table>
<p>打印时间：{printed}　打印单位（盖章）：　　　　　　</p>
</body></html>
"""
ROW = "<tr>" + "<td>{}</td>" * 7 + "</tr>"
HEEDED = {True: "听从劝导", False: "劝导无效"}


def printed(case: CaseSummary, persuasions: PersuasionsOut, now: datetime) -> str:
    """Every record in order, each word escaped: people write what they like."""
    rows = [_row(number, each) for number, each in enumerate(persuasions.items, start=1)]
    return PAGE.format(
        number=escape(case.number),
        category=escape(case.category_name),
        estate=escape(case.estate_name),
        count=len(rows),
        rows="\n".join(rows),
        printed=_moment(now),
    )


def _row(number: int, each: PersuasionOut) -> str:
    cells = (each.place or "", each.persons, each.what, HEEDED[each.heeded])
    shown = [escape(cell) for cell in cells]
    return ROW.format(number, _moment(each.at), *shown, _moment(each.recorded_at))


def _moment(at: datetime) -> str:
    return f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M}"
