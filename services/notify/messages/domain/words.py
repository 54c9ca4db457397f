"""How codes and moments are said to people, in Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from decimal import Decimal

from shared.clock import BEIJING
from shared.contracts.vocabulary import Grade, RefusalReason, ResultCode

GRADES: Mapping[Grade, str] = {
    Grade.SMALL: "小事",
    Grade.MEDIUM: "中事",
    Grade.MAJOR: "大事",
}
RESULTS: Mapping[ResultCode, str] = {
    ResultCode.SOLVED: "已解决",
    ResultCode.PARTLY: "部分解决",
    ResultCode.AGREED: "已达成调解协议",
    ResultCode.EXPLAINED: "已解释说明",
    ResultCode.NOT_TRUE: "经查情况不属实",
    ResultCode.TO_LITIGATION: "已引导通过诉讼解决",
    ResultCode.TO_AUTHORITY: "已移送主管部门",
    ResultCode.WITHDRAWN: "已撤回",
    ResultCode.NOT_POSSIBLE: "客观上暂无法解决",
}
REASONS: Mapping[RefusalReason, str] = {
    RefusalReason.POLICE: "属于公安机关管辖的警务事项",
    RefusalReason.OUT_OF_SCOPE: "不属于本平台受理范围",
    RefusalReason.IN_COURT: "已进入诉讼或仲裁程序",
    RefusalReason.FINAL_PETITION: "信访程序已经终结",
    RefusalReason.ABUSIVE: "内容不符合提交规范",
    RefusalReason.NO_INFO: "信息不足，无法办理",
}

TITLES_OF_NOTICES: Mapping[str, str] = {
    "SURVEY_RESULT": "满意度测评结果公示",
    "BULLETIN": "物业治理信息通报",
    "QUALITY_REPORT": "物业服务质量评价报告",
    "OTHER": "公示信息",
}

HALVES: Mapping[str, str] = {"H1": "上半年", "H2": "下半年"}

PAUSES: Mapping[str, str] = {
    "WAIT_OWNER": "等待您补充材料或配合",
    "APPRAISAL": "等待鉴定、检测结论",
    "OWNERS_VOTE": "等待业主共同决定",
    "FORCE_MAJEURE": "不可抗力",
    "COURT": "等待法院程序",
}
PAUSES_AT_WORK: Mapping[str, str] = {**PAUSES, "WAIT_OWNER": "等待诉求人补充材料或配合"}


def of_period(period: str) -> str:
    """`2026年上半年`, `2026年第1季度`, `2026年3月`, `2026年`; anything else as it is."""
    year, _, part = period.partition("-")
    if part in HALVES:
        return f"{year}年{HALVES[part]}"
    if part.startswith("Q"):
        return f"{year}年第{part[1:]}季度"
    return f"{year}年{int(part)}月" if part.isdecimal() else f"{year}年{part}"


def points(scores: Iterable[Decimal]) -> str:
    """`79.60分、78.00分`."""
    return "、".join(f"{score}分" for score in scores)


def percent(share: float) -> str:
    """`50%`."""
    return f"{share:.0%}"


def span(late: timedelta = timedelta()) -> str:
    """How long: `3天2小时`, `40分钟`; what is shorter than a minute has only just happened."""
    minutes = int(late.total_seconds()) // 60
    parts = [(minutes // 1440, "天"), (minutes // 60 % 24, "小时"), (minutes % 60, "分钟")]
    said = [f"{count}{unit}" for count, unit in parts if count]
    return "".join(said[:2]) or "不足1分钟"


def at(moment: datetime) -> str:
    """When something happened: `2026年3月2日 10:00`."""
    here = moment.astimezone(BEIJING)
    return f"{here.year}年{here.month}月{here.day}日 {here:%H:%M}"


def until(moment: datetime) -> str:
    """When something is due; the end of a day is 24:00 of that day, not 00:00 of the next."""
    here = moment.astimezone(BEIJING)
    if here.time() != time.min:
        return at(here)
    ended = here - timedelta(days=1)
    return f"{ended.year}年{ended.month}月{ended.day}日 24:00"


def last_day(moment: datetime) -> str:
    """The day on which a deadline ends."""
    return until(moment).partition(" ")[0]
