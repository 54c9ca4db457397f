"""N14: who must act is reminded, and told when it is late; every rung of lifecycle 3.6."""

from __future__ import annotations

from services.notify.messages.domain.notice import Notice, Template
from shared.contracts.routing import (
    AcceptanceDueSoon,
    AcceptanceOverdue,
    CaseEscalated,
    CaseSupervised,
    ClockBreached,
    ClockWarned,
    RectificationDueSoon,
    TalkPrompted,
)
from shared.rulebook import OTHERS_TIME


def a_desk_must_act(event: ClockWarned | ClockBreached) -> bool:
    """What runs for the owner or the parties makes no desk late; N09 reminds the parties."""
    return event.clock not in OTHERS_TIME


NOTICES: tuple[Notice, ...] = (
    Notice(
        "N14",
        "WARNING",
        AcceptanceDueSoon,
        Template.TASK,
        title="诉求受理时限提醒",
        phrase="受理提醒",
        sentences={
            "case": "诉求{number}尚未受理，",
            "clock": "时限（{clock}）已过{share}，",
            "overdue_by": "将于{due}届满，请在此之前审核。",
        },
    ),
    Notice(
        "N14",
        "BREACH",
        AcceptanceOverdue,
        Template.TASK,
        title="诉求受理已超时",
        phrase="受理超时",
        sentences={
            "case": "诉求{number}尚未受理，",
            "clock": "受理时限（{clock}）",
            "overdue_by": "已于{due}届满，逾期{overdue}，请立即审核。",
        },
    ),
    Notice(
        "N14",
        "WARNING",
        ClockWarned,
        Template.TASK,
        title="办理时限提醒",
        phrase="时限提醒",
        sentences={
            "case": "案件{number}（{category}，{estate}）",
            "clock": "的时限（{clock}）已过{share}，",
            "overdue_by": "将于{clock_due}届满，请在此之前办理。",
        },
        when=a_desk_must_act,
    ),
    Notice(
        "N14",
        "BREACH",
        ClockBreached,
        Template.TASK,
        title="办理时限已届满",
        phrase="已逾期",
        sentences={
            "case": "案件{number}（{category}，{estate}，{grade}，承办：{handler}）",
            "clock": "的时限（{clock}）",
            "overdue_by": "已于{clock_due}届满，逾期{overdue}。{consequence}。",
        },
        when=a_desk_must_act,
    ),
    Notice(
        "N14",
        "BREACH",
        CaseEscalated,
        Template.TASK,
        title="逾期案件升级通报",
        phrase="逾期升级",
        sentences={
            "case": "案件{number}（{category}，{estate}，{grade}，承办：{handler}）",
            "clock": "的时限（{clock}，{clock_due}届满）",
            "overdue_by": "已逾期{overdue}仍未办理，请督促。",
        },
    ),
    Notice(
        "N14",
        "T44",
        CaseSupervised,
        Template.TASK,
        title="辖区案件被督办",
        phrase="督办",
        sentences={
            "case": "案件{number}（{category}，{estate}，承办：{handler}）已被督办，",
            "clock": "办理时限：{due}，",
            "overdue_by": "请督促承办单位回复督办单。",
        },
    ),
    Notice(
        "N14",
        "WARNING",
        RectificationDueSoon,
        Template.TASK,
        title="整改时限提醒",
        phrase="整改提醒",
        sentences={
            "case": "{place}的限期整改（{number}，{cause}）尚未提交整改证明，",
            "clock": "时限（整改 {code}）已过{share}，",
            "overdue_by": "将于{due}届满，逾期将记入信用档案。",
        },
    ),
    Notice(
        "N14",
        "REOPENED",
        TalkPrompted,
        Template.TASK,
        title="约谈提示",
        phrase="约谈提示",
        sentences={
            "case": "{company_name}在{place}有{reopened}件案件重新办理（{number}），",
            "clock": "统计期间为近{days}日，",
            "overdue_by": "是否约谈由街道（乡镇）决定；约谈后请登记并明确整改期限。",
        },
    ),
)
