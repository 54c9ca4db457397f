"""T27, T29: a desk has something to decide, and whoever asked hears what was decided."""

from __future__ import annotations

from services.notify.messages.domain.notice import Notice, Template
from shared.contracts.routing import (
    CaseSuspended,
    ExtensionDecided,
    ExtensionRequested,
    SuspensionDenied,
    SuspensionRequested,
)

NOTICES: tuple[Notice, ...] = (
    Notice(
        "N14",
        "T27",
        SuspensionRequested,
        Template.TASK,
        title="挂起申请待审批",
        phrase="待审批",
        sentences={
            "case": "案件{number}（{category}，{estate}，承办：{handler}）申请挂起：{pause}，"
            "至{new_date}。",
            "clock": "审批前各项时限照常计算，",
            "overdue_by": "办理时限仍为{due}，请及时审批。",
        },
    ),
    Notice(
        "N14",
        "T29",
        ExtensionRequested,
        Template.TASK,
        title="延期申请待审批",
        phrase="待审批",
        sentences={
            "case": "案件{number}（{category}，{estate}，承办：{handler}）申请延期。",
            "clock": "时限（{clock}）",
            "overdue_by": "将于{clock_due}届满，审批前照常计算，请及时审批。",
        },
    ),
    Notice(
        "N04",
        "T27",
        CaseSuspended,
        Template.TASK,
        title="案件已挂起",
        phrase="已挂起",
        sentences={
            "place": "案件{number}（{category}）已批准挂起：{pause}，地点：{estate}。",
            "grade": "等级：{grade}。",
            "due": "挂起至{new_date}，恢复后办理时限顺延相应时长。",
        },
    ),
    Notice(
        "N04",
        "T27",
        SuspensionDenied,
        Template.TASK,
        title="挂起申请未获批准",
        phrase="未批准",
        sentences={
            "place": "案件{number}（{category}）的挂起申请（{pause}）未获批准，地点：{estate}。",
            "grade": "等级：{grade}。",
            "due": "请于{due}前办理完毕。",
        },
    ),
    Notice(
        "N04",
        "T29",
        ExtensionDecided,
        Template.TASK,
        title="延期申请已批准",
        phrase="已批准",
        sentences={
            "place": "案件{number}（{category}）的延期申请已批准，地点：{estate}。",
            "grade": "等级：{grade}。",
            "due": "新的办理时限：{new_date}。",
        },
        when=lambda decided: decided.granted,
    ),
    Notice(
        "N04",
        "T29",
        ExtensionDecided,
        Template.TASK,
        title="延期申请未获批准",
        phrase="未批准",
        sentences={
            "place": "案件{number}（{category}）的延期申请未获批准，地点：{estate}。",
            "grade": "等级：{grade}。",
            "due": "请于{new_date}前办理完毕。",
        },
        when=lambda decided: not decided.granted,
    ),
)
