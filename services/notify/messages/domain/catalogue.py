"""What people are told: one row per notification and event, in the order of lifecycle 3.7.

Who is told, by which channels, what must be said and whether it is urgent stands in the rulebook
(`notifications`), under the same code; `refuse_silent_rows` holds the two together. A sentence
carries the name of what it says. Further rows are added here, or in a part beside; until then
they stand in `NOT_YET`.
"""

from __future__ import annotations

from services.notify.messages.domain import (
    acceptance_notices,
    deadline_notices,
    governance_notices,
    group_notices,
    moving_notices,
    public_notices,
    request_notices,
    score_notices,
)
from services.notify.messages.domain.notice import Notice, Template
from shared.contracts.event import Event
from shared.contracts.routing import (
    AgreementEffective,
    CaseCancelled,
    CaseClosed,
    CaseDispatched,
    CaseFeedbackGiven,
    CaseSuspended,
    CaseUrged,
    ConfirmationDueSoon,
    ExtensionDecided,
    JudicialGuided,
    MediationScheduled,
)

__all__ = ["CATALOGUE", "EVENTS", "NOT_YET", "Notice", "Template", "notices_on"]

CATALOGUE: tuple[Notice, ...] = (
    *acceptance_notices.NOTICES,
    *moving_notices.NOTICES,
    *deadline_notices.NOTICES,
    *request_notices.NOTICES,
    Notice(
        "N04",
        "T10",
        CaseDispatched,
        Template.TASK,
        title="您有新的待办案件",
        phrase="待签收",
        sentences={
            "place": "案件{number}（{category}）由{handler}承办，您承办或协办，地点：{estate}。",
            "grade": "等级：{grade}。",
            "due": "承办单位请及时签收，并于{due}前办理完毕；协办单位请配合。",
        },
    ),
    Notice(
        "N04",
        "T08",
        CaseCancelled,
        Template.TASK,
        title="案件已终止",
        phrase="已终止",
        sentences={
            "place": "案件{number}（{category}）的诉求人已撤回诉求，地点：{estate}。",
            "grade": "等级：{grade}。",
            "due": "案件终止，原时限不再计算，无需继续办理。",
        },
    ),
    Notice(
        "N04",
        "T45",
        CaseUrged,
        Template.TASK,
        title="业主催办",
        phrase="催办",
        sentences={
            "place": "案件{number}（{category}）的诉求人第{times}次催办，地点：{estate}。",
            "grade": "等级：{grade}。",
            "due": "请于{due}前办理完毕，并及时告知进展。",
        },
    ),
    Notice(
        "N05",
        "T10",
        CaseDispatched,
        Template.TASK,
        title="请配合处理小区纠纷",
        phrase="请配合",
        sentences={
            "task": "{estate}有一件{category}案件（{number}）已派单，承办：{handler}。"
            "请于{mediation_due}前到场配合调解并说明情况。",
        },
    ),
    Notice(
        "N05",
        "T08",
        CaseCancelled,
        Template.TASK,
        title="案件已终止",
        phrase="已终止",
        sentences={
            "task": "{estate}的{category}案件（{number}）因诉求撤回而终止，无需继续配合。",
        },
    ),
    Notice(
        "N06",
        "T10",
        CaseDispatched,
        Template.PROGRESS,
        title="诉求已派单",
        phrase="已派单",
        sentences={
            "handler": "您反映的{category}（案件{number}）由{handler}承办。",
            "due": "承诺办理时限：{due}；最迟于{feedback_due}前向您反馈。",
        },
    ),
    Notice(
        "N07",
        "T15",
        MediationScheduled,
        Template.MEDIATION,
        title="调解时间地点通知",
        phrase="调解安排",
        sentences={
            "time": "案件{number}（{category}）的调解定于{time}进行。",
            "place": "地点：{place}。",
            "voluntary_and_free": "调解自愿、不收费。",
            "rights": "您可以选择或者接受调解员，可以接受、拒绝调解或者要求终止调解，"
            "可以要求公开或者不公开进行；调解不影响您依法向人民法院起诉。",
        },
        date="time",
    ),
    Notice(
        "N08",
        "T18",
        AgreementEffective,
        Template.MEDIATION,
        title="调解协议已生效",
        phrase="协议生效",
        sentences={
            "obligations": "案件{number}的调解协议已生效，请按协议约定全面履行义务。",
            "dates": "生效日期：{effective}。各项义务的履行期限以协议文本为准。",
            "confirmation_option": "{confirmation}",
        },
    ),
    Notice(
        "N09",
        "CK-09",
        ConfirmationDueSoon,
        Template.MEDIATION,
        title="司法确认申请期限提醒",
        phrase="期限提醒",
        sentences={
            "last_day": "案件{number}的调解协议尚未申请司法确认。最后一日：{last_day}（含当日）；"
            "须双方共同向人民法院申请，法院不收费，逾期将不能申请。",
        },
        date="last_day",
    ),
    Notice(
        "N10",
        "T20",
        JudicialGuided,
        Template.MEDIATION,
        title="其他解决途径告知",
        phrase="途径告知",
        sentences={
            "other_routes": "案件{number}（{category}）{cause}。您可以依法向人民法院起诉；"
            "有仲裁协议的，可以向仲裁机构申请仲裁；涉及行政管理事项的，可以向行政主管部门反映。",
        },
    ),
    Notice(
        "N11",
        "T25",
        CaseFeedbackGiven,
        Template.FEEDBACK,
        title="办理结果反馈",
        phrase="已反馈",
        sentences={
            "result": "您反映的{category}（案件{number}）办理结果：{result}。",
            "reasons": "答复全文和理由请在案件详情中查看。",
            "objection": "如不认可，可选择“未解决”并说明理由，案件将继续办理。",
            "rating_link": "请打开案件详情进行确认和评价。",
        },
    ),
    Notice(
        "N12",
        "T27",
        CaseSuspended,
        Template.PROGRESS,
        title="案件暂停办理",
        phrase="暂停办理",
        sentences={
            "reason": "您反映的{category}（案件{number}）因{reason}暂停办理。",
            "new_date": "暂停至{new_date}，恢复后办理时限顺延相应时长。",
        },
    ),
    Notice(
        "N12",
        "T29",
        ExtensionDecided,
        Template.PROGRESS,
        title="办理期限延长",
        phrase="期限延长",
        sentences={
            "reason": "您反映的{category}（案件{number}）情况复杂，需要更多时间办理，"
            "经上级审批同意延期。",
            "new_date": "办理期限延长至{new_date}。",
        },
        when=lambda decided: decided.granted,
    ),
    Notice(
        "N13",
        "T31",
        CaseClosed,
        Template.PROGRESS,
        title="案件已办结",
        phrase="已办结",
        sentences={
            "closed": "您反映的{category}（案件{number}）已办结。",
            "reopen_window": "如问题再次出现或有新情况，"
            "可在{reopen_until}前（含当日）申请重新办理。",
        },
    ),
    *score_notices.NOTICES,
    *governance_notices.NOTICES,
    *group_notices.NOTICES,
    *public_notices.NOTICES,
)


NOT_YET = frozenset[str]()


def notices_on(event: type[Event]) -> tuple[Notice, ...]:
    return tuple(notice for notice in CATALOGUE if notice.event is event)


# whom notify's own event concerns is told batch by batch (publications/telling.py)
EVENTS: tuple[type[Event], ...] = tuple(
    dict.fromkeys(each.event for each in CATALOGUE if "notify" in each.event.audience)
)
