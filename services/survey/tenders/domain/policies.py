"""Who runs a tender and who reads it. Only here are roles compared.

Recusal (A13) is part of every predicate: nobody with a stake in a bidder is staff of the tender.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from services.survey.surveys.domain.policies import companies_of
from shared.errors import Forbidden
from shared.identity import Actor, Role

RUNNING_ROLES = frozenset({Role.STREET_OFFICER, Role.HOUSING_OFFICER})
READING_ROLES = RUNNING_ROLES | {Role.CITY_OBSERVER}


class TenderStaffOnly(Forbidden):
    """Tenders are recorded by street offices and housing bureaus."""

    code = "TENDER_STAFF_ONLY"
    chinese = "仅限街道和住房主管部门操作。"


class HousingOfficersOnly(Forbidden):
    """A restricted company is let in by the housing bureau alone (E18)."""

    code = "HOUSING_OFFICERS_ONLY"
    chinese = "限制投标的企业仅可由住房主管部门说明理由后准入。"


class NotYourTender(Forbidden):
    """You may see this tender, but it is not yours to run."""

    code = "NOT_YOUR_TENDER"
    chinese = "您不能对该招标项目执行此操作。"


class OwnCompanyBids(Forbidden):
    """You have a stake in this bidder, so somebody else runs the tender (A13)."""

    code = "OWN_COMPANY_BIDS"
    chinese = "您与该投标企业有利害关系，应当回避。"


def runs_tenders(actor: Actor) -> bool:
    """A20: who observes the city edits nothing."""
    return bool(actor.roles & RUNNING_ROLES) and Role.CITY_OBSERVER not in actor.roles


def may_run(actor: Actor, division: str, bidders: Collection[UUID]) -> bool:
    return runs_tenders(actor) and _concerns(actor, division, bidders)


def reads_as_staff(actor: Actor, division: str, bidders: Collection[UUID]) -> bool:
    """Also before it is public, and who sits on the panel."""
    return bool(actor.roles & READING_ROLES) and _concerns(actor, division, bidders)


def places_of(actor: Actor) -> tuple[str, ...]:
    return actor.scope.divisions if actor.roles & READING_ROLES else ()


def refuse_unless_running(actor: Actor) -> None:
    """Raises TenderStaffOnly."""
    if not runs_tenders(actor):
        raise TenderStaffOnly


def refuse_own_company(actor: Actor, company_id: UUID) -> None:
    """Raises OwnCompanyBids."""
    if company_id in companies_of(actor):
        raise OwnCompanyBids


def refuse_unless_housing(actor: Actor) -> None:
    """Raises HousingOfficersOnly."""
    if Role.HOUSING_OFFICER not in actor.roles:
        raise HousingOfficersOnly


def _concerns(actor: Actor, division: str, bidders: Collection[UUID]) -> bool:
    return actor.scope.covers_division(division) and companies_of(actor).isdisjoint(bidders)
