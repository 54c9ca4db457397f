"""N15: what a company has to mend by a date; N17: a cycle of meetings without a record."""

from __future__ import annotations

from services.notify.messages.domain.notice import Notice, Template
from shared.contracts.routing import (
    MeetingMissing,
    RectificationAccepted,
    RectificationExtended,
    RectificationOrdered,
    RectificationOverdue,
)

NOTICES: tuple[Notice, ...] = (
    Notice(
        "N15",
        "E07",
        RectificationOrdered,
        Template.TASK,
        title="限期整改通知",
        phrase="限期整改",
        sentences={
            "score": "{company_name}（{place}）因{cause}{scores}须限期整改（{number}）。",
            "date": "约谈日期：{talked}。",
            "deadline": "请于{due}前完成整改并提交证明；逾期将记入信用档案。",
        },
        date="due",
    ),
    Notice(
        "N15",
        "CK-16",
        RectificationExtended,
        Template.TASK,
        title="整改期限延长",
        phrase="整改延期",
        sentences={
            "score": "{company_name}（{place}）的限期整改（{number}，{cause}{scores}）已批准延期。",
            "date": "约谈日期：{talked}。",
            "deadline": "整改期限延长至{due}，只能延长一次。",
        },
        date="due",
    ),
    Notice(
        "N15",
        "CK-16",
        RectificationOverdue,
        Template.TASK,
        title="整改已逾期",
        phrase="整改逾期",
        sentences={
            "score": "{company_name}（{place}）的限期整改（{number}，{cause}{scores}）逾期未完成，"
            "将记入信用档案。",
            "date": "约谈日期：{talked}。",
            "deadline": "期限已于{due}届满；整改义务不因逾期免除，请立即整改并提交证明。",
        },
        date="due",
    ),
    Notice(
        "N15",
        "CK-16",
        RectificationAccepted,
        Template.TASK,
        title="整改已通过",
        phrase="整改通过",
        sentences={
            "score": "{company_name}（{place}）的限期整改（{number}，{cause}{scores}）已通过审核。",
            "date": "约谈日期：{talked}。",
            "deadline": "原整改期限：{due}。",
        },
        date="due",
    ),
    Notice(
        "N17",
        "MEETING_MISSING",
        MeetingMissing,
        Template.TASK,
        title="会商会议未登记",
        phrase="会议缺失",
        sentences={
            "period": "{convenor_name}{period}没有{meeting}的登记。"
            "请尽快召开，已召开的请登记；下一周期照常进行。",
        },
    ),
)
