"""The events survey promises."""

from __future__ import annotations

from shared.contracts.survey.bulletins import (
    BulletinPublished,
    BulletinState,
)
from shared.contracts.survey.credit import (
    CreditGradeDecided,
    CreditGradeState,
    CreditGradeWithdrawn,
)
from shared.contracts.survey.evaluations import (
    DismissalGuidanceDue,
    DismissalGuidanceState,
    DismissalGuidanceWithdrawn,
    EvaluationPublished,
    EvaluationState,
    PoorEvaluationFound,
    YearScore,
)
from shared.contracts.survey.ratings import (
    RatingPublished,
    RatingState,
)
from shared.contracts.survey.satisfaction import (
    LowScore,
    LowScoresState,
    RectificationDue,
    SatisfactionPublished,
    SatisfactionState,
)
from shared.contracts.survey.visits import (
    VisitAnswered,
    VisitCallingBegan,
    VisitEvent,
    VisitOpened,
    VisitState,
    VisitUnanswered,
)

__all__ = [
    "BulletinPublished",
    "BulletinState",
    "CreditGradeDecided",
    "CreditGradeState",
    "CreditGradeWithdrawn",
    "DismissalGuidanceDue",
    "DismissalGuidanceState",
    "DismissalGuidanceWithdrawn",
    "EvaluationPublished",
    "EvaluationState",
    "LowScore",
    "LowScoresState",
    "PoorEvaluationFound",
    "RatingPublished",
    "RatingState",
    "RectificationDue",
    "SatisfactionPublished",
    "SatisfactionState",
    "VisitAnswered",
    "VisitCallingBegan",
    "VisitEvent",
    "VisitOpened",
    "VisitState",
    "VisitUnanswered",
    "YearScore",
]
