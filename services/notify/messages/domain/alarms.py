"""The part of the catalogue that warns staff: promises broken, many households with one problem."""

from __future__ import annotations

from services.notify.messages.domain.notice import Notice, Template
from shared.contracts.routing import AcceptanceOverdue, GroupAlerted

ALARMS: tuple[Notice, ...] = (
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
            "overdue_by": "已于{due}届满，请立即审核。",
        },
    ),
    Notice(
        "N18",
        "GROUP_ALERT",
        GroupAlerted,
        Template.TASK,
        title="群体性诉求预警",
        phrase="群体预警",
        sentences={
            "estate": "{estate}出现群体性诉求，请及时介入（案件{number}，{grade}）。",
            "category": "事项类别：{category}。",
            "households": "涉及户数：{households}户。",
        },
    ),
)
