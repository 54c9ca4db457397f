"""The owners' vote on a bid: who must take part, and who must agree (F03, U07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from shared.errors import Conflict, Invalid
from shared.rulebook.sections.evaluation import Tenders


class VoteImpossible(Invalid):
    """More agree than take part, more take part than there are, or the day is still to come."""

    code = "TENDER_VOTE_IMPOSSIBLE"
    chinese = "表决数据有误：同意数不得多于参与数，参与数不得多于总数，表决日期不得晚于今天。"


class MethodWithoutVote(Conflict):
    """By this method nobody votes (F02)."""

    code = "TENDER_METHOD_WITHOUT_VOTE"
    chinese = "该选聘方式不需要业主表决。"


class VoteMissing(Conflict):
    """By this method the owners vote, and no vote is recorded (F03)."""

    code = "TENDER_VOTE_MISSING"
    chinese = "该选聘方式须经业主表决，尚未登记表决结果。"


class VoteFailed(Conflict):
    """Too few owners took part or agreed; let them vote again, or end the tender (F03, U07)."""

    code = "TENDER_VOTE_FAILED"
    chinese = "业主表决未达到法定比例，请重新表决或终止招标。"


@dataclass(frozen=True)
class Voters:
    """One unit is one person; several units of one buyer are one."""

    number: int
    area: Decimal


@dataclass(frozen=True)
class Vote:
    everybody: Voters
    participating: Voters
    agreeing: Voters


def refuse_impossible(vote: Vote, held_on: date, today: date) -> None:
    """Raises VoteImpossible."""
    nested = (
        vote.agreeing.number <= vote.participating.number <= vote.everybody.number
        and vote.agreeing.area <= vote.participating.area <= vote.everybody.area
    )
    if not nested or held_on > today:
        raise VoteImpossible


def refuse_without_vote(method: str, rules: Tenders) -> None:
    """Raises MethodWithoutVote."""
    if method not in rules.vote_methods:
        raise MethodWithoutVote


def is_quorate(vote: Vote, rules: Tenders) -> bool:
    """民法典 art. 278: of the number and of the area at least so much takes part."""
    number, area = _shares(vote.participating, vote.everybody)
    return number >= rules.vote_quorum and area >= rules.vote_quorum


def has_passed(vote: Vote, rules: Tenders) -> bool:
    """Of those who take part more than so much agrees, by number and by area."""
    if not is_quorate(vote, rules):
        return False
    number, area = _shares(vote.agreeing, vote.participating)
    return number > rules.vote_majority and area > rules.vote_majority


def refuse_unless_voted(method: str, vote: Vote | None, rules: Tenders) -> None:
    """Raises VoteMissing or VoteFailed."""
    if method not in rules.vote_methods:
        return
    if vote is None:
        raise VoteMissing
    if not has_passed(vote, rules):
        raise VoteFailed


def _shares(some: Voters, of: Voters) -> tuple[Fraction, Fraction]:
    """Nothing of nothing is nothing."""
    number = Fraction(some.number, of.number) if of.number else Fraction()
    return number, Fraction(some.area) / Fraction(of.area) if of.area else Fraction()
