"""N14: scores that call for a talk with a company (E07, E26); whether it is held a person decides.

A company does not read who is about to call it.
"""

from __future__ import annotations

from services.notify.messages.domain.notice import Notice, Template
from shared.contracts.routing import LowScoreTalkPrompted
from shared.contracts.survey import PoorEvaluationFound

NOTICES: tuple[Notice, ...] = (
    Notice(
        "N14",
        "E07",
        LowScoreTalkPrompted,
        Template.TASK,
        title="低分约谈提示",
        phrase="约谈提示",
        sentences={
            "case": "{company_name}在{place}连续{times}次满意度测评得分低于规定标准"
            "（{scores}，{number}），",
            "clock": "请约谈企业负责人并要求限期整改，",
            "overdue_by": "整改期限自约谈之日起算；约谈后请及时登记。",
        },
    ),
    Notice(
        "N14",
        "E26",
        PoorEvaluationFound,
        Template.TASK,
        title="评价为差约谈提示",
        phrase="约谈提示",
        sentences={
            "case": "{company_name}在{place}{period}评价等级为“{band}”（{scores}，{number}），",
            "clock": "请约谈企业负责人并要求限期整改（本半年度已约谈的不重复），",
            "overdue_by": "整改期限自约谈之日起算；约谈后请及时登记。",
        },
    ),
)
