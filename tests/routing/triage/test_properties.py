"""Whatever somebody writes: a proposal, within bounds, always the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.routing.cases.domain.grading import RANK
from services.routing.triage.proposal import PoliceView
from services.routing.triage.propose import propose
from shared.rulebook import Grade, Rulebook
from tests.rulebook import COMMITTED

BOOK = Rulebook.load(COMMITTED)
WORDS = sorted(
    {word for rules in BOOK.triage.categories.values() for rule in rules for word in rule.words}
    | {word for rule in (*BOOK.triage.police, *BOOK.triage.emergency) for word in rule.words}
    | {word for rule in (*BOOK.triage.raises, *BOOK.triage.acts) for word in rule.words}
)
GAPS = st.sampled_from(["", " ", "\n", "\u3000", "\t\r\n", "\u200b"])
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from([*WORDS, "，", "小区", "A1"]), max_size=30).map("".join),
)
CHOICES = st.one_of(st.none(), st.sampled_from(sorted(BOOK.categories)), st.text(max_size=5))


@given(TEXTS, TEXTS, CHOICES)
def test_there_is_always_a_proposal_within_bounds(
    title: str, text: str, chosen: str | None
) -> None:
    proposal = propose(BOOK, title, text, chosen)
    assert proposal.category in BOOK.categories
    for share in (
        proposal.confidence,
        proposal.grade_confidence,
        *(each.confidence for each in proposal.alternatives),
    ):
        assert 0 <= share <= 1
    assert (proposal.grade is None) == (proposal.police is PoliceView.CERTAIN)
    assert bool(proposal.call) == proposal.emergency
    codes = [each.category for each in proposal.alternatives]
    assert len(codes) == len(set(codes)) >= 1


@given(TEXTS, TEXTS, CHOICES)
def test_the_same_words_are_always_judged_the_same(
    title: str, text: str, chosen: str | None
) -> None:
    assert propose(BOOK, title, text, chosen) == propose(BOOK, title, text, chosen)


@given(TEXTS, TEXTS)
def test_an_emergency_is_major_and_a_grade_is_never_below_the_usual(title: str, text: str) -> None:
    """X31, facts 2.9."""
    proposal = propose(BOOK, title, text)
    if proposal.grade is None:
        return
    usual = BOOK.category(proposal.category).grade
    assert usual is not None
    assert RANK[proposal.grade] >= RANK[usual]
    assert not proposal.emergency or proposal.grade is Grade.MAJOR


@given(st.lists(st.tuples(st.sampled_from(WORDS), GAPS), max_size=15), st.integers(0, 40), GAPS)
def test_gaps_and_line_breaks_change_nothing(
    words: list[tuple[str, str]], place: int, gap: str
) -> None:
    text = "".join(word for word, _ in words)
    spaced = "".join(word + between for word, between in words)
    spaced = spaced[:place] + gap + spaced[place:]
    assert propose(BOOK, "小区", spaced) == propose(BOOK, "小区", text)
