"""From a desk to an organisation that exists: every chain, and whoever has a stake passed over."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from deploy.documents.traceability import RULEBOOK
from services.routing.cases.domain.assigning import (
    NoUnitForPlace,
    Person,
    Seat,
    Surroundings,
    units_by_map,
)
from services.routing.directory.domain.codes import Level
from services.routing.dispatching.domain.deciding import Guide, decide
from services.routing.dispatching.domain.resolving import Offices, resolve_helper, resolve_lead
from services.routing.dispatching.domain.rules import Facts, Rule
from services.routing.dispatching.domain.targets import Desk, Target
from shared.contracts.vocabulary import Grade
from shared.identity import End
from shared.rulebook import Rulebook
from tests.routing.drama import at

BOOK = Rulebook.load(RULEBOOK)
CITY, COUNTY, STREET = Level.CITY, Level.COUNTY, Level.STREET
CENTRE, COMMITTEE = "GOVERNANCE_CENTRE", "MEDIATION_COMMITTEE"

COMMUNITY = Seat(uuid4(), "社区", End.COMMUNITY, "COMMUNITY")
COMPANY = Seat(uuid4(), "物业", End.PROPERTY, "COMPANY")
WORKER, LEADER = Person(uuid4()), Person(uuid4())
AROUND = Surroundings(
    division="421202001",
    estate_name="小区",
    community=COMMUNITY,
    workers=(WORKER,),
    leader=LEADER,
    street_centre=Seat(uuid4(), "街道中心", kind="STREET_CENTRE"),
    company=COMPANY,
)


def offices(*places: tuple[str, Level]) -> Offices:
    seats = {place: Seat(uuid4(), f"{place[0]}/{place[1]}", End.CENTRE) for place in places}
    return Offices(
        seats,
        names={"ECOLOGY": "生态环境局"},
        committee_levels=tuple(map(Level, BOOK.mediation.committee_fallback)),
    )


CENTRES = ((CENTRE, STREET), (CENTRE, COUNTY), (CENTRE, CITY))


@pytest.mark.parametrize(
    ("target", "there", "leads", "passed"),
    [
        ("DEPARTMENT:ECOLOGY", [("ECOLOGY", COUNTY), ("ECOLOGY", CITY)], "ECOLOGY/COUNTY", 0),
        ("DEPARTMENT:ECOLOGY", [("ECOLOGY", CITY), *CENTRES], "ECOLOGY/CITY", 1),
        ("DEPARTMENT:ECOLOGY", [("HOUSING", COUNTY), *CENTRES], f"{CENTRE}/STREET", 2),
        ("DEPARTMENT:ECOLOGY", CENTRES[1:], f"{CENTRE}/COUNTY", 3),
        ("DEPARTMENT:ECOLOGY", CENTRES[2:], f"{CENTRE}/CITY", 4),
        ("DEPARTMENT:ECOLOGY", [], None, 5),
        ("COMMITTEE", [(COMMITTEE, COUNTY), (COMMITTEE, CITY)], f"{COMMITTEE}/COUNTY", 0),
        ("COMMITTEE", [(COMMITTEE, CITY), (COMMITTEE, STREET)], f"{COMMITTEE}/CITY", 1),
        ("COMMITTEE", [(COMMITTEE, STREET), *CENTRES], f"{COMMITTEE}/STREET", 2),
        ("COMMITTEE", CENTRES, f"{CENTRE}/STREET", 3),
        ("STREET_CENTRE", CENTRES, f"{CENTRE}/STREET", 0),
        ("STREET_CENTRE", CENTRES[1:], f"{CENTRE}/COUNTY", 1),
        ("STREET_CENTRE", CENTRES[2:], f"{CENTRE}/CITY", 2),
        ("COUNTY_CENTRE", CENTRES[2:], f"{CENTRE}/CITY", 1),
        ("STREET_OFFICE", [("STREET_PROPERTY_OFFICE", STREET)], "STREET_PROPERTY_OFFICE/STREET", 0),
        ("STREET_OFFICE", [("STREET", STREET)], "STREET/STREET", 1),
        ("STREET_OFFICE", CENTRES, f"{CENTRE}/STREET", 2),
    ],
)
def test_chains(
    target: str, there: list[tuple[str, Level]], leads: str | None, passed: int
) -> None:
    """U10, A01, A14: county before city, then a centre; each that is missing is written down."""
    found = resolve_lead(Target.parse(target), AROUND, offices(*there), ())
    assert (found.draft.display_name if found.draft else None) == leads
    assert len(found.passed) == passed
    assert all(each.endswith("未设") for each in found.passed)


def test_what_was_passed_over_is_told_in_words() -> None:
    found = resolve_lead(Target.parse("DEPARTMENT:ECOLOGY"), AROUND, offices(*CENTRES), ())
    assert found.told() == "；县级生态环境局未设；市级生态环境局未设"


def test_a_helper_is_never_replaced_by_a_centre() -> None:
    """Nothing goes to somebody else because a helper is missing (A01)."""
    assert (
        resolve_helper(Target.parse("DEPARTMENT:ECOLOGY"), AROUND, offices(*CENTRES), ()).draft
        is None
    )
    assert (
        resolve_helper(Target(Desk.COMPANY), replace(AROUND, company=None), offices(), ()).draft
        is None
    )
    company = resolve_helper(Target(Desk.COMPANY), AROUND, offices(), ()).draft
    assert company is not None
    assert (company.end, company.role) == (End.PROPERTY, "CO")


@pytest.mark.parametrize(
    ("stakes", "person", "told"),
    [
        ({}, WORKER.id, []),
        ({WORKER.id}, LEADER.id, ["网格员应当回避"]),
        ({WORKER.id, LEADER.id}, None, ["网格员应当回避", "网格长应当回避"]),
    ],
)
def test_whoever_has_a_stake_is_passed_over(
    stakes: set[UUID], person: UUID | None, told: list[str]
) -> None:
    """A13, X20: worker, leader, then the centre; the reason says that somebody stood back."""
    stake = uuid4()
    people = {
        each.id: Person(each.id, frozenset({stake}) if each.id in stakes else frozenset())
        for each in (WORKER, LEADER)
    }
    around = replace(AROUND, workers=(people[WORKER.id],), leader=people[LEADER.id])
    found = resolve_lead(Target(Desk.COMMUNITY), around, offices(*CENTRES), {stake})
    assert found.draft is not None
    assert found.draft.person_id == person
    assert list(found.passed) == told


def test_an_organisation_that_is_a_party_never_leads() -> None:
    """A13: a rule that names the company's own office falls through to the centre."""
    named = Offices(offices(*CENTRES).seats, named={COMPANY.id: COMPANY})
    target = Target(Desk.ORGANISATION, str(COMPANY.id))
    found = resolve_lead(target, AROUND, named, {COMPANY.id})
    assert found.draft is not None
    assert found.draft.kind == ""
    assert found.draft.display_name == f"{CENTRE}/STREET"
    assert found.passed == ("物业应当回避",)


def test_the_due_matrix_is_the_last_rule_and_gives_its_reason() -> None:
    """B09, B10."""
    small = units_by_map(BOOK, "NS01", Grade.SMALL, AROUND, [])
    assert small[0].chosen_by == "rulebook:grades.SMALL.handler"
    assert small[0].reason == "小事按规则册办理，由网格员承办"
    medium = units_by_map(BOOK, "PF01", Grade.MEDIUM, AROUND, [])
    assert medium[0].reason == "中事按规则册办理，由街道综治中心承办"
    assert all(unit.reason for unit in (*small, *medium))


def test_the_reason_says_that_somebody_stood_back() -> None:
    """A13."""
    stake = uuid4()
    around = replace(AROUND, workers=(Person(WORKER.id, frozenset({stake})),))
    lead = units_by_map(BOOK, "NS01", Grade.SMALL, around, [stake])[0]
    assert lead.reason == "小事按规则册办理；网格员应当回避，由网格长承办"


def test_a_street_without_a_centre() -> None:
    """A01: the county's centre takes it, else the city's; without any a person decides."""
    county = Seat(uuid4(), "县中心", kind="COUNTY_CENTRE")
    around = replace(AROUND, street_centre=None, higher_centre=county)
    lead = units_by_map(BOOK, "PF01", Grade.MEDIUM, around, [])[0]
    assert lead.organisation_id == county.id
    assert "街道未设综治中心" in lead.reason
    with pytest.raises(NoUnitForPlace):
        units_by_map(BOOK, "PF01", Grade.MEDIUM, replace(around, higher_centre=None), [])


@pytest.mark.parametrize("grade", [Grade.SMALL, Grade.MEDIUM])
def test_an_estate_without_a_company(grade: Grade) -> None:
    """X29: what the company would have to do the street does, the community takes part."""
    category = next(code for code, row in BOOK.categories.items() if row.lead == "COMPANY")
    around = replace(AROUND, company=None)
    lead, community = units_by_map(BOOK, category, grade, around, [])
    assert lead.kind == "STREET_CENTRE"
    assert (community.organisation_id, community.role) == (COMMUNITY.id, "CO")


def test_a_neighbours_quarrel_needs_no_company() -> None:
    """B09, X29: the community handles it in any estate."""
    lead = units_by_map(BOOK, "NS01", Grade.SMALL, replace(AROUND, company=None), [])[0]
    assert lead.organisation_id == COMMUNITY.id


FACTS = Facts("421202001", uuid4(), "NS01", "SMALL", "HOTLINE", at("2026-03-02 10:00"))


def test_a_rule_s_units_come_first_and_each_once() -> None:
    rule = Rule(1, "r", Target(Desk.STREET_CENTRE), "理由", (Target(Desk.COMPANY),))
    units = decide(BOOK, Guide((rule,), offices(*CENTRES)), FACTS, AROUND, ())
    assert [unit.role for unit in units] == ["LEAD", "CO"]
    assert [unit.chosen_by for unit in units] == ["rule:-:1"] * 2


def test_a_rule_that_leads_nowhere_leaves_it_to_the_due_matrix() -> None:
    rule = Rule(1, "r", Target.parse("DEPARTMENT:ECOLOGY"), "理由")
    units = decide(BOOK, Guide((rule,), Offices()), FACTS, AROUND, ())
    assert units == units_by_map(BOOK, "NS01", Grade.SMALL, AROUND, ())


def test_a_major_case_is_coordinated_by_the_centre() -> None:
    """B11, T21: a department leads it jointly, not alone."""
    rule = Rule(1, "r", Target.parse("DEPARTMENT:ECOLOGY"), "理由")
    facts = replace(FACTS, grade="MAJOR")
    ecology = Seat(uuid4(), "生态环境局", End.DEPARTMENT, "DEPARTMENT:ECOLOGY")
    there = Offices({("ECOLOGY", COUNTY): ecology}, named={ecology.id: ecology})
    for target in (rule.lead, Target(Desk.ORGANISATION, str(ecology.id))):
        guide = Guide((replace(rule, lead=target),), there)
        lead = decide(BOOK, guide, facts, AROUND, ())[0]
        assert (lead.kind, lead.chosen_by) == ("STREET_CENTRE", "rule:-:1")
        alone = decide(BOOK, guide, replace(facts, grade="MEDIUM"), AROUND, ())[0]
        assert alone.organisation_id == ecology.id
