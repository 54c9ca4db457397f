"""What an agency is contracted for: divisions and days (E22)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from shared.contracts.vocabulary import OrganisationKind
from shared.errors import Conflict, Forbidden, Invalid
from shared.rulebook.sections.evaluation import Evaluation

AREA = re.compile(r"[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}")


class AreaNotADivision(Invalid):
    """An area is the code of a city, county, street or community."""

    code = "AREA_NOT_A_DIVISION"
    chinese = "评价区域应为市、县、街道或社区的行政区划代码。"


class NotAnAgency(Invalid):
    """This is no active evaluation agency of the directory (E22)."""

    code = "NOT_AN_AGENCY"
    chinese = "该机构不是在册的第三方评估机构。"


class AgencyContractBackwards(Invalid):
    """The last day lies before the first one."""

    code = "AGENCY_CONTRACT_BACKWARDS"
    chinese = "合同终止日不能早于起始日。"


class AgencyContractOnlyShortened(Invalid):
    """A contract can be ended earlier than agreed, not later; sign another one."""

    code = "AGENCY_CONTRACT_ONLY_SHORTENED"
    chinese = "合同只能提前终止，续约请另行登记。"


class AreaContracted(Conflict):
    """Another agency is contracted for a part of this area on some of these days."""

    code = "AREA_CONTRACTED"
    chinese = "该区域在此期间已与其他评估机构签约。"


class AgencyContractTwice(Conflict):
    """This agency is contracted for a part of this area on some of these days already."""

    code = "AGENCY_CONTRACT_TWICE"
    chinese = "该机构在此区域和期间已有登记的合同，不能重复登记。"


class WithoutAgencyContract(Forbidden):
    """No contract of your agency runs today, nor has one ended so lately that you may correct what
    was imported under it (E22).
    """

    code = "WITHOUT_AGENCY_CONTRACT"
    chinese = "贵机构目前没有生效的评估服务合同，且已过更正期限，不能导入。"


class OutsideContractArea(Invalid):
    """The estate lies outside the area your agency is contracted for (E22)."""

    code = "OUTSIDE_CONTRACT_AREA"
    chinese = "该小区不在贵机构的合同区域内。"


class OutsideContractTime(Invalid):
    """The evaluation was made on a day on which your contract for the area did not run (E22)."""

    code = "OUTSIDE_CONTRACT_TIME"
    chinese = "评价日期不在贵机构该区域的合同期内。"


class AgencyContractNotRunning(Invalid):
    """Your contract for this area does not run today, so nothing new is imported; what you imported
    under it may be corrected for a while after its end (E22).
    """

    code = "AGENCY_CONTRACT_NOT_RUNNING"
    chinese = "贵机构该区域的合同目前未生效：不能导入新的评价，终止后仅可限期更正已导入的评价。"


@dataclass(frozen=True)
class Terms:
    """Both days are included."""

    id: UUID
    agency_id: UUID
    divisions: tuple[str, ...]
    valid_from: date
    valid_to: date

    def runs_on(self, day: date) -> bool:
        return self.valid_from <= day <= self.valid_to

    def corrects_on(self, day: date, rules: Evaluation) -> bool:
        """It has ended, and what was imported under it may still be corrected."""
        return self.valid_to < day <= self.valid_to + timedelta(days=rules.correction_days)

    def covers(self, division: str) -> bool:
        return division.startswith(self.divisions)


def checked_area(divisions: Iterable[str]) -> tuple[str, ...]:
    """Each once, and none within another. Raises AreaNotADivision."""
    given = sorted(set(divisions))
    if not given or not all(map(AREA.fullmatch, given)):
        raise AreaNotADivision
    return tuple(
        code
        for code in given
        if not any(code != other and code.startswith(other) for other in given)
    )


def refuse_backwards(valid_from: date, valid_to: date) -> None:
    """Raises AgencyContractBackwards."""
    if valid_to < valid_from:
        raise AgencyContractBackwards


def refuse_taken(wanted: Terms, others: Iterable[Terms]) -> None:
    """One agency judges a place at a time, under one contract.

    Raises AreaContracted or AgencyContractTwice.
    """
    meeting = {other.agency_id for other in others if _meet(wanted, other)}
    if meeting - {wanted.agency_id}:
        raise AreaContracted
    if meeting:
        raise AgencyContractTwice


def refuse_other_kinds(kind: str, *, active: bool) -> None:
    """Raises NotAnAgency."""
    if kind != OrganisationKind.AGENCY or not active:
        raise NotAnAgency


def refuse_longer(terms: Terms, last_day: date) -> None:
    """Raises AgencyContractOnlyShortened or AgencyContractBackwards."""
    if last_day > terms.valid_to:
        raise AgencyContractOnlyShortened
    refuse_backwards(terms.valid_from, last_day)


def refuse_without_contract(contracts: Sequence[Terms], today: date, rules: Evaluation) -> None:
    """Raises WithoutAgencyContract."""
    if not any(each.runs_on(today) or each.corrects_on(today, rules) for each in contracts):
        raise WithoutAgencyContract


def contracts_for(contracts: Iterable[Terms], division: str) -> list[Terms]:
    """Whenever they run. Raises OutsideContractArea."""
    found = [each for each in contracts if each.covers(division)]
    if not found:
        raise OutsideContractArea
    return found


def refuse_not_running(contracts: Iterable[Terms], today: date) -> None:
    """Of the contracts for an area one runs today. Raises AgencyContractNotRunning."""
    if not any(each.runs_on(today) for each in contracts):
        raise AgencyContractNotRunning


def may_correct(contract: Terms, today: date, rules: Evaluation, *, imported: bool) -> bool:
    """`imported`: the agency has imported this, in the time of this contract. Nobody else could put
    it right: whoever is contracted since judges its own time.
    """
    return imported and contract.corrects_on(today, rules)


def contract_on(contracts: Iterable[Terms], day: date) -> Terms:
    """Raises OutsideContractTime."""
    for each in contracts:
        if each.runs_on(day):
            return each
    raise OutsideContractTime


def _meet(one: Terms, other: Terms) -> bool:
    together = one.valid_from <= other.valid_to and other.valid_from <= one.valid_to
    area = any(a.startswith(b) or b.startswith(a) for a in one.divisions for b in other.divisions)
    return together and area
