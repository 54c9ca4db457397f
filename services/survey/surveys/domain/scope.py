"""Where surveys are held and with whom: pilot divisions (E01), the company of the day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from shared.errors import Conflict, Forbidden, NotFound
from shared.rulebook.sections.survey import Survey as Rules


class OutsidePilot(Forbidden):
    """Surveys are piloted in some counties only, and this is not one of them (E01)."""

    code = "OUTSIDE_PILOT"
    chinese = "该县（市、区）不在业主满意度测评试点范围内。"


class EstateUnknown(NotFound):
    """There is no such estate."""

    code = "ESTATE_UNKNOWN"
    chinese = "没有这个小区。"


class EstateWithoutHouses(Conflict):
    """No house of this estate is known, so nobody could answer."""

    code = "ESTATE_WITHOUT_HOUSES"
    chinese = "该小区没有登记房屋，无法开展测评。"


class EstateWithoutCompany(Conflict):
    """No company serves this estate today, so there is nobody to judge."""

    code = "ESTATE_WITHOUT_COMPANY"
    chinese = "该小区当前没有物业服务企业，无法开展测评。"


class CompanyChanged(Conflict):
    """Another company serves the estate since this was drafted; draft the survey anew."""

    code = "COMPANY_CHANGED"
    chinese = "该小区的物业服务企业已变更，请重新拟定测评。"


class CompanyChangedSince(Conflict):
    """The company changed between opening and last day; this result can only be voided."""

    code = "COMPANY_CHANGED_SINCE"
    chinese = "开始之日至截止之日该小区的物业服务企业已变更，结果不能公开，只能作废。"


class SurveyExists(Conflict):
    """This estate has a survey for this period."""

    code = "SURVEY_EXISTS"
    chinese = "该小区本期测评已存在。"


def refuse_outside_pilot(division: str, rules: Rules) -> None:
    """Raises OutsidePilot."""
    if rules.pilot_only and not division.startswith(rules.pilot_divisions):
        raise OutsidePilot(pilots=list(rules.pilot_divisions))


def company_on(day: date, contracts: Sequence[Mapping[str, Any]]) -> UUID:
    """Whose contract includes the day, both ends included (A03). Raises EstateWithoutCompany."""
    for contract in contracts:
        begun = date.fromisoformat(contract["valid_from"]) <= day
        until = contract["valid_to"]
        if begun and (until is None or day <= date.fromisoformat(until)):
            return UUID(contract["company_id"])
    raise EstateWithoutCompany


def serves_throughout(
    company_id: UUID, since: date, until: date, contracts: Sequence[Mapping[str, Any]]
) -> bool:
    """Nobody else on any of the days, and the company itself on the last: else what was said may
    be about another one (A03, X40).
    """
    alone = {company_id}
    return _serving(since, until, contracts) == alone and _serving(until, until, contracts) == alone


def _serving(since: date, until: date, contracts: Sequence[Mapping[str, Any]]) -> set[UUID]:
    """Whose contracts include any of the days."""
    return {
        UUID(each["company_id"])
        for each in contracts
        if date.fromisoformat(each["valid_from"]) <= until
        and (each["valid_to"] is None or since <= date.fromisoformat(each["valid_to"]))
    }
