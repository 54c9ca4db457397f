"""Whether a feedback, which may arrive late, still asks anybody anything (X37)."""

from __future__ import annotations

from datetime import datetime

from shared.contracts.vocabulary import CaseStatus

ASKABLE = frozenset({CaseStatus.FEEDBACK, CaseStatus.CLOSED})


def feedback_still_matters(
    feedback_at: datetime, asked_at: datetime | None, later_state: str | None
) -> bool:
    """`asked_at` is the last feedback that was asked about; `later_state` what the case became
    after this one, as far as is known. A case that is handled again will give another feedback.
    """
    if asked_at is not None and asked_at >= feedback_at:
        return False
    return later_state is None or later_state in ASKABLE
