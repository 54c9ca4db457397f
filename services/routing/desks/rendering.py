"""A standard text with the facts of a case in its gaps; none of them is about a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.words import STATES
from services.routing.cases.recording import rulebook_of
from services.routing.desks.domain.texts import filled
from services.routing.desks.domain.words import CHANNELS, RESULTS
from services.routing.occasion import Occasion
from shared.clock import BEIJING
from shared.contracts.vocabulary import Channel, ResultCode
from shared.privacy import mask_text


def rendered(on: Occasion, file: CaseFile, body: str) -> str:
    """Masked as a whole: whatever stands in a name of the directory, no number gets out."""
    return mask_text(filled(body, values_of(on, file)))


def values_of(on: Occasion, file: CaseFile) -> Mapping[str, str | None]:
    """By the variables of `domain/texts.py`; what the case does not have yet is absent."""
    case, rulebook = file.case, rulebook_of(on, file)
    lead = file.lead
    promised = case.next_due_at if case.clock_state else None
    return {
        "案件编号": case.number,
        "类别": rulebook.category(case.category).chinese,
        "等级": rulebook.grades[case.degree].chinese if case.degree else None,
        "状态": STATES[case.status],
        "小区": case.estate_name,
        "渠道": CHANNELS[Channel(case.channel)],
        "受理时间": _moment(case.accepted_at),
        "派单时间": _moment(case.first_dispatch_at),
        "办理单位": lead.display_name if lead else None,
        "当前时限": _moment(promised),
        "办理结果": RESULTS[ResultCode(case.result_code)] if case.result_code else None,
    }


def _moment(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    return f"{moment.astimezone(BEIJING):%Y年%m月%d日%H时%M分}"
