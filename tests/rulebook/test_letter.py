"""The committed rulebook says what the letter and our defaults say (seed-rules 1.8, 1.9)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from shared.clock import BEIJING
from shared.counting import Counting, Length
from shared.rulebook import (
    BreachAction,
    Channel,
    ClockKind,
    Desk,
    Grade,
    NoSuchRule,
    Origin,
    Rulebook,
)
from shared.rulebook.bands import band_of
from tests.rulebook.conftest import Spoil

HOURS, CIVIL, STATUTORY, WORKING = (
    Counting.HOURS,
    Counting.CIVIL_DAYS,
    Counting.STATUTORY_DAYS,
    Counting.WORKING_DAYS,
)

ACCEPT_FROM_MAY = 'accept = { effective_from = 2026-05-01, value = "2 hours",'


def test_the_version_carries_the_date_of_the_letter(rulebook: Rulebook) -> None:
    """G02: rules are named after the letter of 2025-07-21."""
    assert rulebook.version == "seed-2025-07-21"
    assert rulebook.header.city_code == "4212"
    assert rulebook.header.in_force_from.date() == date(2025, 7, 21)


@pytest.mark.parametrize(
    ("kind", "code", "length", "breach"),
    [
        (ClockKind.ACCEPT, "CK-00", Length(2, HOURS), BreachAction.ALERT_CENTRE),
        (ClockKind.DISPATCH, "CK-01", Length(1, HOURS), BreachAction.OVERDUE_AND_LEADER),
        (ClockKind.SIGN, "CK-02", Length(2, HOURS), BreachAction.AUTO_SIGN),
        (ClockKind.MEDIATION_START, "CK-03", Length(24, HOURS), BreachAction.OVERDUE_AND_STREET),
        (ClockKind.SMALL_RESOLVE, "CK-04", Length(24, HOURS), BreachAction.UPGRADE_TO_MEDIUM),
        (ClockKind.FEEDBACK, "CK-05", Length(7, CIVIL), BreachAction.OVERDUE_AND_SUPERVISION),
        (ClockKind.MEDIUM_RESOLVE, "CK-06", Length(7, CIVIL), BreachAction.SUPERVISION),
        (ClockKind.MAJOR_CONVENE, "CK-07", Length(24, HOURS), BreachAction.COUNTY_AND_CITY),
        (ClockKind.MAJOR_PLAN, "CK-07", Length(3, WORKING), BreachAction.COUNTY_AND_CITY),
        (ClockKind.MAJOR_INTERIM, "CK-07", Length(7, CIVIL), BreachAction.COUNTY_AND_CITY),
        (ClockKind.MAJOR_RESULT, "CK-07", Length(30, CIVIL), BreachAction.COUNTY_AND_CITY),
        (ClockKind.FORMAL_MEDIATION, "CK-08", Length(30, CIVIL), BreachAction.FAIL_MEDIATION),
        (
            ClockKind.CONFIRMATION_APPLICATION,
            "CK-09",
            Length(30, STATUTORY),
            BreachAction.OPTION_EXPIRES,
        ),
        (ClockKind.DELEGATED_MEDIATION, "CK-10", Length(30, CIVIL), BreachAction.BACK_TO_COURT),
        (ClockKind.ENTRUSTED_MEDIATION, "CK-11", Length(15, CIVIL), BreachAction.BACK_TO_COURT),
        (
            ClockKind.ENTRUSTED_MEDIATION_SIMPLIFIED,
            "CK-11",
            Length(7, CIVIL),
            BreachAction.BACK_TO_COURT,
        ),
        (ClockKind.OWNER_CONFIRMATION, "CK-12", Length(3, CIVIL), BreachAction.RETURN_VISIT),
        (ClockKind.SUPPLEMENT, "CK-13", Length(5, CIVIL), BreachAction.REFUSE_OR_RESUME),
        (ClockKind.RETURN_VISIT, "CK-14", Length(3, CIVIL), BreachAction.CLOSE_UNANSWERED),
        (ClockKind.REOPEN_WINDOW, "CK-15", Length(15, CIVIL), BreachAction.WINDOW_ENDS),
        (ClockKind.RECTIFICATION, "CK-16", Length(30, CIVIL), BreachAction.CREDIT_ENTRY),
        (ClockKind.FAST_FIX, "CK-17", Length(24, HOURS), BreachAction.FULL_JOINT_HANDLING),
        (ClockKind.TRANSFER, "CK-18", Length(1, WORKING), BreachAction.ALERT_CENTRE),
    ],
)
def test_clocks(
    rulebook: Rulebook, kind: ClockKind, code: str, length: Length, breach: BreachAction
) -> None:
    rule = rulebook.clock(kind)
    assert (rule.code, rule.length, rule.on_breach) == (code, length, breach)
    assert code in rulebook.entry(f"clocks.{kind}").sources


def test_clocks_warn_at_half_and_four_fifths(rulebook: Rulebook) -> None:
    """N14; the reopen window is not a duty and warns nobody."""
    warned = {kind: rule.warnings for kind, rule in rulebook.clocks.items()}
    assert warned.pop(ClockKind.REOPEN_WINDOW) == ()
    assert set(warned.values()) == {(0.5, 0.8)}


@pytest.mark.parametrize(
    ("key", "row", "origin"),
    [
        ("sla.dispatch", "B04", Origin.STATED),
        ("sla.mediation_start", "B05", Origin.STATED),
        ("sla.feedback", "B06", Origin.STATED),
        ("sla.small.resolve", "B09", Origin.PLANNED),
        ("sla.medium.resolve", "B10", Origin.PLANNED),
        ("survey.offline_coverage_at_least", "E03", Origin.STATED),
        ("survey.low_score", "E07", Origin.STATED),
        ("evaluation.composite", "E15", Origin.PLANNED),
        ("evaluation.third_party", "E20", Origin.PLANNED),
        ("tenders.weights", "F05", Origin.PLANNED),
        ("tenders.panel_at_least", "F04", Origin.STATED),
        ("subsidy.bonus", "E25", Origin.PLANNED),
        ("subsidy.uplift", "E24", Origin.PLANNED),
        ("meetings.community", "D07", Origin.PLANNED),
        ("reports.core_indicators", "D11", Origin.PLANNED),
        ("street_offices.assessment_weight_at_least", "A17", Origin.PLANNED),
        ("training.handbook_chapters", "F11", Origin.PLANNED),
        ("sla.major.result", "U30", Origin.OURS),
        ("sla.confirmation_application", "CK-09", Origin.LAW),
    ],
)
def test_every_constant_knows_who_says_so(
    rulebook: Rulebook, key: str, row: str, origin: Origin
) -> None:
    entry = rulebook.entry(key)
    assert row in entry.sources
    assert entry.origin is origin


def test_constants_of_surveys_and_evaluations(rulebook: Rulebook) -> None:
    """E03, E07, E15, E20, E24, E25, F04, F05."""
    assert rulebook.survey.offline_coverage_at_least == 80
    assert rulebook.survey.low_score.below == 80
    assert rulebook.survey.low_score.consecutive == 2
    assert [*rulebook.evaluation.composite.values()] == [Decimal(n) for n in ("0.4", "0.3", "0.3")]
    assert [share * 100 for share in rulebook.evaluation.third_party.values()] == [
        20, 20, 30, 20, 10,
    ]  # fmt: skip
    assert [share * 100 for share in rulebook.tenders.weights.values()] == [60, 30, 10]
    assert (rulebook.tenders.panel_at_least, rulebook.tenders.panel_at_most) == (5, 7)
    assert rulebook.subsidy.uplift == Decimal("1.1")
    assert rulebook.subsidy.bonus == 5


def test_lists_have_the_lengths_the_letter_names(rulebook: Rulebook) -> None:
    """E04 five, E10 eight, D05 six, D11 ten, D13 six, F11 twelve, B08 four, B12 five."""
    assert len(rulebook.survey.dimensions) == 5
    assert len(rulebook.ratings.quarterly_indicators) == 8
    assert len(rulebook.meetings.consultation_topics) == 6
    assert len(rulebook.reports.core_indicators) == 10
    assert len(rulebook.divisions.counties) == 6
    assert rulebook.training.handbook_chapters == 12
    assert len(rulebook.joint_teams.existing) == 4
    assert len(rulebook.joint_teams.planned) == len(rulebook.joint_teams.all) == 5


def test_three_of_each_list_are_named_by_the_letter(rulebook: Rulebook) -> None:
    """U02: what the letter does not name is marked as ours."""
    for indicators in (rulebook.survey.dimensions, rulebook.ratings.quarterly_indicators):
        assert sum(each.named_by_letter for each in indicators) == 3


@pytest.mark.parametrize(
    ("score", "evaluation", "credit"),
    [
        ("90.00", "EXCELLENT", "A"),
        ("89.99", "GOOD", "B"),
        ("80.00", "GOOD", "B"),
        ("79.99", "PASS", "C"),
        ("60.00", "PASS", "C"),
        ("59.99", "POOR", "D"),
        ("0", "POOR", "D"),
    ],
)
def test_bands_include_their_beginning(
    rulebook: Rulebook, score: str, evaluation: str, credit: str
) -> None:
    """U19: 90 is excellent, 89.99 is not."""
    assert band_of(rulebook.evaluation.bands, Decimal(score)).code == evaluation
    assert band_of(rulebook.credit.bands, Decimal(score)).code == credit


def test_satisfaction_points(rulebook: Rulebook) -> None:
    """Facts 2.5, U23: 满意 is 80 points; positive from level 3 on."""
    assert [rulebook.satisfaction.points(level) for level in (5, 4, 3, 2, 1)] == [
        100, 80, 60, 40, 20,
    ]  # fmt: skip
    assert rulebook.satisfaction.positive_from == 3


def test_the_due_matrix(rulebook: Rulebook) -> None:
    """Lifecycle 3.4: who handles, who reviews, how often and how long a case is extended."""
    small, medium, major = (rulebook.grades[grade] for grade in Grade)
    assert (small.handler, small.extension_times, small.extension) == (Desk.COMMUNITY, 0, None)
    assert (medium.extension_times, medium.extension) == (1, Length(7, CIVIL))
    assert (major.extension_times, major.extension) == (2, Length(30, CIVIL))
    assert [each.reviewer for each in (small, medium, major)] == [
        Desk.GRID_LEADER, Desk.STREET_OFFICE, Desk.COUNTY_CENTRE,
    ]  # fmt: skip
    assert ClockKind.MEDIATION_START in small.clocks
    assert ClockKind.MEDIATION_START not in major.clocks


def test_limits_of_handling(rulebook: Rulebook) -> None:
    """T12, T27, T45, U26, X08, X11, X22, X33, X35."""
    assert (rulebook.returns.per_unit, rulebook.returns.per_case) == (1, 2)
    assert rulebook.returns.window == rulebook.sla.sign
    assert rulebook.suspension.days_at_most == 30
    assert (rulebook.urging.once_per_hours, rulebook.urging.supervision_from) == (24, 3)
    groups = rulebook.groups
    assert (groups.alert_households, groups.major_households, groups.within_days) == (5, 10, 7)
    assert rulebook.intake.duplicate_window_hours == 72
    assert (rulebook.mediation.contact.contacts, rulebook.mediation.contact.on_days) == (3, 2)
    assert rulebook.satisfaction.visit_attempts == 3
    assert rulebook.reopening.automatic_times + rulebook.reopening.decided_times == 2


def test_escalation_climbs(rulebook: Rulebook) -> None:
    """X18, lifecycle 3.6: breach, +24 h, +72 h, +7 d."""
    steps = [(step.after_hours, step.colour) for step in rulebook.escalation]
    assert steps == [(0, "YELLOW"), (24, "ORANGE"), (72, "RED"), (168, "RED")]
    assert rulebook.escalation[1].action == "SUPERVISION_ORDER"


def test_a_person_confirms_the_hotline_and_major_cases(rulebook: Rulebook) -> None:
    assert rulebook.dispatch.automatic
    assert rulebook.dispatch.confirmed_by_dispatcher_channels == (Channel.HOTLINE,)
    assert rulebook.dispatch.confirmed_by_dispatcher_grades == (Grade.MAJOR,)


@pytest.mark.parametrize(
    ("moment", "quiet"),
    [
        (time(21, 59), False),
        (time(22), True),
        (time(3), True),
        (time(6, 59), True),
        (time(7), False),
    ],
)
def test_quiet_hours_span_midnight(rulebook: Rulebook, moment: time, quiet: bool) -> None:
    """Lifecycle 3.7: 22:00 to 07:00."""
    assert rulebook.notices.quiet_hours.hold(moment) is quiet


@pytest.mark.parametrize(
    ("code", "grade", "lead", "handed_over"),
    [
        ("PF01", Grade.MEDIUM, "STREET", False),
        ("EQ01", Grade.MEDIUM, "COMPANY", False),
        ("IL01", Grade.MAJOR, "URBAN_MANAGEMENT", True),
        ("IL02", Grade.MAJOR, "URBAN_MANAGEMENT", True),
        ("FD02", Grade.MAJOR, "HOUSING", True),
        ("FR01", Grade.MAJOR, "FIRE_RESCUE", False),
        ("NS01", Grade.SMALL, "COMMUNITY", False),
        ("XX01", None, "PUBLIC_SECURITY", False),
        ("TH01", None, "PUBLIC_SECURITY", False),
    ],
)
def test_categories(
    rulebook: Rulebook, code: str, grade: Grade | None, lead: str, handed_over: bool
) -> None:
    """Facts 2.9; B07, B09, B10, B17, C11; police matters carry no grade (B02)."""
    category = rulebook.category(code)
    assert (category.code, category.grade, category.lead) == (code, grade, lead)
    assert category.handed_over is handed_over


def test_the_whole_category_table_is_there(rulebook: Rulebook) -> None:
    assert len(rulebook.categories) == 41
    fast = {code for code, category in rulebook.categories.items() if category.fast_fix}
    assert fast == {"PK03", "FR01", "FR02"}
    police = {code for code, category in rulebook.categories.items() if category.police}
    assert police == {"TH01", "XX01"}


def test_eight_departments_or_more_are_seeded(rulebook: Rulebook) -> None:
    """A10: civil affairs, housing and police among them."""
    seeded = {kind.code for kind in rulebook.organisations if kind.department and kind.seeded}
    assert len(seeded) >= 8
    assert {"CIVIL_AFFAIRS", "HOUSING", "PUBLIC_SECURITY"} <= seeded


def test_plans_wait_for_their_date(rulebook: Rulebook) -> None:
    """E21: third-party evaluation is in force from 2026-01-01 Beijing time, not before."""
    before = datetime(2025, 12, 31, 15, 59, 59, tzinfo=UTC)
    midnight = datetime(2025, 12, 31, 16, tzinfo=UTC)
    assert not rulebook.in_force("evaluation.third_party", before)
    assert rulebook.in_force("evaluation.third_party", midnight)
    assert not rulebook.switched_on("third_party_evaluation", before)
    assert rulebook.switched_on("third_party_evaluation", midnight)
    assert not rulebook.switched_on("tenders", midnight)
    assert not rulebook.in_force("tenders.weights", midnight)
    assert rulebook.in_force("sla.dispatch", before)


def test_a_single_rule_may_wait_for_its_own_date(spoil: Spoil) -> None:
    """Ground rule 0.2.1: an entry without a switch still has a date."""
    folder = spoil("sla.toml", 'accept = { value = "2 hours",', ACCEPT_FROM_MAY)
    book = Rulebook.load(folder)
    first_of_may = datetime(2026, 5, 1, tzinfo=BEIJING)
    assert not book.in_force("sla.accept", first_of_may - timedelta(seconds=1))
    assert book.in_force("sla.accept", first_of_may)


def test_unknown_keys_are_named(rulebook: Rulebook) -> None:
    with pytest.raises(NoSuchRule, match=r"sla\.coffee"):
        rulebook.entry("sla.coffee")
    with pytest.raises(NoSuchRule, match=r"categories\.ZZ99"):
        rulebook.category("ZZ99")


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        ("（2026）鄂1202民初123号", True),
        ("（2026）鄂1281诉前调确7号", True),
        ("（2026）鄂12民终45号", True),
        ("（2026）鄂1203民初1号", False),
        ("（2026）鄂1202民初0号", False),
        ("2026鄂1202民初1号", False),
    ],
)
def test_case_numbers(rulebook: Rulebook, number: str, valid: bool) -> None:
    """Facts 2.10."""
    assert (rulebook.courts.parse_case_number(number) is not None) is valid


def test_a_case_number_may_be_typed_with_half_width_brackets(rulebook: Rulebook) -> None:
    parsed = rulebook.courts.parse_case_number(" (2026)鄂1281诉前调确7号 ")
    assert parsed is not None
    assert parsed.printed == "（2026）鄂1281诉前调确7号"
    assert (parsed.year, parsed.court, parsed.kind, parsed.number) == (
        2026,
        "鄂1281",
        "诉前调确",
        7,
    )
