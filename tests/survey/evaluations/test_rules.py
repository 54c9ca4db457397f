"""Scores, half-years, editions and lifecycles as pure functions (E15, E16, E20, U13, U14)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.survey.evaluations.domain.absences import IN_CHINESE, Absence
from services.survey.evaluations.domain.composing import Bands, compose
from services.survey.evaluations.domain.contracts import (
    AreaNotADivision,
    checked_area,
)
from services.survey.evaluations.domain.editions import (
    CorrectionNeedsReason,
    NothingToCorrect,
    RunDivisionNotPossible,
    RunOverlaps,
    differences,
    refuse_idle,
    refuse_other_levels,
    refuse_overlap,
)
from services.survey.evaluations.domain.halves import HalfYearRunning, half_year, refuse_running
from services.survey.evaluations.domain.judging import names_a_survey
from services.survey.evaluations.domain.lifecycles import (
    ASSESSMENTS,
    RUNS,
    AssessmentAction,
    AssessmentNotInState,
    AssessmentStatus,
    RunAction,
    RunNotInState,
    RunStatus,
    advance,
)
from services.survey.evaluations.domain.results import (
    CommunityResult,
    Gathered,
    OwnersResult,
    ThirdPartyResult,
    Where,
)
from services.survey.evaluations.domain.scoring import (
    composite_score,
    owners_weight,
    third_party_score,
)
from services.survey.surveys.domain.periods import PeriodUnknown
from shared.clock import BEIJING
from shared.rulebook import Rulebook, load_shelf
from shared.rulebook.bands import band_of
from shared.settings import RULEBOOKS
from tests.samples import COMPANY, ESTATE, named

BOOK: Rulebook = load_shelf(RULEBOOKS).in_force_at(datetime(2026, 7, 1, tzinfo=BEIJING))
RULES, SCORES = BOOK.evaluation, BOOK.scores
BANDS = Bands(evaluation=RULES.bands, credit=BOOK.credit.bands, scores=SCORES)
WHERE = Where(ESTATE, "演示·桂花园", "421281002", "421281002001", COMPANY)
H1 = half_year("2026-H1")
LAST_MINUTE = datetime(2026, 6, 30, 23, 59, 59, tzinfo=BEIJING)

marks = st.decimals(min_value=0, max_value=100, places=2, allow_nan=False, allow_infinity=False)
parts = st.fixed_dictionaries({"owners": marks, "community": marks, "third_party": marks})
dimensions = st.fixed_dictionaries(dict.fromkeys(RULES.third_party, marks))


def composite(owners: str, community: str, third_party: str) -> Decimal | None:
    given = {"owners": owners, "community": community, "third_party": third_party}
    return composite_score({part: Decimal(score) for part, score in given.items()}, RULES, SCORES)


def test_the_composite_of_the_letter() -> None:
    """E15: 0.4 x 82 + 0.3 x 76 + 0.3 x 88 = 82.00."""
    assert str(composite("82", "76", "88")) == "82.00"


def test_the_third_party_of_the_letter() -> None:
    """E20: 80, 90, 75, 70, 60 by 20/20/30/20/10 are 76.50."""
    given = dict(zip(RULES.third_party, map(Decimal, ("80", "90", "75", "70", "60")), strict=True))
    assert str(third_party_score(given, RULES, SCORES)) == "76.50"


@pytest.mark.parametrize(
    ("owners", "community", "third_party", "expected"),
    [
        ("79.98", "80.00", "80.01", "79.995"),
        ("80.00", "79.99", "79.99", "79.994"),
    ],
)
def test_rounding_happens_once(
    owners: str, community: str, third_party: str, expected: str
) -> None:
    """E15, ground rule 0.2.6: 79.995 is 80.00, 79.994 is 79.99; the label follows afterwards."""
    exact = sum(
        Fraction(Decimal(score)) * Fraction(weight)
        for score, weight in zip(
            (owners, community, third_party), RULES.composite.values(), strict=True
        )
    )
    assert exact == Fraction(Decimal(expected))
    score = composite(owners, community, third_party)
    assert score is not None
    assert str(score) == {"79.995": "80.00", "79.994": "79.99"}[expected]
    assert band_of(BOOK.credit.bands, score).code == {"79.995": "B", "79.994": "C"}[expected]


@given(parts)
def test_a_composite_stays_within_its_parts(given: Mapping[str, Decimal]) -> None:
    """E15: 0 to 100, and never outside of what was given."""
    score = composite_score(given, RULES, SCORES)
    assert score is not None
    assert min(given.values()) <= score <= max(given.values())
    assert 0 <= score <= 100


@given(parts, st.sampled_from(["owners", "community", "third_party"]), marks)
def test_a_composite_never_falls_when_a_part_rises(
    given: Mapping[str, Decimal], part: str, other: Decimal
) -> None:
    """E15: monotone in each component."""
    low, high = sorted((given[part], other))
    below = composite_score({**given, part: low}, RULES, SCORES)
    above = composite_score({**given, part: high}, RULES, SCORES)
    assert below is not None
    assert above is not None
    assert below <= above


@given(parts)
def test_it_is_rounded_once_from_the_exact_value(given: Mapping[str, Decimal]) -> None:
    score = composite_score(given, RULES, SCORES)
    exact = sum(Fraction(given[part]) * Fraction(RULES.composite[part]) for part in given)
    assert score is not None
    assert Fraction(-1, 200) < exact - Fraction(score) + Fraction(0) < Fraction(1, 200) or (
        Fraction(score) - exact == Fraction(1, 200)
    )


@given(dimensions)
def test_a_third_party_score_stays_within_its_marks(given: Mapping[str, Decimal]) -> None:
    """E20."""
    score = third_party_score(given, RULES, SCORES)
    assert min(given.values()) <= score <= max(given.values())


@given(parts, st.sampled_from(["owners", "community", "third_party"]))
def test_a_missing_part_makes_no_composite(given: Mapping[str, Decimal], part: str) -> None:
    """E15: nothing is weighted anew."""
    assert composite_score({**given, part: None}, RULES, SCORES) is None


def test_owners_who_are_asked_twice_weigh_more() -> None:
    """U13: 0.40 + 0.30 x 0.30 = 0.49."""
    assert owners_weight(RULES, same_source=False) == Decimal("0.4")
    assert owners_weight(RULES, same_source=True) == Decimal("0.49")


@pytest.mark.parametrize(
    "source",
    [
        "{id}",
        "问卷 {id}（线上）",
        "{plain}",
        "ID：{upper}",
        "{dashed}",
        "问卷 {apart}",
    ],
)
def test_a_survey_of_ours_is_known_however_it_is_written(source: str) -> None:
    """U13: the same survey id."""
    id = named("survey")
    forms = {"dashed": str(id).replace("-", "–"), "apart": str(id).replace("-", "\u200b — ")}
    text = source.format(id=id, plain=id.hex, upper=str(id).upper(), **forms)
    assert names_a_survey(text, {id})
    assert not names_a_survey(text, {named("another")})
    assert not names_a_survey("CX-2026-06-001", {id})


def test_a_half_year_ends_at_midnight() -> None:
    """E16: 01-01 to 06-30 and 07-01 to 12-31, in Beijing."""
    assert (H1.first, H1.last) == (date(2026, 1, 1), date(2026, 6, 30))
    second = half_year("2026-H2")
    assert (second.first, second.last) == (date(2026, 7, 1), date(2026, 12, 31))
    for moment, inside in (
        (datetime(2025, 12, 31, 23, 59, 59, tzinfo=BEIJING), False),
        (datetime(2026, 1, 1, tzinfo=BEIJING), True),
        (datetime(2025, 12, 31, 16, 0, tzinfo=UTC), True),
        (LAST_MINUTE, True),
        (datetime(2026, 7, 1, tzinfo=BEIJING), False),
        (datetime(2026, 6, 30, 16, 0, tzinfo=UTC), False),
    ):
        assert H1.holds_moment(moment) is inside
    with pytest.raises(HalfYearRunning):
        refuse_running(H1, LAST_MINUTE)
    refuse_running(H1, datetime(2026, 7, 1, tzinfo=BEIJING))


@pytest.mark.parametrize("period", ["2026", "2026-H3", "2026-Q1", "0000-H1", "9999-H2", ""])
def test_what_is_no_half_year(period: str) -> None:
    with pytest.raises(PeriodUnknown):
        half_year(period)


def owners_result(at: datetime, score: str = "82.00", period: str = "2026-H1") -> OwnersResult:
    return OwnersResult(named(f"survey {at}"), WHERE, period, Decimal(score), 50, at)


def a_third_party(day: date = date(2026, 6, 30), **changes: object) -> ThirdPartyResult:
    values: dict[str, object] = {
        "id": named("third party"),
        "version": 1,
        "import_id": named("import"),
        "agency_id": named("agency"),
        "where": WHERE,
        "score": Decimal("88.00"),
        "owner_mark": Decimal("75.00"),
        "sample_size": 60,
        "same_source": False,
        "evaluated_on": day,
    }
    return ThirdPartyResult(**values | changes)  # type: ignore[arg-type]


def an_assessment(day: date = date(2026, 6, 30), *, confirmed: bool = True) -> CommunityResult:
    return CommunityResult(named("assessment"), 2, WHERE, Decimal("76.00"), day, confirmed)


def test_only_results_dated_in_the_half_year_count() -> None:
    """E16: the days themselves; the newest survey of the half-year, whatever period it asked of."""
    found = Gathered(
        owners=[
            owners_result(datetime(2026, 1, 1, tzinfo=BEIJING), "70.00", "2025-H2"),
            owners_result(LAST_MINUTE),
            owners_result(LAST_MINUTE + timedelta(seconds=1), "99.00"),
        ],
        community=[an_assessment()],
        third_party=[a_third_party()],
    )
    (one,) = compose(found, "2026-H1", H1, RULES, BANDS)
    assert (str(one.composite), one.missing) == ("82.00", {})
    assert (one.band, one.grade) == ("GOOD", "B")
    assert one.owners is not None
    assert one.owners.published_at == LAST_MINUTE
    assert compose(found, "2026-H1", H1, RULES, BANDS) == [one]


def test_what_is_missing_is_said() -> None:
    """E15, E16: by part, and a survey that was published a second too late is named as such."""
    late = owners_result(datetime(2026, 7, 1, tzinfo=BEIJING))
    found = Gathered([late], [an_assessment(confirmed=False)], [a_third_party()])
    (one,) = compose(found, "2026-H1", H1, RULES, BANDS)
    assert (one.composite, one.grade, one.band) == (None, None, "GOOD")
    assert one.missing == {
        "owners": Absence.SURVEY_DATED_OUTSIDE,
        "community": Absence.NOT_CONFIRMED,
    }
    (two,) = compose(Gathered([], [an_assessment()], []), "2026-H1", H1, RULES, BANDS)
    assert two.missing == {"owners": Absence.NO_SURVEY, "third_party": Absence.NO_THIRD_PARTY}
    assert compose(Gathered([late], [], []), "2026-H1", H1, RULES, BANDS) == []
    assert set(IN_CHINESE) == set(Absence)


def test_figures_that_are_alike_are_noticed() -> None:
    """U13: same score, same number of owners, though no survey is named."""
    ours = owners_result(LAST_MINUTE, "75.00")
    for size, noticed in ((50, True), (51, False)):
        found = Gathered([ours], [an_assessment()], [a_third_party(sample_size=size)])
        (one,) = compose(found, "2026-H1", H1, RULES, BANDS)
        assert one.same_figures is noticed


def test_an_area_is_made_of_divisions() -> None:
    """E22: none of them within another."""
    assert checked_area(["421281002", "421281", "4212", "4212"]) == ("4212",)
    for wrong in ([], ["42128"], ["42"]):
        with pytest.raises(AreaNotADivision):
            checked_area(wrong)


def test_a_run_is_of_the_city_or_a_county() -> None:
    """E16, E23: and no estate is in two of them."""
    refuse_other_levels("4212")
    refuse_other_levels("421281")
    with pytest.raises(RunDivisionNotPossible):
        refuse_other_levels("42128")
    refuse_overlap("421281", ["421281", "421202"])
    for mine, other in (("4212", "421281"), ("421281", "4212")):
        with pytest.raises(RunOverlaps):
            refuse_overlap(mine, [other])


def test_a_correction_says_what_and_why() -> None:
    """E23: figure by figure, also of what came or went."""
    one, two = UUID(int=1), UUID(int=2)
    before = {one: {"owners": "82.00", "composite": "82.00"}}
    after = {one: {"owners": "80.00", "composite": "82.00"}, two: {"owners": "70.00"}}
    told = [
        (each["figure"], each["before"], each["after"]) for each in differences(before, after, {})
    ]
    assert told == [("owners", "82.00", "80.00"), ("owners", None, "70.00")]
    assert differences(before, before, {}) == []
    (again,) = differences(before, before, {one: {"owners"}})
    assert (again["before"], again["after"]) == (None, "82.00")
    refuse_idle(None, None, [])
    refuse_idle(one, "漏计", told)
    with pytest.raises(CorrectionNeedsReason):
        refuse_idle(one, None, told)
    with pytest.raises(NothingToCorrect):
        refuse_idle(one, "漏计", [])


@given(st.lists(st.sampled_from(RunAction), max_size=6))
def test_a_run_is_public_only_after_approval(actions: list[RunAction]) -> None:
    """What is public or discarded stays so."""
    state, past = RunStatus.DRAFT, [RunStatus.DRAFT]
    for action in actions:
        try:
            state = advance(state, action)
        except RunNotInState:
            assert action not in RUNS[state]
            continue
        past.append(state)
    assert RunStatus.PUBLISHED not in past or RunStatus.APPROVED in past
    for before, _ in pairwise(past):
        assert before not in {RunStatus.PUBLISHED, RunStatus.DISCARDED}


def test_an_assessment_counts_once_confirmed_until_it_is_voided() -> None:
    for state in AssessmentStatus:
        for action in AssessmentAction:
            if action in ASSESSMENTS[state]:
                assert advance(state, action) is ASSESSMENTS[state][action]
            else:
                with pytest.raises(AssessmentNotInState):
                    advance(state, action)
