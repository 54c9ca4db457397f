"""The credit file as it is read."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from services.survey.credit.domain.appeals import appeal_until, can_be_appealed
from services.survey.credit.domain.consequences import Kind
from services.survey.credit.domain.standing import CHINESE, Standing
from services.survey.credit.filed import Filed
from services.survey.credit.schemas import (
    AppealOut,
    BasisOut,
    ConsequenceOut,
    CreditEntryOut,
    GradeOut,
    YearOut,
)
from services.survey.credit.tables import CreditConsequence, CreditGrade
from services.survey.deed import Deed


def entry_out(deed: Deed, filed: Filed) -> CreditEntryOut:
    """`appeal_until` while it may be appealed at all."""
    entry, standing = filed.entry, filed.standing
    days = deed.runtime.rulebooks.in_force_at(deed.at).credit.appeal_days
    open_to = filed.own is Standing.VALID and can_be_appealed(entry.effect, entry.score)
    until = appeal_until(entry.recorded_at, days)
    return CreditEntryOut(
        **_common(entry, CreditEntryOut),
        standing=standing,
        standing_chinese=CHINESE[standing],
        appeal_until=until if open_to and deed.at <= until else None,
    )


def appeal_out(deed: Deed, filed: Filed) -> AppealOut:
    appeal, decision = filed.appeal, filed.decision
    assert appeal is not None, "listed with its appeal"
    return AppealOut(
        id=appeal.id,
        entry=entry_out(deed, filed),
        reasons=appeal.reasons,
        filed_at=appeal.filed_at,
        outcome=decision.outcome if decision else None,
        outcome_reasons=decision.reasons if decision else None,
        decided_at=decision.decided_at if decision else None,
    )


def grade_out(deed: Deed, grade: CreditGrade) -> GradeOut:
    bands = deed.runtime.rulebooks.named(grade.rulebook).credit.bands
    names = {each.code: each.chinese for each in bands}
    values = _common(grade, GradeOut) | {
        "grade_chinese": names[grade.grade],
        "basis": [BasisOut.model_validate(each) for each in grade.basis],
    }
    return GradeOut(**values)


def consequence_out(deed: Deed, row: CreditConsequence) -> ConsequenceOut:
    score = row.details.get("score")
    return ConsequenceOut(
        **_common(row, ConsequenceOut),
        band=row.details.get("band"),
        grade=row.details.get("grade"),
        score=Decimal(score) if score is not None else None,
        years=[YearOut.model_validate(each) for each in row.details.get("years", [])],
        guidance=_guidance(deed) if row.kind == Kind.DISMISSAL_GUIDANCE else [],
    )


def _guidance(deed: Deed) -> list[str]:
    """The steps of the law, in the words of the rulebook."""
    rules = deed.runtime.rulebooks.in_force_at(deed.at).evaluation
    return [step.format(days=rules.dismissal_notice_days) for step in rules.dismissal_steps]


def _common(row: Any, shown: Any) -> dict[str, Any]:
    """The columns that are shown as they are stored."""
    return {name: getattr(row, name) for name in shown.model_fields if hasattr(row, name)}
