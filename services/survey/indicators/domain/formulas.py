"""How each indicator is formed (facts 2.11): of what, and which moment puts it into a period.

What counts above and below the line is said in words in the rulebook (`indicators.formulas`), in
SQL in `sources/` and once more, for whoever wants to check, in `reckoning.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from shared.contracts.vocabulary import CaseStatus, Grade, ResultCode


class Code(StrEnum):
    DISPATCH_ON_TIME = "DISPATCH_ON_TIME"
    MEDIATION_STARTED_ON_TIME = "MEDIATION_STARTED_ON_TIME"
    FEEDBACK_ON_TIME = "FEEDBACK_ON_TIME"
    COMPLAINTS_HANDLED = "COMPLAINTS_HANDLED"
    DISPUTES_RESOLVED = "DISPUTES_RESOLVED"
    MEDIATION_SUCCESS = "MEDIATION_SUCCESS"
    SATISFACTION = "SATISFACTION"
    FEES_COLLECTED = "FEES_COLLECTED"
    REPEAT_COMPLAINTS = "REPEAT_COMPLAINTS"
    MAJOR_CLOSED_ON_TIME = "MAJOR_CLOSED_ON_TIME"
    SMALL_CLOSED_AT_COMMUNITY = "SMALL_CLOSED_AT_COMMUNITY"
    CLOSED_WITHIN_STREET = "CLOSED_WITHIN_STREET"
    STREET_OFFICES_ACTIVE = "STREET_OFFICES_ACTIVE"


class By(StrEnum):
    """What of a case (or an answer, a report) lies in the period."""

    CLOSING = "CLOSING"
    ACCEPTANCE = "ACCEPTANCE"
    FEEDBACK_DUE = "FEEDBACK_DUE"
    ANSWER = "ANSWER"
    REPORT = "REPORT"
    STANDING = "STANDING"


class Of(StrEnum):
    """What is counted; only cases can be listed one by one."""

    CASES = "CASES"
    ANSWERS = "ANSWERS"
    STREETS = "STREETS"
    AMOUNTS = "AMOUNTS"


@dataclass(frozen=True)
class Formula:
    by: By = By.CLOSING
    of: Of = Of.CASES


FORMULAS: Mapping[Code, Formula] = {
    Code.DISPATCH_ON_TIME: Formula(),
    Code.MEDIATION_STARTED_ON_TIME: Formula(),
    Code.FEEDBACK_ON_TIME: Formula(By.FEEDBACK_DUE),
    Code.COMPLAINTS_HANDLED: Formula(By.ACCEPTANCE),
    Code.DISPUTES_RESOLVED: Formula(),
    Code.MEDIATION_SUCCESS: Formula(),
    Code.SATISFACTION: Formula(By.ANSWER, Of.ANSWERS),
    Code.FEES_COLLECTED: Formula(By.REPORT, Of.AMOUNTS),
    Code.REPEAT_COMPLAINTS: Formula(),
    Code.MAJOR_CLOSED_ON_TIME: Formula(),
    Code.SMALL_CLOSED_AT_COMMUNITY: Formula(),
    Code.CLOSED_WITHIN_STREET: Formula(),
    Code.STREET_OFFICES_ACTIVE: Formula(By.STANDING, Of.STREETS),
}

MEDIATED_GRADES = (Grade.SMALL, Grade.MEDIUM)
ENDED = (CaseStatus.CLOSED, CaseStatus.TRANSFERRED, CaseStatus.CANCELLED)
SOLVED = (ResultCode.SOLVED, ResultCode.PARTLY)
# on the merits: there was a dispute, and it was gone into; the others settle nothing
ON_THE_MERITS = (
    *SOLVED,
    ResultCode.AGREED,
    ResultCode.EXPLAINED,
    ResultCode.TO_LITIGATION,
    ResultCode.NOT_POSSIBLE,
)
