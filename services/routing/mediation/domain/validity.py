"""Which session meets CK-03: community and company at the table (B05, T16, X29)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.errors import Conflict, Invalid
from shared.rulebook.sections.mediation import Mediation as MediationRules

NO_COMPANY = "NO_COMPANY"


class Capacity(StrEnum):
    """In which capacity somebody sat at the table."""

    OWNER = "OWNER"
    COMPANY = "COMPANY"
    OTHER = "OTHER"
    COMMUNITY = "COMMUNITY"
    STREET = "STREET"
    MEDIATOR = "MEDIATOR"
    DEPARTMENT = "DEPARTMENT"
    LAWYER = "LAWYER"


class NotHeldYet(Invalid):
    """A session can be recorded only once it has been held, and not from before the dispatch."""

    code = "NOT_HELD_YET"
    chinese = "调解会的时间应在派单之后、记录之前。"


class NoSessionHeld(Conflict):
    """There is no agreement without a session."""

    code = "NO_SESSION_HELD"
    chinese = "尚未召开调解会，不能登记协议。"


class MediationNotTried(Conflict):
    """Mediation fails only after a session, or when a party has refused it on record (T20)."""

    code = "MEDIATION_NOT_TRIED"
    chinese = "尚未召开调解会，也没有当事人拒绝调解的记录，不能登记调解失败。"


@dataclass(frozen=True)
class Validity:
    """`excuse` says why a session counts although somebody was missing."""

    valid: bool
    excuse: str | None = None


def judge_session(
    capacities: Collection[Capacity], rules: MediationRules, *, has_company: bool
) -> Validity:
    """Valid with everybody the letter asks for; an estate without company has its excuse."""
    missing = set(rules.participants) - set(capacities)
    if missing == {Capacity.COMPANY} and not has_company and NO_COMPANY in rules.excused:
        return Validity(valid=True, excuse=NO_COMPANY)
    return Validity(valid=not missing)


def refuse_impossible_time(held_at: datetime, dispatched_at: datetime, now: datetime) -> None:
    """Raises NotHeldYet."""
    if not dispatched_at <= held_at <= now:
        raise NotHeldYet
