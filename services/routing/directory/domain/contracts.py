"""Contracts between companies and estates: one company at a time, last day included (A03)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from services.routing.directory.domain import periods
from shared.errors import Conflict, Invalid


class ContractKind(StrEnum):
    """EARLY is the developer's (前期), ASSEMBLY the owners' own choice."""

    EARLY = "EARLY"
    ASSEMBLY = "ASSEMBLY"
    TEMPORARY = "TEMPORARY"


class EndsBeforeItBegins(Invalid):
    """The last day lies before the first."""

    code = "CONTRACT_ENDS_BEFORE_IT_BEGINS"
    chinese = "合同截止日早于起始日。"


class NotACompany(Invalid):
    """This organisation is not an active property company."""

    code = "NOT_A_COMPANY"
    chinese = "所填机构不是有效的物业服务企业。"


class EstateUnderContract(Conflict):
    """Another contract of this estate covers some of these days."""

    code = "ESTATE_UNDER_CONTRACT"
    chinese = "该小区在此期间已有物业服务合同。"


class CannotExtend(Conflict):
    """A contract can be ended earlier than agreed, not later."""

    code = "CONTRACT_CANNOT_BE_EXTENDED"
    chinese = "只能提前终止合同；续期请另行登记新合同。"


class Period(periods.Period):
    """The days of a contract."""

    refusal = EndsBeforeItBegins


def check_free(wanted: Period, existing: Iterable[Period]) -> None:
    """Raises EstateUnderContract: one estate, one company at a time."""
    if any(wanted.meets(period) for period in existing):
        raise EstateUnderContract


def ended(period: Period, last: date) -> Period:
    """The period cut to `last`. Raises CannotExtend or EndsBeforeItBegins."""
    if period.last is not None and last > period.last:
        raise CannotExtend
    return Period(period.first, last)


def cut_before(period: Period, first: date) -> Period:
    """What is left of a contract that another follows on `first`, without a day in between (X40).

    Raises CannotExtend where it was to end earlier, EndsBeforeItBegins where nothing is left.
    """
    return ended(period, first - timedelta(days=1))
