"""The result as a page for the notice board (小区公示栏), to be printed (E05)."""

from __future__ import annotations

from datetime import datetime
from html import escape

from services.survey.indicators.domain.spans import Period
from services.survey.rendering.domain.showing import day
from services.survey.surveys.tables import Survey
from shared.clock import BEIJING
from shared.rulebook import Rulebook

PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>业主满意度测评结果公示</title>
<style>
body {{ font: 16px/1.8 serif; margin: 2cm }} h1 {{ font-size: 24px; text-align: center }}
table {{ border-collapse: collapse; width: 100% }}
th, td {{ border: 1px solid #000; padding: 6px 10px; text-align: left }}
.score {{ font-size: 32px; text-align: center }}
</style></head><body>
<h1>业主满意度测评结果公示</h1>
<p>小区：{estate}　测评周期：{period}　问卷：{questionnaire}起施行</p>
<p class="score">综合得分：<strong>{score}</strong> 分（满分100分）</p>
<p>本小区共 {households} 户，入户走访 {visited} 户，走访覆盖率 {coverage}%。</p>
<p>有效问卷 {answers} 份，每户计一份。</p>
{averages}
<p>结果统计时间：{closed}　公示单位（盖章）：　　　　　　</p>
<p>{channels}对结果有异议的，请向社区或街道（乡镇）反映。</p>
</body></html>
"""
TABLE = """<table><thead><tr><th>测评维度</th><th>平均分（1至{top}分）</th></tr></thead><tbody>
{rows}
</tbody></table>"""
TOGETHER = "结果应于同一日在小区公示栏和业主群公开。"
APART = "结果已在小区公示栏和业主群公开，两处未于同一日公开。"
ROW = "<tr><td>{}</td><td>{}</td></tr>"
WITHHELD = "<p>为保护住户隐私，本次不公布各维度得分。</p>"


def notice(survey: Survey, book: Rulebook) -> str:
    """The figures that everybody may see, each word escaped."""
    assert survey.closed_at is not None, "only a counted survey is printed"
    return PAGE.format(
        estate=escape(survey.estate_name),
        period=Period.named(survey.period).chinese,
        questionnaire=day(book.header.in_force_from),
        score=survey.score,
        households=survey.households,
        visited=survey.visited,
        coverage=survey.coverage,
        answers=survey.answers,
        averages=_averages(survey, book),
        closed=_moment(survey.closed_at),
        channels=APART if survey.synchronous is False else TOGETHER,
    )


def _averages(survey: Survey, book: Rulebook) -> str:
    if survey.averages is None:
        return WITHHELD
    rows = [
        ROW.format(escape(each.chinese), survey.averages[each.code])
        for each in book.survey.dimensions
    ]
    return TABLE.format(top=book.survey.scale_top, rows="\n".join(rows))


def _moment(at: datetime) -> str:
    return f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M}"
