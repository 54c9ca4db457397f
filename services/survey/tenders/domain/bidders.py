"""Who may bid: a restricted credit grade blocks, a person may override with a reason (E18)."""

from __future__ import annotations

from datetime import datetime

from services.survey.credit.domain import grades
from shared.errors import Conflict
from shared.rulebook import Rulebook

RESTRICTION = "credit.bidding_restricted"


class BidderRestricted(Conflict):
    """The company's credit grade restricts bidding; a housing officer may override it (E18)."""

    code = "BIDDER_RESTRICTED"
    chinese = "该企业的信用等级限制参与招投标；确需准入的，由住新局说明理由后登记。"


class BidderTwice(Conflict):
    """This company bids already."""

    code = "BIDDER_TWICE"
    chinese = "该企业已登记投标。"


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
