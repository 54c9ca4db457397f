"""What can be said of talks, rectifications and meetings; names are added where they are known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from services.notify.messages.domain.case_facts import Facts
from services.notify.messages.domain.words import last_day, of_period, percent, points, until
from shared.contracts.routing import (
    LowScoreTalkPrompted,
    MeetingGapState,
    MeetingMissing,
    RectificationDueSoon,
    RectificationEvent,
    TalkPrompted,
)
from shared.contracts.survey import EvaluationState, PoorEvaluationFound
from shared.rulebook import ClockKind, Rulebook

CAUSES: Mapping[str, str] = {
    "LOW_SCORE": "满意度测评得分低于规定标准",
    "POOR_GRADE": "综合评价等次不合格",
    "REOPENED_CASES": "案件多次重新办理",
    "INSPECTION": "检查发现问题",
    "OTHER": "约谈指出的问题",
}
MEETINGS: Mapping[str, str] = {
    "COMMUNITY": "社区物业问题碰头会（每周一次）",
    "STREET": "街道（乡镇）物业联席会议（每月一次）",
    "CITY": "全市物业治理推进会（每季度一次）",
}
UNNAMED: Facts = {
    "company_name": "物业服务企业",
    "place": "有关小区",
    "convenor_name": "召集单位",
}


def rectification(event: RectificationEvent, book: Rulebook) -> Facts:
    """The scores are added where they are known; else the cause is what there is to say."""
    state = event.rectification
    return {
        **UNNAMED,
        "number": _reference("ZG", state.talk_held_at.date(), state.id),
        "category": "限期整改",
        "cause": CAUSES[state.cause],
        "scores": "",
        "talked": last_day(state.talk_held_at),
        "due": until(state.due_at),
    }


def rectification_due_soon(event: RectificationDueSoon, book: Rulebook) -> Facts:
    code = book.clock(ClockKind.RECTIFICATION).code
    return {**rectification(event, book), "share": percent(event.share), "code": code}


def talk_prompted(event: TalkPrompted, book: Rulebook) -> Facts:
    prompt, pattern = event.prompt, book.patterns.reopened_same_company
    return {
        **UNNAMED,
        "number": f"YT-{prompt.id.hex[-6:].upper()}",
        "category": "约谈提示",
        "reopened": str(prompt.reopened),
        "days": str(pattern.within_days),
    }


def low_scores(event: LowScoreTalkPrompted, book: Rulebook) -> Facts:
    prompt = event.prompt
    return {
        **UNNAMED,
        "number": f"YT-{prompt.id.hex[-6:].upper()}",
        "category": "约谈提示",
        "times": str(len(prompt.scores)),
        "scores": points(prompt.scores),
    }


def poor_evaluation(event: PoorEvaluationFound, book: Rulebook) -> Facts:
    found = event.evaluation
    bands = {band.code: band.chinese for band in book.evaluation.bands}
    return {
        **UNNAMED,
        "number": f"PJ-{found.id.hex[-6:].upper()}",
        "category": "约谈提示",
        "period": of_period(found.period),
        "band": bands.get(found.band or "", "差"),
        "scores": points(poor_scores(found)),
    }


def poor_scores(found: EvaluationState) -> tuple[Decimal, ...]:
    """U20: the band follows from the third party's own score."""
    return () if found.third_party is None else (found.third_party,)


def meeting_missing(event: MeetingMissing, book: Rulebook) -> Facts:
    gap = event.gap
    return {
        **UNNAMED,
        "number": f"HS-{gap.division}-{gap.first_day:%Y%m%d}",
        "category": "三级会商",
        "meeting": MEETINGS[gap.level],
        "period": period_of(gap),
    }


def period_of(gap: MeetingGapState) -> str:
    """`2026年第10周（3月2日至3月8日）`, `2026年3月`, `2026年第1季度`."""
    first, last = gap.first_day, gap.last_day
    match gap.cycle:
        case "WEEK":
            year, week, _ = first.isocalendar()
            return f"{year}年第{week}周（{_day(first)}至{_day(last)}）"
        case "QUARTER":
            return f"{first.year}年第{(first.month + 2) // 3}季度"
    return f"{first.year}年{first.month}月"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _reference(letters: str, day: date, id: UUID) -> str:
    """Something to call it by; the id's end tells two of a day apart."""
    return f"{letters}-{day:%Y%m%d}-{id.hex[-6:].upper()}"
