"""The stages of a judicial matter and what may happen in each (lifecycle 3.2, T39 to T42)."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from shared.errors import Conflict, Invalid
from shared.identifiers import CourtCaseNumber, court_case_number


class Stage(StrEnum):
    CONSENTED = "CONSENTED"
    HANDED_OVER = "HANDED_OVER"
    FILED = "FILED"
    DELEGATED = "DELEGATED"
    NOT_FILED = "NOT_FILED"
    CONCLUDED = "CONCLUDED"


class Procedure(StrEnum):
    """How a court gives a matter to a mediator (T41; 特邀调解规定, 在线调解规则 art. 24)."""

    DELEGATED = "DELEGATED"  # 委派: before the court registers the case for trial
    ENTRUSTED = "ENTRUSTED"  # 委托, ordinary procedure
    ENTRUSTED_SIMPLIFIED = "ENTRUSTED_SIMPLIFIED"  # 委托, simplified procedure


class Outcome(StrEnum):
    """How proceedings ended (T42)."""

    JUDGMENT = "JUDGMENT"
    COURT_MEDIATION = "COURT_MEDIATION"
    WITHDRAWN = "WITHDRAWN"
    NOT_ACCEPTED = "NOT_ACCEPTED"


OUTCOMES = {
    Outcome.JUDGMENT: "转诉讼—判决",
    Outcome.COURT_MEDIATION: "转诉讼—法院调解",
    Outcome.WITHDRAWN: "转诉讼—撤诉",
    Outcome.NOT_ACCEPTED: "转诉讼—不予受理",
}
NOT_FILED_TEXT = "当事人未提起诉讼或法院未予立案，已告知其他途径。"


class ConsentToCourtMissing(Conflict):
    """A case goes to court only with the party's consent (T39)."""

    code = "CONSENT_TO_COURT_MISSING"
    chinese = "移送法院须经当事人同意。"


class PackageAlreadySent(Conflict):
    """The package has been handed over already."""

    code = "PACKAGE_ALREADY_SENT"
    chinese = "移送材料已经发出。"


class NumberOfAnotherCourt(Invalid):
    """The case number is not one of the court that sent it."""

    code = "NUMBER_OF_ANOTHER_COURT"
    chinese = "案号不属于发来该消息的法院。"


class PackageNotAwaitingFiling(Conflict):
    """This package was registered already, or the matter has ended."""

    code = "PACKAGE_NOT_AWAITING_FILING"
    chinese = "该移送材料已立案或已终结，不能再次立案。"


class MatterNotInCourt(Conflict):
    """Only a registered matter that has not ended is concluded."""

    code = "MATTER_NOT_IN_COURT"
    chinese = "该案件未立案或已结案，不能再次报结。"


class OtherCaseNumber(Conflict):
    """The court registered this package under another number."""

    code = "OTHER_CASE_NUMBER"
    chinese = "案号与立案时登记的不一致。"


def refuse_unless_handed_over(stage: str) -> None:
    """Raises PackageNotAwaitingFiling."""
    if stage != Stage.HANDED_OVER:
        raise PackageNotAwaitingFiling


def refuse_unless_filed(stage: str) -> None:
    """Raises MatterNotInCourt."""
    if stage != Stage.FILED:
        raise MatterNotInCourt


def number_of_court(text: str, own_code: str | None, known: Collection[str]) -> CourtCaseNumber:
    """The printed form (facts 2.10). Raises InvalidCourtCaseNumber or NumberOfAnotherCourt."""
    number = court_case_number(text, courts=known)
    if own_code is not None and number.court != own_code:
        raise NumberOfAnotherCourt
    return number
