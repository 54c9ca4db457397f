"""What a row of an agency's sheet means here, and why it is refused (E20-E22, U13, A13)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from services.survey.evaluations.domain.contracts import (
    Terms,
    contract_on,
    contracts_for,
    may_correct,
    refuse_not_running,
)
from services.survey.evaluations.domain.halves import half_year
from services.survey.evaluations.domain.sheet import Row
from services.survey.surveys.domain.scope import EstateWithoutCompany, company_on
from shared.errors import DomainError, Invalid
from shared.rulebook.sections.evaluation import Evaluation as Rules

# what word processors put into a number, or between its groups
BETWEEN = re.compile(r"[\s\u00ad\u200b-\u200f\u2010-\u2015\u2060\u2212\ufeff-]")
HEXADECIMAL = re.compile(r"(?=([0-9a-f]{32}))")

Key = tuple[UUID, UUID, str]


class EvaluatedEstateUnknown(Invalid):
    """No estate is found by this number, or by this street and name."""

    code = "EVALUATED_ESTATE_UNKNOWN"
    chinese = "未找到该小区，请核对小区编号，或街道代码与小区名称。"


class EvaluatedCompanyUnknown(Invalid):
    """No company is known by this credit code or id."""

    code = "EVALUATED_COMPANY_UNKNOWN"
    chinese = "未找到该物业企业，请核对统一社会信用代码或企业编号。"


class CompanyNotServing(Invalid):
    """On the day of the evaluation this company did not serve the estate (A03)."""

    code = "COMPANY_NOT_SERVING"
    chinese = "评价日期当天该企业未服务该小区。"


class EvaluatedTooEarly(Invalid):
    """Third parties evaluate from 2026-01-01 on (E21)."""

    code = "EVALUATED_TOO_EARLY"
    chinese = "评价日期早于第三方评价施行日期。"


class EvaluatedInTheFuture(Invalid):
    """The day of the evaluation is still to come."""

    code = "EVALUATED_IN_THE_FUTURE"
    chinese = "评价日期不能晚于今天。"


class EvaluatedOutsideHalfYear(Invalid):
    """The day of the evaluation lies outside its half-year (E16)."""

    code = "EVALUATED_OUTSIDE_HALF_YEAR"
    chinese = "评价日期不在所填评价周期内。"


class SameOwnerSource(Invalid):
    """The owners' sample is a survey of this platform; it must be the agency's own (U13)."""

    code = "SAME_OWNER_SOURCE"
    chinese = "业主满意度须来自评估机构自行抽样，不得引用本平台的业主满意度测评。"


class EvaluatedTwice(Invalid):
    """An earlier row evaluates the same company in the same estate and half-year."""

    code = "EVALUATED_TWICE"
    chinese = "表中另一行已填报同一小区、同一企业、同一周期。"


class EvaluatedByAnother(Invalid):
    """Another agency has evaluated this; only that one may correct it."""

    code = "EVALUATED_BY_ANOTHER"
    chinese = "该小区本期评价由其他评估机构填报，只能由其更正。"


class StakeInCompany(Invalid):
    """You have a stake in this company; a colleague must import its evaluation (A13)."""

    code = "STAKE_IN_COMPANY"
    chinese = "您与该物业企业有利害关系，须回避，请由其他评估员导入。"


class Meaning(StrEnum):
    NEW = "NEW"
    CORRECTION = "CORRECTION"  # another version of what is known
    UNCHANGED = "UNCHANGED"  # exactly what is known already


@dataclass(frozen=True)
class KnownEstate:
    id: UUID
    name: str
    division: str
    community: str
    contracts: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Standing:
    """The valid evaluation of a company in an estate for a half-year."""

    id: UUID
    agency_id: UUID
    marks: Mapping[str, Decimal]
    sample_size: int
    sample_source: str
    evaluated_on: date


@dataclass(frozen=True)
class Known:
    """What a sheet is judged by. `stakes` are the organisations in which the importer has one."""

    agency_id: UUID
    today: date
    contracts: Sequence[Terms]
    estates: Mapping[UUID, KnownEstate]
    companies: Mapping[str, UUID]
    standing: Mapping[Key, Standing]
    surveys: Collection[UUID]
    stakes: Collection[UUID] = field(default_factory=frozenset)

    def estate_of(self, row: Row) -> KnownEstate:
        """Raises EvaluatedEstateUnknown."""
        if row.estate_id is not None:
            found = [self.estates[row.estate_id]] if row.estate_id in self.estates else []
        else:
            place = (row.street, row.estate)
            found = [each for each in self.estates.values() if (each.division, each.name) == place]
        if len(found) != 1 or (row.estate and found[0].name != row.estate):
            raise EvaluatedEstateUnknown
        return found[0]


@dataclass(frozen=True)
class Judged:
    """`same_source`: the owners' sample is a survey of ours, where that is allowed (U13).
    `standing` is what it would replace.
    """

    row: Row
    estate: KnownEstate
    company_id: UUID
    contract: Terms
    same_source: bool
    meaning: Meaning
    standing: Standing | None

    @property
    def key(self) -> Key:
        return (self.estate.id, self.company_id, self.row.period)


@dataclass(frozen=True)
class Wrong:
    row: Row
    column: str
    error: DomainError


def judge_all(rows: Sequence[Row], known: Known, rules: Rules) -> tuple[list[Judged], list[Wrong]]:
    good: dict[Key, Judged] = {}
    wrong: list[Wrong] = []
    for row in rows:
        found = judge(row, known, rules)
        if isinstance(found, Judged) and found.key in good:
            found = Wrong(row, "estate", EvaluatedTwice(row=good[found.key].row.number))
        if isinstance(found, Wrong):
            wrong.append(found)
        else:
            good[found.key] = found
    return list(good.values()), wrong


def judge(row: Row, known: Known, rules: Rules) -> Judged | Wrong:
    """The first thing that is wrong, in the order in which a person would look."""
    column = "estate"
    try:
        estate = known.estate_of(row)
        column = "evaluated_on"
        _check_day(row, known.today, rules)
        column = "estate"
        for_area = contracts_for(known.contracts, estate.community)
        column = "evaluated_on"
        contract = contract_on(for_area, row.evaluated_on)
        column = "company"
        company_id = _company(row, estate, known)
        standing = known.standing.get((estate.id, company_id, row.period))
        _check_agency(standing, known.agency_id)
        column = "estate"
        if not may_correct(contract, known.today, rules, imported=standing is not None):
            refuse_not_running(for_area, known.today)
        column = "sample_source"
        same = names_a_survey(row.sample_source, known.surveys)
        _check_source(rules, same=same)
    except Invalid as error:
        return Wrong(row, column, error)
    return Judged(row, estate, company_id, contract, same, _meaning(row, standing), standing)


def names_a_survey(source: str, surveys: Collection[UUID]) -> bool:
    """Whether one of our surveys is named, however it is written."""
    return not named_ids(source).isdisjoint(surveys)


def named_ids(source: str) -> set[UUID]:
    """Whatever in the text could be the id of a survey."""
    plain = BETWEEN.sub("", unicodedata.normalize("NFKC", source).lower())
    return {UUID(found) for found in HEXADECIMAL.findall(plain)}


def _check_day(row: Row, today: date, rules: Rules) -> None:
    if row.evaluated_on < rules.third_party_from:
        raise EvaluatedTooEarly(since=rules.third_party_from.isoformat())
    if row.evaluated_on > today:
        raise EvaluatedInTheFuture
    if not half_year(row.period).holds(row.evaluated_on):
        raise EvaluatedOutsideHalfYear


def _company(row: Row, estate: KnownEstate, known: Known) -> UUID:
    company_id = known.companies.get(row.company)
    if company_id is None:
        raise EvaluatedCompanyUnknown
    if company_id in known.stakes:
        raise StakeInCompany
    try:
        if company_on(row.evaluated_on, estate.contracts) == company_id:
            return company_id
    except EstateWithoutCompany:
        pass
    raise CompanyNotServing


def _check_agency(standing: Standing | None, agency_id: UUID) -> None:
    if standing is not None and standing.agency_id != agency_id:
        raise EvaluatedByAnother


def _check_source(rules: Rules, *, same: bool) -> None:
    if same and not rules.allow_same_owner_source:
        raise SameOwnerSource


def _meaning(row: Row, standing: Standing | None) -> Meaning:
    if standing is None:
        return Meaning.NEW
    same = (
        dict(standing.marks) == dict(row.marks)
        and standing.sample_size == row.sample_size
        and standing.sample_source == row.sample_source
        and standing.evaluated_on == row.evaluated_on
    )
    return Meaning.UNCHANGED if same else Meaning.CORRECTION
