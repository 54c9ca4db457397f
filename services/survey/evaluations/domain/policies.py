"""Who contracts, imports, assesses, runs and reads evaluations. Only here are roles compared.

Recusal (A13) is part of every predicate: about the own company nobody is staff.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from services.survey.surveys.domain.policies import has_stake
from shared.errors import Forbidden
from shared.identity import Actor, Role

HOUSING = frozenset({Role.HOUSING_OFFICER})
RUNNING_ROLES = HOUSING | {Role.DISPATCHER}
ENTERING_ROLES = frozenset({Role.GRID_LEADER})
CONFIRMING_ROLES = frozenset({Role.STREET_OFFICER, Role.DISPATCHER})
READING_ROLES = RUNNING_ROLES | ENTERING_ROLES | CONFIRMING_ROLES | {Role.CITY_OBSERVER}


class HousingOnly(Forbidden):
    """Agencies are contracted by the housing bureau of the city or county (E22)."""

    code = "HOUSING_ONLY"
    chinese = "仅限市、县（市、区）住房主管部门操作。"


class EvaluatorsOnly(Forbidden):
    """Third-party evaluations are imported by evaluators of an agency under contract (E22)."""

    code = "EVALUATORS_ONLY"
    chinese = "仅限签约第三方评估机构的评估员使用。"


class AssessorsOnly(Forbidden):
    """The community's assessment is entered by the grid leader of the place."""

    code = "ASSESSORS_ONLY"
    chinese = "社区评价由辖区网格长填报。"


class ConfirmersOnly(Forbidden):
    """The community's assessment is confirmed by the street."""

    code = "ASSESSMENT_CONFIRMERS_ONLY"
    chinese = "社区评价由街道或综治中心确认。"


class RunnersOnly(Forbidden):
    """Composite evaluations are the matter of the housing bureau and the governance centre."""

    code = "EVALUATION_RUNNERS_ONLY"
    chinese = "综合评价由住房主管部门、综治中心办理。"


class NotYourDivision(Forbidden):
    """This place is not yours to govern."""

    code = "NOT_YOUR_DIVISION"
    chinese = "该区划不在您的管辖范围内。"


class StakeInRun(Forbidden):
    """You have a stake in a company that is evaluated here; somebody else must do this (A13)."""

    code = "STAKE_IN_RUN"
    chinese = "您与本批次中的物业企业有利害关系，须回避，请由他人办理。"


class StakeInAgency(Forbidden):
    """You have a stake in this agency; somebody else contracts it and ends its contract (A13)."""

    code = "STAKE_IN_AGENCY"
    chinese = "您与该评估机构有利害关系，须回避，请由他人办理。"


class SamePerson(Forbidden):
    """Two people are needed: whoever drew it up cannot approve it."""

    code = "SAME_PERSON"
    chinese = "须由另一人核准，拟定人或填报人不能自行核准。"


@dataclass(frozen=True)
class Place:
    """`community` has twelve digits, or nine where no house of the estate is known."""

    company_id: UUID
    community: str


def refuse_unless(actor: Actor, roles: frozenset[Role], refusal: type[Forbidden]) -> None:
    if not actor.roles & roles:
        raise refusal


def refuse_outside_divisions(actor: Actor, divisions: Iterable[str]) -> None:
    """Raises NotYourDivision."""
    if not all(map(actor.scope.covers_division, divisions)):
        raise NotYourDivision


def refuse_stake(actor: Actor, companies: Iterable[UUID]) -> None:
    """Raises StakeInRun."""
    if any(has_stake(actor, company) for company in companies):
        raise StakeInRun


def refuse_stake_in_agency(actor: Actor, agency: UUID) -> None:
    """Raises StakeInAgency."""
    if has_stake(actor, agency):
        raise StakeInAgency


def refuse_same_person(actor: Actor, first: UUID) -> None:
    """Raises SamePerson."""
    if actor.id == first:
        raise SamePerson


def may_enter(actor: Actor, place: Place) -> bool:
    return _in_charge(actor, place, ENTERING_ROLES)


def may_confirm(actor: Actor, place: Place) -> bool:
    return _in_charge(actor, place, CONFIRMING_ROLES)


def places_of(actor: Actor) -> tuple[str, ...]:
    """Where somebody reads published results and the community's assessments as staff."""
    return actor.scope.divisions if actor.roles & READING_ROLES else ()


def divisions_run(actor: Actor) -> tuple[str, ...]:
    """Where somebody draws up, approves and publishes runs, and so sees drafts."""
    return actor.scope.divisions if actor.roles & RUNNING_ROLES else ()


def divisions_contracted(actor: Actor) -> tuple[str, ...]:
    """Where somebody contracts agencies."""
    return actor.scope.divisions if actor.roles & HOUSING else ()


def agency_of(actor: Actor) -> UUID | None:
    return actor.organisation_id if Role.EVALUATOR in actor.roles else None


def _in_charge(actor: Actor, place: Place, roles: frozenset[Role]) -> bool:
    if not actor.roles & roles or has_stake(actor, place.company_id):
        return False
    return actor.scope.covers_division(place.community)
