"""Who reports fees and who reads the reports (lifecycle 3.9). Only here are roles compared.

Recusal (A13) is part of it: of the own company nobody reads as staff.
"""

from __future__ import annotations

from uuid import UUID

from shared.errors import Forbidden
from shared.identity import Actor, Role

READING_ROLES = frozenset(
    {Role.STREET_OFFICER, Role.DISPATCHER, Role.HOUSING_OFFICER, Role.CITY_OBSERVER}
)


class CompaniesOnly(Forbidden):
    """Fees are reported by the site office of the company that collects them."""

    code = "COMPANIES_ONLY"
    chinese = "收费情况由物业服务企业管理处报送。"


class FeeReadersOnly(Forbidden):
    """Fee reports are for the company, street offices, governance centres and housing bureaus."""

    code = "FEE_READERS_ONLY"
    chinese = "仅限物业服务企业、街道、综治中心和住房主管部门查看。"


class NotYourEstate(Forbidden):
    """Your company did not serve this estate in this quarter, or it is not yours to report."""

    code = "NOT_YOUR_ESTATE"
    chinese = "贵企业在该季度未服务该小区，或该小区不在您的管理范围内。"


def reports_at_all(actor: Actor) -> bool:
    return Role.SITE_OFFICE in actor.roles


def reads_at_all(actor: Actor) -> bool:
    return reports_at_all(actor) or bool(actor.roles & READING_ROLES)


def may_report(actor: Actor, company_id: UUID, estate_id: UUID) -> bool:
    """The company's own people, for the estates entrusted to them; who has but a stake in it is
    no part of it.
    """
    if not reports_at_all(actor) or actor.organisation_id != company_id:
        return False
    return actor.scope.covers_estate(estate_id)


def places_of(actor: Actor) -> tuple[str, ...]:
    return actor.scope.divisions if actor.roles & READING_ROLES else ()
