"""The pure predicates of 3.9: who may do what; a stake takes every right away (A13, X20)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.routing.cases.domain import policies
from services.routing.cases.domain.policies import Policy, Standing
from services.routing.cases.tables import Assignment, Case
from services.routing.court.domain.policies import may_consent
from services.routing.joint.domain import policies as joint
from services.routing.mediation.domain import policies as mediation
from services.routing.mediation.domain.consent import Side
from services.routing.mediation.tables import Mediation
from shared.contracts.vocabulary import Grade
from shared.identity import Actor, End, Role, Scope
from tests.routing.drama import owner, staff

COMPANY = staff("wuye.wenquan").organisation_id
WORKER = staff("wangge.wenquan2")
LEADER = staff("wanggezhang.wenquan")
STREET = staff("zhongzhi.wenquan")
OFFICE = staff("jiedao.wenquan")
COUNTY = staff("zhongzhi.xianan")
CITY = staff("zhongzhi.shi")
OBSERVER = staff("shegong.shi")
LEAD = staff("chengguan.xianan")
MEMBER = staff("zhuxin.xianan")
MEDIATOR = staff("tiaojie.xianan1")
OTHERS = (staff("zhongzhi.fushan"), staff("wanggezhang.fushan"), staff("fayuan.xianan"), owner())

STREET_AND_ABOVE = {"STREET", "OFFICE", "COUNTY", "CITY"}
ALLOWED: list[tuple[str, Policy, Grade, set[str]]] = [
    ("grade", policies.may_grade, Grade.SMALL, STREET_AND_ABOVE | {"LEADER"}),
    (
        "dispatch small",
        policies.may_dispatch,
        Grade.SMALL,
        STREET_AND_ABOVE | {"LEADER"},
    ),
    (
        "dispatch medium",
        policies.may_dispatch,
        Grade.MEDIUM,
        STREET_AND_ABOVE,
    ),
    ("sign", policies.may_sign, Grade.SMALL, {"WORKER"}),
    ("submit", policies.may_submit, Grade.SMALL, {"WORKER"}),
    (
        "review small",
        policies.may_review,
        Grade.SMALL,
        STREET_AND_ABOVE | {"LEADER"},
    ),
    ("review medium", policies.may_review, Grade.MEDIUM, STREET_AND_ABOVE),
    ("review major", policies.may_review, Grade.MAJOR, {"COUNTY", "CITY"}),
    ("coordinate", policies.may_coordinate, Grade.MAJOR, STREET_AND_ABOVE),
    (
        "mediate small",
        mediation.may_request,
        Grade.SMALL,
        STREET_AND_ABOVE | {"WORKER"},
    ),
    ("mediate medium", mediation.may_request, Grade.MEDIUM, STREET_AND_ABOVE),
    ("file jointly", joint.may_file, Grade.MAJOR, {"MEMBER"}),
    ("convene", joint.may_convene, Grade.MAJOR, STREET_AND_ABOVE),
]
PEOPLE = {
    "WORKER": WORKER,
    "LEADER": LEADER,
    "STREET": STREET,
    "OFFICE": OFFICE,
    "COUNTY": COUNTY,
    "CITY": CITY,
    "OBSERVER": OBSERVER,
    "LEAD": LEAD,
    "MEMBER": MEMBER,
    "MEDIATOR": MEDIATOR,
    **{f"OTHER{number}": actor for number, actor in enumerate(OTHERS)},
}


@pytest.mark.parametrize(
    ("policy", "grade", "allowed"), [row[1:] for row in ALLOWED], ids=[row[0] for row in ALLOWED]
)
def test_the_table_of_rights(policy: Policy, grade: Grade, allowed: set[str]) -> None:
    """3.9, 3.4: exactly these, each of them without any right once there is a stake."""
    standing = _standing(grade)
    assert {name for name, actor in PEOPLE.items() if policy(actor, standing)} == allowed
    for party in standing.parties:
        staked = {name: _with_stake(actor, party) for name, actor in PEOPLE.items()}
        assert not [name for name, actor in staked.items() if policy(actor, standing)]


def test_nobody_reviews_the_own_result() -> None:
    """Invariant 5."""
    standing = replace(_standing(Grade.MEDIUM), submitted_by=OFFICE.id)
    assert policies.may_review(STREET, standing)
    assert not policies.may_review(OFFICE, standing)


def test_an_observer_of_the_department_does_not_work_on_it() -> None:
    """A20, T11, T14, T24: only officers of the unit act for it; who observes reads."""
    standing = _standing(Grade.MAJOR, lead=LEAD)
    observer = replace(LEAD, roles=frozenset({Role.CITY_OBSERVER}), scope=OBSERVER.scope)
    for policy in (policies.may_sign, policies.may_submit, policies.may_note):
        assert policy(LEAD, standing)
        assert not policy(observer, standing)
    assert joint.may_read(observer, standing)


@pytest.mark.parametrize(
    ("grade", "desks"),
    [
        (Grade.SMALL, STREET_AND_ABOVE | {"LEADER"}),
        (Grade.MEDIUM, STREET_AND_ABOVE),
        (Grade.MAJOR, {"COUNTY", "CITY"}),
    ],
)
def test_a_confidential_reporter_is_known_to_the_reviewing_desk(
    grade: Grade, desks: set[str]
) -> None:
    """X16: by grade, and only while the rulebook lets reviewers read; an open one is no secret."""
    standing = _standing(grade)
    assert policies.may_see_identity(WORKER, standing, ["REVIEWER"])
    standing.case.confidential = True
    known = {
        name
        for name, actor in PEOPLE.items()
        if policies.may_see_identity(actor, standing, ["INTAKE", "REVIEWER"])
    }
    assert known == desks
    assert not policies.may_see_identity(COUNTY, standing, ["INTAKE"])


def test_the_lead_department_leads() -> None:
    """T23, X19: the lead, not a member, not the street."""
    standing = _standing(Grade.MAJOR, lead=LEAD)
    assert joint.may_lead(LEAD, standing)
    assert not joint.may_lead(MEMBER, standing)
    assert not joint.may_lead(STREET, standing)
    assert joint.may_convene(LEAD, standing)


def test_parties_speak_for_themselves() -> None:
    """Facts 2.1: the owner, the company's site office; nobody for the neighbour."""
    standing, company = _standing(Grade.MEDIUM), staff("wuye.wenquan")
    assert mediation.speaks_for(owner(), standing, Side.OWNER)
    assert mediation.speaks_for(company, standing, Side.COMPANY)
    assert not mediation.speaks_for(owner("owner-2"), standing, Side.OWNER)
    assert not mediation.speaks_for(staff("wuye.jiayuan"), standing, Side.COMPANY)
    assert not any(mediation.speaks_for(actor, standing, Side.OTHER) for actor in PEOPLE.values())


def test_mediators_without_a_stake() -> None:
    """X20: of the committee that has the case, and not related to a party."""
    standing, own = _standing(Grade.MEDIUM), _mediation(MEDIATOR.organisation_id)
    assert mediation.may_mediate(MEDIATOR, standing, own)
    assert not mediation.may_mediate(MEDIATOR, standing, _mediation(uuid4()))
    assert COMPANY is not None
    assert not mediation.may_mediate(_with_stake(MEDIATOR, COMPANY), standing, own)


def test_consent_to_court() -> None:
    """T39: the owner; for one without an account the street has the paper."""
    standing = _standing(Grade.MEDIUM)
    assert may_consent(owner(), standing)
    assert not may_consent(STREET, standing)
    without = replace(standing, owner_ids=frozenset())
    assert may_consent(STREET, without)
    assert not may_consent(owner(), without)


def test_the_committee_member_of_a_street_is_recused() -> None:
    """A13: a leader whose own house is a party; another house changes nothing."""
    standing = _standing(Grade.SMALL)
    neighbour = _with_stake(LEADER, uuid4())
    assert policies.may_grade(neighbour, standing)


def _standing(grade: Grade, lead: Actor = WORKER) -> Standing:
    house = UUID(int=1)
    assert COMPANY is not None
    person = lead.id if lead is WORKER else None
    units = (_unit("LEAD", lead, person), _unit("CO", MEMBER, None))
    return Standing(
        case=_case(grade),
        units=units,
        parties=frozenset({COMPANY, house}),
        owner_ids=frozenset({owner().id}),
    )


def _case(grade: Grade) -> Case:
    facts: dict[str, Any] = {
        "grade": grade,
        "place_code": "421202001901002",
        "company_id": COMPANY,
        "estate_id": next(iter(staff("wuye.wenquan").scope.estates)),
        "anonymous": False,
        "confidential": False,
    }
    return Case(**facts)


def _unit(role: str, actor: Actor, person: UUID | None) -> Assignment:
    facts: dict[str, Any] = {"organisation_id": actor.organisation_id, "end": actor.end}
    return Assignment(role=role, person_id=person, **facts)


def _mediation(committee: UUID | None) -> Mediation:
    facts: dict[str, Any] = {"committee_id": committee, "mediator_id": None}
    return Mediation(**facts)


def _with_stake(actor: Actor, party: UUID) -> Actor:
    return replace(actor, interests=actor.interests | {party})


def test_an_actor_without_scope_reaches_nothing() -> None:
    """An empty scope covers nothing, whatever the role."""
    nobody = Actor(id=uuid4(), end=End.CENTRE, roles=frozenset({Role.DISPATCHER}), scope=Scope())
    assert not policies.may_grade(nobody, _standing(Grade.SMALL))
