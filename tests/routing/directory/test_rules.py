"""The directory's rules as pure functions."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from services.routing.directory.domain.accounts import (
    AGENCY_ROLES,
    KINDS_OF,
    ROLES_OF,
    AgencyWithoutPlace,
    NotAStaffEnd,
    OrganisationNotOfEnd,
    RolesNotOfEnd,
    RolesNotOfOrganisation,
    check_divisions,
    check_position,
)
from services.routing.directory.domain.codes import (
    Level,
    UnknownDivision,
    level_of,
    parent_of,
    within,
)
from services.routing.directory.domain.contracts import (
    CannotExtend,
    EndsBeforeItBegins,
    EstateUnderContract,
    Period,
    check_free,
    ended,
)
from services.routing.directory.domain.interests import interests_of
from services.routing.directory.domain.organisations import (
    LEVELS_OF,
    SPECIALTY_OF,
    WrongLevel,
    checked_level,
    staffing_warnings,
)
from services.routing.directory.domain.places import GridCodeNotOfCommunity, check_grid_code
from shared.contracts.vocabulary import OrganisationKind as Kind
from shared.identity import End, Role

FIRST, LAST = date(2023, 4, 1), date(2026, 3, 31)
COMPANY, HOUSE = UUID(int=1), UUID(int=2)


def test_a_division_code_tells_level_and_parent() -> None:
    """D13, facts 2.7: 4, 6, 9 and 12 digits."""
    assert level_of("421202001") is Level.STREET
    assert within("421202001901", Level.COUNTY) == "421202"
    assert [parent_of(code) for code in ("4212", "421202", "421202001901")] == [
        None,
        "4212",
        "421202001",
    ]


@pytest.mark.parametrize("code", ["", "42", "42120", "4212020010", "４２１２", "42120x"])
def test_other_codes_are_unknown(code: str) -> None:
    with pytest.raises(UnknownDivision):
        level_of(code)


def test_a_contract_includes_its_last_day() -> None:
    """A03: until 2026-03-31 24:00."""
    period = Period(FIRST, LAST)
    assert period.includes(LAST)
    assert not period.includes(date(2026, 4, 1))
    assert Period(FIRST, None).includes(date(2099, 1, 1))


def test_contracts_of_an_estate_may_touch_but_not_overlap() -> None:
    check_free(Period(date(2026, 4, 1), None), [Period(FIRST, LAST)])
    for other in (Period(LAST, None), Period(date(2020, 1, 1), None), Period(FIRST, FIRST)):
        with pytest.raises(EstateUnderContract):
            check_free(other, [Period(FIRST, LAST)])


def test_a_contract_can_be_shortened_only() -> None:
    assert ended(Period(FIRST, LAST), date(2025, 12, 31)).last == date(2025, 12, 31)
    assert ended(Period(FIRST, None), LAST).last == LAST
    with pytest.raises(CannotExtend):
        ended(Period(FIRST, LAST), date(2026, 4, 1))
    with pytest.raises(EndsBeforeItBegins):
        ended(Period(FIRST, LAST), date(2023, 3, 31))


@pytest.mark.parametrize(
    "code", ["421202001902001", "42120200190101", "4212020019010011", "421202001901"]
)
def test_a_grid_code_begins_with_its_community(code: str) -> None:
    """B20: twelve digits of the community and three of its own."""
    check_grid_code("421202001901001", "421202001901", own_digits=3)
    with pytest.raises(GridCodeNotOfCommunity):
        check_grid_code(code, "421202001901", own_digits=3)


@pytest.mark.parametrize(("count", "warned"), [(1, True), (2, False), (3, False), (4, True)])
def test_a_street_office_of_another_size_is_a_warning(count: int, warned: bool) -> None:
    """A15: 2 to 3 people; never an error, and of other organisations no matter."""
    office = Kind.STREET_PROPERTY_OFFICE
    assert bool(staffing_warnings(office, count, at_least=2, at_most=3)) is warned
    assert not staffing_warnings(Kind.COMPANY, count, at_least=2, at_most=3)


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_its_levels(kind: Kind) -> None:
    """C01: committees at city, county and street level, courts at city and county …"""
    for level in Level:
        if level in LEVELS_OF[kind]:
            assert checked_level(kind, level) is level
        else:
            with pytest.raises(WrongLevel):
                checked_level(kind, level)
    assert kind in SPECIALTY_OF or kind is Kind.DEPARTMENT


@pytest.mark.parametrize("end", ROLES_OF)
def test_roles_and_organisations_belong_to_ends(end: End) -> None:
    """A02-A07: allowed and refused side by side."""
    kind = min(KINDS_OF[end] - {Kind.AGENCY})
    check_position(end, ROLES_OF[end] - {Role.EVALUATOR}, kind)
    with pytest.raises(RolesNotOfEnd):
        check_position(end, [Role.OWNER], kind)
    with pytest.raises(RolesNotOfEnd):
        check_position(end, [], kind)
    with pytest.raises(OrganisationNotOfEnd):
        check_position(end, ROLES_OF[end], min(set(Kind) - KINDS_OF[end]))


def test_an_agency_has_evaluators_and_nobody_else() -> None:
    """E22: allowed and refused side by side."""
    check_position(End.CENTRE, [Role.EVALUATOR], Kind.AGENCY)
    check_position(End.CENTRE, [Role.EVALUATOR, Role.STAFF_ADMINISTRATOR], Kind.AGENCY)
    for role in ROLES_OF[End.CENTRE] - AGENCY_ROLES:
        with pytest.raises(RolesNotOfOrganisation):
            check_position(End.CENTRE, [role, Role.EVALUATOR], Kind.AGENCY)
    for kind in KINDS_OF[End.CENTRE] - {Kind.AGENCY}:
        with pytest.raises(RolesNotOfOrganisation):
            check_position(End.CENTRE, [Role.EVALUATOR], kind)
    for end in set(ROLES_OF) - {End.CENTRE}:
        with pytest.raises(RolesNotOfEnd):
            check_position(end, [Role.EVALUATOR], min(KINDS_OF[end]))


@pytest.mark.parametrize("kind", sorted(KINDS_OF[End.CENTRE]))
def test_an_agency_watches_over_no_division(kind: Kind) -> None:
    """E22: whoever is of the centre end and of a place reads there whom to telephone."""
    check_divisions(kind, ())
    if kind is not Kind.AGENCY:
        check_divisions(kind, ("421202",))
        return
    with pytest.raises(AgencyWithoutPlace):
        check_divisions(kind, ("421202",))


@pytest.mark.parametrize("end", sorted(set(End) - set(ROLES_OF)))
def test_owners_and_machines_have_no_staff_account(end: End) -> None:
    with pytest.raises(NotAStaffEnd):
        check_position(end, [Role.ADMINISTRATOR], Kind.CENTRE)


def test_the_own_company_is_always_an_interest() -> None:
    """A13, X20."""
    assert interests_of(Kind.COMPANY, COMPANY, [HOUSE]) == [COMPANY, HOUSE]
    assert interests_of(Kind.COMMUNITY, COMPANY, [HOUSE]) == [HOUSE]
