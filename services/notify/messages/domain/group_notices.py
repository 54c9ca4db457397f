"""What people are told when several have one problem (T07, X11)."""

from __future__ import annotations

from services.notify.messages.domain.notice import Notice, Template
from shared.contracts.routing import ComplaintsJoined, GroupAlerted

NOTICES: tuple[Notice, ...] = (
    Notice(
        "N01",
        "T07",
        ComplaintsJoined,
        Template.PROGRESS,
        title="诉求已并案",
        phrase="已并案",
        sentences={
            "number": "您反映的问题与案件{number}为同一问题，已并案办理。",
            "category": "事项类别：{category}。",
            "next_step": "下一步：由{handler}一并办理，结果将分别向您反馈并请您评价。",
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
