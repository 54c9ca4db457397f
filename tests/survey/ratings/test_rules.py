"""The pure rules of ratings: states, periods, forms, scores, what may be shown."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.survey.ratings.codes import hash_of, new_code
from services.survey.ratings.domain.counting import count, count_panel, panel_averages
from services.survey.ratings.domain.forms import (
    Form,
    FormUnfit,
    MarksIncomplete,
    form_of,
    refuse_incomplete,
    refuse_unfit,
)
from services.survey.ratings.domain.kinds import (
    Direction,
    Part,
    RatingKind,
    ReverseRatingOff,
    refuse_reverse,
)
from services.survey.ratings.domain.lifecycle import (
    TRANSITIONS,
    Invalidity,
    RatingAction,
    RatingNotInState,
    RatingStatus,
    advance,
)
from services.survey.ratings.domain.panels import PanelIncomplete, Seat
from services.survey.ratings.domain.panels import refuse_incomplete as refuse_incomplete_panel
from services.survey.ratings.domain.periods import RatingPeriodUnknown, period_of
from services.survey.surveys.domain.scoring import averages_of, rounded, score_of
from shared.clock import BEIJING
from shared.rulebook import Rulebook, RulebookError
from shared.rulebook.sections.survey import Scale
from shared.settings import RULEBOOKS
from tests.rulebook.conftest import Spoil, spoil
from tests.survey.ratings.raters import CRITERIA, INDICATORS, criteria, marks

__all__ = ["spoil"]  # the fixture

BOOK = Rulebook.load(RULEBOOKS / "xianning-2025-07-21")
RULES, SCORES, CELL = BOOK.ratings, BOOK.scores, BOOK.survey.cell_at_least
QUARTERLY = form_of(RatingKind.QUARTERLY, RULES)
COMMITTEE = form_of(RatingKind.COMMITTEE, RULES)
OF_HUNDRED = Form(QUARTERLY.indicators, Scale(bottom=0, top=100))
FORMS = st.sampled_from([QUARTERLY, OF_HUNDRED])
MIXED = [marks(5, 4, 3, 2, 1, 3, 4, 5), marks(3), marks(4), marks(2), marks(1, 2, 3, 4, 5, 4, 3, 2)]


def given_by(form: Form, codes: tuple[str, ...] = INDICATORS) -> st.SearchStrategy[dict[str, int]]:
    mark = st.integers(form.scale.bottom, form.scale.top)
    return st.fixed_dictionaries(dict.fromkeys(codes, mark))


PANELS = st.fixed_dictionaries(
    {str(part): st.lists(given_by(COMMITTEE, CRITERIA), min_size=1, max_size=4) for part in Part}
)


def exact(form: Form, given: list[dict[str, int]]) -> Fraction:
    return score_of(averages_of(given, form.indicators), form.indicators, form.scale.top)


def of_panel(given: dict[str, list[dict[str, int]]]) -> Fraction:
    averages = panel_averages(given, RULES.committee_weights, COMMITTEE)
    return score_of(averages, COMMITTEE.indicators, COMMITTEE.scale.top)


@pytest.mark.parametrize("state", RatingStatus)
@pytest.mark.parametrize("action", RatingAction)
def test_the_table_is_all_there_is(state: RatingStatus, action: RatingAction) -> None:
    if action in TRANSITIONS[state]:
        assert advance(state, action) is TRANSITIONS[state][action]
        return
    with pytest.raises(RatingNotInState):
        advance(state, action)


@pytest.mark.parametrize(
    ("written", "cycle", "begins", "ends"),
    [
        ("2026-Q1", "QUARTER", (2026, 1, 1), (2026, 4, 1)),
        ("2026-Q4", "QUARTER", (2026, 10, 1), (2027, 1, 1)),
        ("2026-H1", "HALF_YEAR", (2026, 1, 1), (2026, 7, 1)),
        ("2026-H2", "HALF_YEAR", (2026, 7, 1), (2027, 1, 1)),
    ],
)
def test_a_period_ends_at_24_00_of_its_last_day(
    written: str, cycle: str, begins: tuple[int, int, int], ends: tuple[int, int, int]
) -> None:
    """E09: Q1 2026 from 01-01, to 03-31 24:00 in Beijing; E13: half-years."""
    period = period_of(written, cycle)
    assert period.begins_at == datetime(*begins, tzinfo=BEIJING)
    assert period.ends_at == datetime(*ends, tzinfo=BEIJING)


@pytest.mark.parametrize("written", ["2026-Q5", "2026-H1", "9999-Q4", "２０２６-Q1", "2026-q1"])
def test_a_quarter_is_written_as_such(written: str) -> None:
    with pytest.raises(RatingPeriodUnknown):
        period_of(written, "QUARTER")


def test_a_form_has_eight_indicators_that_make_a_whole() -> None:
    """E10: seven are refused when a form is put in use, whatever way it got there; so is a
    repeated one, and weights that do not sum to 1.
    """
    refuse_unfit(RatingKind.QUARTERLY, QUARTERLY)
    refuse_unfit(RatingKind.COMMITTEE, COMMITTEE)
    seven = QUARTERLY.indicators[:7]
    an_eighth = seven[0].model_copy(update={"code": "OTHER", "weight": Decimal("0.120")})
    raised = [each.model_copy(update={"weight": Decimal(1) / 7}) for each in seven]
    for unfit in (seven, raised, [*seven, seven[0]], [*seven, an_eighth]):
        with pytest.raises(FormUnfit):
            refuse_unfit(RatingKind.QUARTERLY, Form(unfit, RULES.scale))
    with pytest.raises(FormUnfit):
        refuse_unfit(RatingKind.COMMITTEE, Form(COMMITTEE.indicators[:4], RULES.scale))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            '  { code = "RESPONSE", chinese = "服务响应速度", weight = 0.125 },\n',
            "",
            "ratings.quarterly_indicators",
        ),
        ('{ code = "GREENING"', '{ code = "ORDER"', "an indicator stands twice"),
        ('chinese = "绿化养护", weight = 0.125', 'chinese = "绿化养护", weight = 0.12', "not to 1"),
        ("STREET = 0.25,", "STREET = 0.2,", "ratings.committee_weights"),
        ("STREET = 0.25,", "OFFICE = 0.25,", "different parts"),
        (
            'value = ["STREET", "COMMUNITY_PARTY"',
            'value = ["OFFICE", "COMMUNITY_PARTY"',
            "committee_panel",
        ),
        ('OWNER_REPRESENTATIVE = ["OWNER"', 'TENANT_REPRESENTATIVE = ["OWNER"', "other kinds"),
        (
            "bidirectional = { value = false",
            "bidirectional = { value = true",
            "there is no form by which a company rates",
        ),
    ],
    ids=["seven", "twice the same", "weights", "parts", "another part", "panel", "kinds", "U06"],
)
def test_a_rulebook_with_an_unfit_form_is_not_loaded(
    spoil: Spoil, old: str, new: str, says: str
) -> None:
    """E10, E13, U06."""
    with pytest.raises(RulebookError, match=says):
        Rulebook.load(spoil("survey.toml", old, new))


def test_a_company_does_not_rate_the_committee() -> None:
    """U06: the switch is off and says so."""
    refuse_reverse(Direction.OF_THE_COMPANY, RULES)
    with pytest.raises(ReverseRatingOff):
        refuse_reverse(Direction.BY_THE_COMPANY, RULES)


@pytest.mark.parametrize(
    "wrong", [marks(0), marks(6), {"HYGIENE": 3}, marks(3) | {"PARKING": 3}], ids=str
)
def test_every_indicator_once_on_the_scale(wrong: dict[str, int]) -> None:
    """E10; on another scale other marks are right."""
    refuse_incomplete(marks(1, 2, 3, 4, 5, 5, 4, 3), QUARTERLY)
    refuse_incomplete(marks(0, 6, 100, 50, 51, 52, 53, 54), OF_HUNDRED)
    with pytest.raises(MarksIncomplete):
        refuse_incomplete(wrong, QUARTERLY)


def test_rounded_once_half_up() -> None:
    """Rules-0.2, E10: 25 of 40 marks above the mean of 3 by one are 72.50, exactly."""
    given = [marks(4, 4, 4, 4, 4, 3, 3, 3)] * 5
    assert count(given, QUARTERLY, CELL, SCORES).score == Decimal("72.50")
    thirds = [marks(3), marks(3), marks(4)] * 2
    assert count(thirds, QUARTERLY, CELL, SCORES).score == Decimal("66.67")
    averages = averages_of(thirds, QUARTERLY.indicators)
    twice = sum(rounded(each, SCORES) for each in averages.values()) * Decimal("2.5")
    assert twice == Decimal("66.60"), "rounding the averages first would give another score"


@given(FORMS.flatmap(lambda form: st.tuples(
    st.just(form), st.lists(given_by(form), min_size=5, max_size=12)
)))  # fmt: skip
def test_a_score_stays_on_its_scale(rated: tuple[Form, list[dict[str, int]]]) -> None:
    """E10: 0 to 100, rounded once from the exact value."""
    form, marked = rated
    counted = count(marked, form, CELL, SCORES)
    assert counted.score is not None
    assert 0 <= counted.score <= 100
    assert counted.score == rounded(exact(form, marked), SCORES)
    assert abs(Fraction(counted.score) - exact(form, marked)) <= Fraction(1, 200)


@given(st.lists(given_by(QUARTERLY), min_size=1, max_size=8), st.data())
def test_a_better_mark_never_lowers_the_score(
    given: list[dict[str, int]], data: st.DataObject
) -> None:
    """E10: monotone in each indicator, before and after rounding."""
    which = data.draw(st.integers(0, len(given) - 1))
    code = data.draw(st.sampled_from(INDICATORS))
    better = [dict(each) for each in given]
    better[which][code] = min(5, better[which][code] + 1)
    before, after = exact(QUARTERLY, given), exact(QUARTERLY, better)
    assert before <= after
    assert (before < after) is (better != given)
    assert rounded(before, SCORES) <= rounded(after, SCORES)


@pytest.mark.parametrize(("raters", "because"), [(4, Invalidity.FEW_RATERS), (5, None)])
def test_too_few_raters_make_no_figure(raters: int, because: Invalidity | None) -> None:
    """E09: not even the score is known of four."""
    counted = count(MIXED[:raters], QUARTERLY, CELL, SCORES)
    assert counted.invalid_because == because
    assert (counted.score is None, counted.averages is None) == (raters == 4, raters == 4)


def test_averages_are_shown_together_or_not_at_all() -> None:
    """E10: where all gave the lowest or the highest, the others would tell it."""
    shown = count(MIXED, QUARTERLY, CELL, SCORES).averages
    assert shown is not None
    assert set(shown) == set(INDICATORS)
    unanimous = [each | {"ORDER": 5} for each in MIXED]
    counted = count(unanimous, QUARTERLY, CELL, SCORES)
    assert (counted.averages, counted.score is None) == (None, False)


def test_the_parts_of_a_panel_count_alike() -> None:
    """E13: the mean of four means, however many sit in each."""
    panel = {str(part): [criteria(4)] for part in Part}
    panel["STREET"] = [criteria(2), criteria(3)]
    counted = count_panel(panel, RULES.committee_weights, COMMITTEE, CELL, SCORES)
    assert counted.score == Decimal("72.50"), "(2.5 + 4 + 4 + 4) / 4 of 5"
    assert (counted.raters, counted.averages) == (5, None), "five, but no part is a cell"


def test_the_averages_of_a_panel_need_a_cell_in_each_part() -> None:
    """E13: four parts of five members."""
    panel = {str(part): [criteria(2), *[criteria(4)] * 4] for part in Part}
    counted = count_panel(panel, RULES.committee_weights, COMMITTEE, CELL, SCORES)
    assert counted.averages == dict.fromkeys(CRITERIA, Decimal("3.60"))
    panel["STREET"].pop()
    fewer = count_panel(panel, RULES.committee_weights, COMMITTEE, CELL, SCORES)
    assert fewer.averages is None


@pytest.mark.parametrize("missing", Part)
def test_no_part_of_a_panel_is_missing(missing: Part) -> None:
    """E13: neither at the beginning nor in the count."""
    seats = [Seat(part, taken=part is not missing, marked=False) for part in Part]
    with pytest.raises(PanelIncomplete) as caught:
        refuse_incomplete_panel(seats, RULES)
    assert caught.value.details == {"missing": [missing]}
    panel: dict[str, Any] = {str(part): [] if part is missing else [criteria(4)] for part in Part}
    counted = count_panel(panel, RULES.committee_weights, COMMITTEE, CELL, SCORES)
    assert (counted.invalid_because, counted.score) == (Invalidity.PART_MISSING, None)


@given(PANELS, st.data())
def test_a_panels_score_is_monotone_and_on_its_scale(
    panel: dict[str, list[dict[str, int]]], data: st.DataObject
) -> None:
    """E13: in every criterion of every member of every part."""
    part = data.draw(st.sampled_from(sorted(panel)))
    which = data.draw(st.integers(0, len(panel[part]) - 1))
    code = data.draw(st.sampled_from(CRITERIA))
    better = {name: [dict(each) for each in given] for name, given in panel.items()}
    better[part][which][code] = min(5, better[part][which][code] + 1)
    before, after = of_panel(panel), of_panel(better)
    assert 20 <= before <= after <= 100
    counted = count_panel(panel, RULES.committee_weights, COMMITTEE, CELL, SCORES)
    assert counted.score == rounded(before, SCORES)


def test_codes_are_long_and_forgive_how_they_are_typed() -> None:
    codes = {new_code() for _ in range(100)}
    assert len(codes) == 100
    assert all(len(each.replace("-", "")) == 16 for each in codes)
    assert hash_of("O1L2-abcd-0000-0000") == hash_of("0112abcd00000000")


def test_a_quarter_lasts_to_its_last_microsecond() -> None:
    """E09: the moment of 24:00 itself is in time."""
    ends = period_of("2026-Q1", "QUARTER").ends_at
    assert ends - timedelta(microseconds=1) == datetime(
        *(2026, 3, 31, 23, 59, 59, 999999), tzinfo=BEIJING
    )
