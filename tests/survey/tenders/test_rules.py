"""The pure rules of tenders: panel, score, bonus, ranking, and the way of a tender."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.survey.credit.domain.bonus import with_bonus
from services.survey.tenders.domain.bidders import BidderRestricted, refuse_restricted
from services.survey.tenders.domain.lifecycle import (
    TRANSITIONS,
    TenderAction,
    TenderNotInState,
    TenderStatus,
    advance,
)
from services.survey.tenders.domain.panels import PanelSizeWrong, refuse_wrong_size
from services.survey.tenders.domain.preparation import few_bidders
from services.survey.tenders.domain.ranking import ranks_of
from services.survey.tenders.domain.scoring import Indicators, exact_score, score_of
from services.survey.tenders.domain.voting import Vote, Voters, has_passed, is_quorate
from shared.rulebook import Rulebook, RulebookError
from tests.rulebook import COMMITTED
from tests.rulebook.conftest import Spoil, spoil
from tests.stage import START

__all__ = ["spoil"]

BOOK = Rulebook.load(COMMITTED)
RULES, SCORES = BOOK.tenders, BOOK.scores
POINTS = st.decimals(min_value=0, max_value=100, places=2)
BIDS = st.builds(Indicators, POINTS, POINTS, POINTS)
Sums = tuple[int, str]
AT = START
LONG_AGO = START.replace(year=2025, month=12, day=31)


def test_the_letters_example() -> None:
    """F05: 0.6 x 85 + 0.3 x 90 + 0.1 x 70 = 85.00."""
    bid = Indicators(Decimal(85), Decimal(90), Decimal(70))
    assert str(score_of(bid, RULES, SCORES)) == "85.00"


@pytest.mark.parametrize(
    ("bid", "score"),
    [
        (("84.99", "90", "70.06"), "85.00"),  # 85.000 exactly, in three parts
        (("85", "90", "70.05"), "85.01"),  # 85.005 is half, and goes up
        (("85", "90", "70.04"), "85.00"),  # 85.004
        (("33.33", "33.33", "33.33"), "33.33"),
    ],
)
def test_a_score_is_rounded_once(bid: tuple[str, ...], score: str) -> None:
    """Ground rule 0.2.6: exact until the end, then half up."""
    assert str(score_of(Indicators(*map(Decimal, bid)), RULES, SCORES)) == score


@given(BIDS)
def test_a_score_stays_within_its_scale(bid: Indicators) -> None:
    assert 0 <= score_of(bid, RULES, SCORES) <= 100
    assert min(vars(bid).values()) <= exact_score(bid, RULES) <= max(vars(bid).values())


@given(BIDS, st.sampled_from(["service", "credit", "price"]), POINTS)
def test_more_of_an_indicator_is_never_less(bid: Indicators, name: str, other: Decimal) -> None:
    """F05: monotone in each of the three, also after rounding."""
    better = replace(bid, **{name: max(other, getattr(bid, name))})
    assert exact_score(better, RULES) >= exact_score(bid, RULES)
    assert score_of(better, RULES, SCORES) >= score_of(bid, RULES, SCORES)


@pytest.mark.parametrize(
    ("weights", "complaint"),
    [
        ("service = 0.6, credit = 0.3, price = 0.2", "sum to 1.1, not to 1"),
        ("service = 0.6, credit = 0.3, price = 0.0999", "sum to 0.9999, not to 1"),
        ("service = 0.7, credit = 0.3", "weights name"),
        ("service = 0.6, credit = 0.3, luck = 0.1", "weights name"),
    ],
)
def test_weights_make_a_whole(spoil: Spoil, weights: str, complaint: str) -> None:
    """F05: a rulebook whose weights do not sum to 1 is refused at the start."""
    folder = spoil("survey.toml", "service = 0.6, credit = 0.3, price = 0.1", weights)
    with pytest.raises(RulebookError, match=complaint):
        Rulebook.load(folder)


@pytest.mark.parametrize(
    ("score", "total"),
    [("85.00", "90.00"), ("97.00", "100.00"), ("98.00", "100.00"), ("95.00", "100.00")],
)
def test_excellent_adds_five_up_to_a_hundred(score: str, total: str) -> None:
    """E25: on the whole score, capped."""
    assert with_bonus(Decimal(score), BOOK.subsidy) == Decimal(total)


@given(POINTS)
def test_a_bonus_never_leads_out_of_the_scale(score: Decimal) -> None:
    """E25: capped, and nobody loses by it."""
    assert score <= with_bonus(score, BOOK.subsidy) <= 100


@pytest.mark.parametrize(("count", "fine"), [(4, False), (5, True), (7, True), (8, False)])
def test_five_to_seven_owners(count: int, fine: bool) -> None:
    """F04."""
    if fine:
        refuse_wrong_size(count, RULES)
    else:
        with pytest.raises(PanelSizeWrong):
            refuse_wrong_size(count, RULES)


def test_a_restricted_grade_blocks() -> None:
    """E18: C, and the worse D, need a reason; A, B and no grade need none; from 2026 on."""
    for fine in ("A", "B", None):
        refuse_restricted(fine, None, BOOK, AT)
    for restricted in ("C", "D"):
        with pytest.raises(BidderRestricted):
            refuse_restricted(restricted, None, BOOK, AT)
    refuse_restricted("C", "仅此一家报名", BOOK, AT)
    refuse_restricted("C", None, BOOK, LONG_AGO)


def test_equal_totals_share_a_rank() -> None:
    """F05: 1, 2, 2, 4."""
    totals = {UUID(int=at): Decimal(each) for at, each in enumerate(["80", "90", "85", "85"])}
    assert list(ranks_of(totals).values()) == [4, 1, 2, 2]


@given(st.dictionaries(st.uuids(), POINTS, max_size=8))
def test_ranks_follow_the_totals(totals: dict[UUID, Decimal]) -> None:
    ranks = ranks_of(totals)
    for one, other in ((a, b) for a in totals for b in totals):
        assert (totals[one] > totals[other]) == (ranks[one] < ranks[other])
    assert not ranks or min(ranks.values()) == 1


def test_fewer_than_three_bidders() -> None:
    """U32: the law's exception is shown, never drawn."""
    assert [few_bidders(each, RULES) for each in (2, 3)] == [True, False]


def a_vote(everybody: Sums, participating: Sums, agreeing: Sums) -> Vote:
    """Each is a number of owners and an area."""
    given_ = (everybody, participating, agreeing)
    return Vote(*(Voters(number, Decimal(area)) for number, area in given_))


@pytest.mark.parametrize(
    ("participating", "agreeing", "quorate", "passed"),
    [((67, "6700"), (34, "3350.01"), True, True), ((67, "6700"), (34, "3350"), True, False),
     ((67, "6700"), (33, "6000"), True, False), ((66, "7000"), (66, "7000"), False, False),
     ((67, "6666.66"), (67, "6666.66"), False, False),
     ((100, "6666.67"), (51, "3333.34"), True, True), ((0, "0"), (0, "0"), False, False)],
)  # fmt: skip
def test_a_vote_of_the_law(
    participating: Sums, agreeing: Sums, quorate: bool, passed: bool
) -> None:
    """F03, U07, facts 2.3: of 100 units with 10 000 m2 two thirds take part, more than half of
    these agree, each by number and by area.
    """
    vote = a_vote((100, "10000"), participating, agreeing)
    assert (is_quorate(vote, RULES), has_passed(vote, RULES)) == (quorate, passed)


def test_nobody_at_all_decides_nothing() -> None:
    nobody = (0, "0")
    assert not has_passed(a_vote(nobody, nobody, nobody), RULES)


def test_every_step_of_the_table() -> None:
    for state, steps in TRANSITIONS.items():
        for action in TenderAction:
            if action in steps:
                assert advance(state, action) == steps[action]
            else:
                with pytest.raises(TenderNotInState):
                    advance(state, action)


@given(st.lists(st.sampled_from(list(TenderAction)), max_size=12))
def test_what_is_public_or_void_stays(path: list[TenderAction]) -> None:
    state, ended = TenderStatus.DRAFT, False
    for action in path:
        try:
            following = advance(state, action)
        except TenderNotInState:
            continue
        assert not ended
        state, ended = following, following in {TenderStatus.PUBLISHED, TenderStatus.VOID}
