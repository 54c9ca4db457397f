"""When a case is pressed, given back, or leaves for another authority (T12, T43, T44)."""

from __future__ import annotations

from services.notify.messages.domain.notice import Notice, Template
from shared.contracts.routing import CaseReturned, CaseSupervised, CaseTransferred

NOTICES: tuple[Notice, ...] = (
    Notice(
        "N03",
        "T43",
        CaseTransferred,
        Template.PROGRESS,
        title="诉求已移送",
        phrase="已移送",
        sentences={
            "number": "您反映的{category}（案件{number}）已移送。",
            "reason": "原因：该事项应由{receiver}依法处理。",
            "right_place": "请向{receiver}了解后续办理，联系方式：{contact}。",
        },
    ),
    Notice(
        "N04",
        "T44",
        CaseSupervised,
        Template.TASK,
        title="案件被督办",
        phrase="督办",
        sentences={
            "place": "案件{number}（{category}）已被督办，地点：{estate}。",
            "grade": "等级：{grade}。",
            "due": "请立即办理并回复督办单，原办理时限：{due}。",
        },
    ),
    Notice(
        "N14",
        "T12",
        CaseReturned,
        Template.TASK,
        title="退单待裁定",
        phrase="待裁定",
        sentences={
            "case": "案件{number}（{category}，{estate}）被承办单位退回，请裁定由谁承办。",
            "clock": "对诉求人承诺的时限照常计算，",
            "overdue_by": "办理时限仍为{due}，请及时裁定。",
        },
    ),
)
