"""What people find in their inboxes of what survey says, beside N01 to N18.

The placeholders of a body are filled by `surveying.py`; nothing personal is among them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.notify.messages.domain.words import of_period, points
from shared.contracts.event import Event
from shared.contracts.survey import (
    CreditGradeDecided,
    CreditGradeState,
    CreditGradeWithdrawn,
    DismissalGuidanceDue,
    DismissalGuidanceState,
    DismissalGuidanceWithdrawn,
    VisitCallingBegan,
)
from shared.contracts.vocabulary import Grade
from shared.rulebook import Rulebook


@dataclass(frozen=True)
class SurveyNote:
    """`to` names desks and seats as a row of the rulebook would."""

    code: str
    trigger: str
    event: type[Event]
    title: str
    phrase: str
    to: tuple[str, ...]
    body: str


CALL_WAITING = SurveyNote(
    "CALL_WAITING",
    "CK-14",
    VisitCallingBegan,
    title="回访电话待拨打",
    phrase="待回访",
    to=("GRID_LEADER", "GRID_WORKER", "DISPATCHER"),
    body="有一件案件的诉求人未在期限内确认办理结果，请在“回访电话”中领取并拨打，"
    "最多拨打{attempts}次；无法联系的，请如实登记。",
)
CREDIT_GRADE = SurveyNote(
    "CREDIT_GRADE",
    "E16",
    CreditGradeDecided,
    title="物业企业信用等级审定",
    phrase="等级审定",
    to=("COMPANY", "HOUSING"),
    body="{company_name}{period}信用等级审定为{grade}（{score}）。{advice}"
    "对所依据的信用记录有异议的，可在信用档案中提出申诉。",
)
CREDIT_GRADE_WITHDRAWN = SurveyNote(
    "CREDIT_GRADE_WITHDRAWN",
    "E28",
    CreditGradeWithdrawn,
    title="物业企业信用等级不再有效",
    phrase="等级失效",
    to=CREDIT_GRADE.to,
    body="{company_name}{period}信用等级{grade}（{score}）所依据的信用记录正在申诉、已被撤销或更正，"
    "该等级即日起不再有效；重新审定的，另行告知。",
)
DISMISSAL_GUIDANCE = SurveyNote(
    "DISMISSAL_GUIDANCE",
    "E27",
    DismissalGuidanceDue,
    title="解聘物业企业程序指引",
    phrase="程序指引",
    to=("GRID_LEADER", "STREET", "HOUSING"),
    body="{estate}的物业服务企业{company_name}连续{count}年评价为差（{years}）。"
    "请依法指导业主大会按以下程序办理，系统不自动解聘：{steps}",
)
DISMISSAL_GUIDANCE_WITHDRAWN = SurveyNote(
    "DISMISSAL_GUIDANCE_WITHDRAWN",
    "E28",
    DismissalGuidanceWithdrawn,
    title="解聘物业企业程序指引撤回",
    phrase="指引撤回",
    to=DISMISSAL_GUIDANCE.to,
    body="此前关于{estate}物业服务企业{company_name}的解聘程序指引（{years}），"
    "所依据的评价结果已被撤销或更正，该指引不再适用；已告知业主委员会的，请及时说明。",
)
NOTES: tuple[SurveyNote, ...] = (
    CALL_WAITING,
    CREDIT_GRADE,
    CREDIT_GRADE_WITHDRAWN,
    DISMISSAL_GUIDANCE,
    DISMISSAL_GUIDANCE_WITHDRAWN,
)

RESTRICTED = "建议限制其参与物业招投标，由有关部门依法决定。"
PREFERRED = "建议同等条件下优先承接政府项目，由采购单位依法决定。"


def callers_desks(grade: str | None, *, confidential: bool) -> Sequence[str]:
    """Facts 2.4, X16: of a major or confidential case the centre alone calls, as of one whose
    grade is not known; X20: a small one was handled by the worker, so the leader calls.
    """
    if confidential or grade not in {Grade.SMALL, Grade.MEDIUM}:
        return ("DISPATCHER",)
    return ("GRID_LEADER",) if grade == Grade.SMALL else ("GRID_LEADER", "GRID_WORKER")


def of_call(book: Rulebook) -> str:
    return CALL_WAITING.body.format(attempts=book.satisfaction.visit_attempts)


def of_grade(grade: CreditGradeState, company_name: str, book: Rulebook) -> str:
    """E17, E18: the flags are proposals; somebody else decides."""
    bands = {band.code: band.chinese for band in book.credit.bands}
    advice = RESTRICTED if grade.bidding_restricted else ""
    return CREDIT_GRADE.body.format(
        company_name=company_name,
        period=of_period(grade.period),
        grade=bands.get(grade.grade, grade.grade),
        score=points([grade.score]),
        advice=PREFERRED if grade.government_priority else advice,
    )


def of_withdrawn_grade(grade: CreditGradeState, company_name: str, book: Rulebook) -> str:
    bands = {band.code: band.chinese for band in book.credit.bands}
    return CREDIT_GRADE_WITHDRAWN.body.format(
        company_name=company_name,
        period=of_period(grade.period),
        grade=bands.get(grade.grade, grade.grade),
        score=points([grade.score]),
    )


def of_guidance(guidance: DismissalGuidanceState, company_name: str, book: Rulebook) -> str:
    """E27: the assembly decides, with the law's days of notice."""
    steps = [each.format(days=guidance.notice_days) for each in book.evaluation.dismissal_steps]
    numbered = "".join(f"（{number}）{step}" for number, step in enumerate(steps, start=1))
    return DISMISSAL_GUIDANCE.body.format(
        estate=guidance.estate_name,
        company_name=company_name,
        count=len(guidance.years),
        years=_years(guidance),
        steps=numbered,
    )


def of_withdrawn_guidance(guidance: DismissalGuidanceState, company_name: str) -> str:
    return DISMISSAL_GUIDANCE_WITHDRAWN.body.format(
        estate=guidance.estate_name, company_name=company_name, years=_years(guidance)
    )


def _years(guidance: DismissalGuidanceState) -> str:
    return "、".join(f"{each.year}年{each.score}分" for each in guidance.years)
