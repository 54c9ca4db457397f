"""Everything that somebody may try with a case: the people, and what they send."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from services.routing.cases.domain.lifecycle import Action
from tests.routing.drama import owner, staff

LEAD = staff("chengguan.xianan")
MEMBER = staff("zhuxin.xianan")
PEOPLE = (
    staff("wangge.wenquan2"),
    staff("wangge.wenquan1"),
    staff("wanggezhang.wenquan"),
    staff("zhongzhi.wenquan"),
    staff("jiedao.wenquan"),
    staff("zhongzhi.xianan"),
    staff("tiaojie.xianan1"),
    staff("wuye.wenquan"),
    LEAD,
    MEMBER,
    staff("zhuxin.shi"),
    staff("fayuan.xianan"),
    owner(),
    owner("owner-6"),
)
RESULT = {"result_code": "SOLVED", "text": "已处理", "proofs": ["照片"]}
TEAM = {"lead": str(LEAD.organisation_id), "members": [str(MEMBER.organisation_id)]}
TABLE = {"place": "社区", "attendees": [{"capacity": "COMMUNITY"}, {"capacity": "COMPANY"}]}
OWED = [{"party": "COMPANY", "what": "退还", "amount": 100}]
PACKAGE = {"claims": ["退还"], "facts": "多收"}
RETURN = {
    "reason": "NOT_OUR_DUTY",
    "legal_basis": "三定方案未列入本单位职责",
    "suggested_unit": str(MEMBER.organisation_id),
}

Request = tuple[str, Any]
REQUESTS: Mapping[Action, tuple[Request, ...]] = {
    Action.DISPATCH: (("dispatch", {}),),
    Action.SIGN: (("signature", None),),
    Action.RETURN: (("return", RETURN),),
    Action.DECIDE_RETURN: (
        ("return-decision", {"reason": "按图派单"}),
        ("return-decision", {"reason": "指定承办", "forced": True}),
    ),
    Action.PROGRESS: (("progress", {"text": "进展", "public": True}),),
    Action.REGRADE: (
        ("grading", {"grade": "SMALL", "reason": "重新判断"}),
        ("grading", {"grade": "MEDIUM", "reason": "重新判断"}),
        ("grading", {"grade": "MAJOR", "reason": "重新判断"}),
        ("grading", {"category": "FD02", "grade": "MAJOR", "reason": "查实挪用"}),
    ),
    Action.SUSPEND: (("suspension", {"reason": "APPRAISAL", "note": "等待鉴定"}),),
    Action.ASK_TO_SUSPEND: (("suspension", {"reason": "OWNERS_VOTE", "note": "等待表决"}),),
    Action.DENY_SUSPENSION: (
        ("suspension-decision", {"decision": "GRANT", "reason": "同意"}),
        ("suspension-decision", {"decision": "DENY", "reason": "不同意"}),
    ),
    Action.RESUME_HANDLING: (("resumption", {"note": "材料已补齐"}),),
    Action.RESUME_MEDIATION: (("resumption", {"note": "材料已补齐"}),),
    Action.RESUME_JOINT: (("resumption", {"note": "材料已补齐"}),),
    Action.ASK_FOR_EXTENSION: (("extension", {"days": 3, "reason": "情况复杂"}),),
    Action.EXTEND: (
        ("extension-decision", {"decision": "GRANT", "reason": "同意"}),
        ("extension-decision", {"decision": "ENDORSE", "reason": "同意上报"}),
    ),
    Action.SUPERVISE: (("supervision", {"reason": "请尽快办理"}),),
    Action.DECIDE_TRANSFER: (
        ("transfer", {"receiver": "POLICE", "reason": "涉嫌违法", "whole": False}),
        ("transfer", {"receiver": "POLICE", "reason": "涉嫌违法"}),
    ),
    Action.TRANSFER: (("transfer/handover", {"receipt": "回执1号"}),),
    Action.SUBMIT_RESULT: (("result", RESULT),),
    Action.APPROVE_RESULT: (("review", {"decision": "APPROVE", "reply": "答复"}),),
    Action.REJECT_RESULT: (("review", {"decision": "REJECT", "reason": "理由"}),),
    Action.GIVE_INTERIM_FEEDBACK: (("interim-feedback", {"reply": "办理中", "reason": "待查"}),),
    Action.REQUEST_MEDIATION: (("mediation", {}),),
    Action.HOLD_SESSION: (("mediation/sessions", TABLE),),
    Action.REFUSE_MEDIATION: (("mediation/refusal", {"reason": "拒绝", "party": "OWNER"}),),
    Action.FAIL_MEDIATION: (("mediation/failure", {"reason": "未达成一致"}),),
    Action.AGREE: (
        ("mediation/agreement", {"kind": "ORAL", "content": "是", "obligations": OWED}),
    ),
    Action.AGREE_AND_PERFORM: (("mediation/agreement", {"kind": "ORAL", "content": "和解"}),),
    Action.PERFORM_AGREEMENT: (("agreement/performance", {"proofs": ["回单"]}),),
    Action.BREAK_AGREEMENT: (("agreement/breach", {"reason": "未履行"}),),
    Action.APPLY_FOR_CONFIRMATION: (("agreement/confirmation-applications", {}),),
    Action.OPEN_JOINT: (("joint", TEAM),),
    Action.CONVENE: (("joint/convening", None),),
    Action.PLAN: (("joint/plan", {"plan": "方案"}),),
    Action.FILE_MEMBER_RESULT: (("joint/results", RESULT),),
    Action.COMPLETE_JOINT: (("joint/completion", RESULT),),
    Action.CONSENT_TO_COURT: (("judicial/consent", None),),
    Action.HAND_OVER: (("judicial/package", PACKAGE),),
    Action.NOT_FILED: (("judicial/not-filed", {"reason": "不起诉"}),),
    Action.REOPEN: (("reopening", {"decision": "REOPEN", "reason": "问题再次出现"}),),
    Action.EXPLAIN_FINALLY: (("reopening", {"decision": "FINAL", "reason": "已穷尽途径"}),),
}
ASIDE = frozenset(
    {
        Action.PROGRESS,
        Action.REGRADE,
        Action.GIVE_INTERIM_FEEDBACK,
        Action.SUPERVISE,
        Action.DECIDE_TRANSFER,
        Action.TRANSFER,
    }
)
EVERYTHING = tuple(request for requests in REQUESTS.values() for request in requests)


def at_this_moment(request: Request, now: datetime) -> Request:
    """The same request with the times it needs."""
    what, body = request
    if what == "mediation/sessions":
        return what, body | {"held_at": now.isoformat()}
    if what == "suspension":
        return what, body | {"until": (now + timedelta(days=2)).isoformat()}
    return request
