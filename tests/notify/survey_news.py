"""What survey says, and what routing makes of it: results, bulletins, scores, calls, grades."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from shared.contracts.routing import LowScoreTalkPrompted, LowScoreTalkState
from shared.contracts.survey import (
    BulletinPublished,
    BulletinState,
    CreditGradeDecided,
    CreditGradeState,
    CreditGradeWithdrawn,
    DismissalGuidanceDue,
    DismissalGuidanceState,
    DismissalGuidanceWithdrawn,
    EvaluationState,
    PoorEvaluationFound,
    SatisfactionPublished,
    SatisfactionState,
    VisitCallingBegan,
    VisitState,
    YearScore,
)
from tests.samples import CASE, COMPANY, COMPLAINT, DIVISION, ESTATE, NINE, OWNER, named

PLACE = {"company_id": COMPANY, "estate_id": ESTATE, "division": DIVISION}
NAMED = PLACE | {"estate_name": "演示·桂花园"}


def low_score_talk(**changes: Any) -> LowScoreTalkPrompted:
    """W6: 79.60 and 78.00 in a row."""
    state = {"id": named("low score prompt"), "version": 1, "survey_id": named("survey")}
    scores = {"scores": (Decimal("79.60"), Decimal("78.00"))}
    whole = PLACE | state | scores | changes
    return LowScoreTalkPrompted(prompt=LowScoreTalkState.model_validate(whole))


def found_poor(**changes: Any) -> PoorEvaluationFound:
    """E26: 55.00 of the third party for the first half of the year."""
    state = dict.fromkeys(("owners", "community", "composite"))
    state |= {"id": named("evaluation"), "version": 1, "edition": 1, "period": "2026-H1"}
    state |= {"third_party": Decimal("55.00"), "band": "POOR", "published_at": NINE}
    return PoorEvaluationFound(evaluation=EvaluationState.model_validate(NAMED | state | changes))


def result_published(**changes: Any) -> SatisfactionPublished:
    """E05: 86.00 in the first half of the year."""
    state = {"id": named("survey"), "version": 4, "state": "PUBLISHED", "period": "2026-H1"}
    state |= {"ends_on": NINE.date(), "questionnaire": "seed-2025-07-21", "households": 600}
    state |= {"answers": 420, "coverage": Decimal("83.20"), "score": Decimal("86.00")}
    state |= {"published_at": NINE, "synchronous": True}
    whole = NAMED | state | changes
    return SatisfactionPublished(survey=SatisfactionState.model_validate(whole))


def bulletin_published(**changes: Any) -> BulletinPublished:
    """D10: of the first quarter."""
    state = {"id": named("bulletin"), "version": 3, "kind": "BULLETIN", "division": "4212"}
    state |= {"title": "全市物业治理信息通报（2026年第一季度）", "period": "2026-Q1", "edition": 1}
    state |= {"published_at": NINE, "link": "/survey/public/bulletins/1"}
    return BulletinPublished(bulletin=BulletinState.model_validate(state | changes))


def calling_began() -> VisitCallingBegan:
    state = {"id": named("visit"), "version": 2, "case_id": CASE, "complaint_id": COMPLAINT}
    state |= {"owner_id": OWNER, "state": "CALLING", "opened_at": NINE}
    return VisitCallingBegan(visit=VisitState.model_validate(state))


def grade_decided(grade: str = "C", score: str = "75.50", **flags: bool) -> CreditGradeDecided:
    return CreditGradeDecided(grade=_grade(grade, score, **flags))


def grade_withdrawn() -> CreditGradeWithdrawn:
    """E28: what it rested on is disputed."""
    return CreditGradeWithdrawn(grade=_grade("C", "75.50", version=3))


def guidance_due() -> DismissalGuidanceDue:
    """E27: 2026 and 2027 were poor."""
    return DismissalGuidanceDue(guidance=_guidance(1))


def guidance_withdrawn() -> DismissalGuidanceWithdrawn:
    """E28: one of the years was taken back."""
    return DismissalGuidanceWithdrawn(guidance=_guidance(2))


def _grade(grade: str, score: str, **changes: Any) -> CreditGradeState:
    state = {"id": named("grade"), "version": 2, "company_id": COMPANY, "period": "2026-H1"}
    state |= {"score": Decimal(score), "grade": grade, "decided_at": NINE}
    state |= {"government_priority": False, "bidding_restricted": False}
    return CreditGradeState.model_validate(state | changes)


def _guidance(version: int) -> DismissalGuidanceState:
    years = (
        YearScore(year=2026, score=Decimal("55.00")),
        YearScore(year=2027, score=Decimal("58.50")),
    )
    state = {"id": named("guidance"), "version": version, "community": f"{DIVISION}001"}
    state |= {"years": years, "notice_days": 60}
    return DismissalGuidanceState.model_validate(NAMED | state)
