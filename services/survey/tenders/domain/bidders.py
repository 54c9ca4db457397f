"""Who may bid: a restricted credit grade blocks, a person may override with a reason (E18)."""

from __future__ import annotations

from datetime import datetime

from services.survey.credit.domain import grades
from shared.contracts.vocabulary import OrganisationKind
from shared.errors import Conflict, Invalid
from shared.rulebook import Rulebook

RESTRICTION = "credit.bidding_restricted"


class BidderRestricted(Conflict):
    """The company's credit grade restricts bidding; a housing officer may override it (E18)."""

    code = "BIDDER_RESTRICTED"
    chinese = "该企业的信用等级限制参与招投标；确需准入的，由住房主管部门说明理由后登记。"


class BidderUnknown(Invalid):
    """This is no active property company of the directory."""

    code = "BIDDER_UNKNOWN"
    chinese = "该企业不是在册的物业服务企业，请先在目录中登记。"


class BidderTwice(Conflict):
    """This company bids already."""

    code = "BIDDER_TWICE"
    chinese = "该企业已登记投标。"


def refuse_other_kinds(kind: str, *, active: bool) -> None:
    """Raises BidderUnknown."""
    if kind != OrganisationKind.COMPANY or not active:
        raise BidderUnknown


def is_restricted(grade: str | None, book: Rulebook, at: datetime) -> bool:
    """Nothing is held against who has no grade."""
    if grade is None or not book.in_force(RESTRICTION, at):
        return False
    return grades.is_restricted(grade, book.credit)


def refuse_restricted(
    grade: str | None, override: str | None, book: Rulebook, at: datetime
) -> None:
    """Raises BidderRestricted."""
    if override is None and is_restricted(grade, book, at):
        raise BidderRestricted(grade=grade)
