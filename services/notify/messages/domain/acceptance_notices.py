"""From the receipt to the acceptance: N01 to N03."""

from __future__ import annotations

from services.notify.messages.domain.notice import Notice, Template
from shared.contracts.intake import (
    ComplaintAccepted,
    ComplaintInfoRequested,
    ComplaintNotAccepted,
    ComplaintSubmitted,
)

NOTICES: tuple[Notice, ...] = (
    Notice(
        "N01",
        "T01",
        ComplaintSubmitted,
        Template.PROGRESS,
        title="诉求已收到",
        phrase="已收到",
        sentences={
            "number": "您的诉求已收到，编号{number}。",
            "category": "事项类别：{category}。",
            "next_step": "下一步：我们将核对信息并确定承办单位，请留意后续通知。",
        },
    ),
    Notice(
        "N01",
        "T06",
        ComplaintAccepted,
        Template.PROGRESS,
        title="诉求已受理",
        phrase="已受理",
        sentences={
            "number": "您的诉求{number}已受理。",
            "category": "事项类别：{category}。",
            "next_step": "下一步：由承办单位办理，承办单位和办理时限见派单通知。",
        },
    ),
    Notice(
        "N02",
        "T02",
        ComplaintInfoRequested,
        Template.PROGRESS,
        title="请补充诉求材料",
        phrase="待补正",
        sentences={
            "missing_items": "您的诉求{number}还需补充：{missing}。",
            "deadline": "请于{until}前在“我的诉求”中补充；"
            "逾期且无法办理的，将不予受理，可重新提交。",
        },
        date="until",
    ),
    Notice(
        "N03",
        "T05",
        ComplaintNotAccepted,
        Template.PROGRESS,
        title="诉求不予受理",
        phrase="不予受理",
        sentences={
            "number": "您的诉求{number}不予受理。",
            "reason": "原因：{reason}。",
            "right_place": "{right_place}",
        },
    ),
)
