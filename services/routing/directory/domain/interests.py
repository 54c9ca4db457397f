"""Where a person has a stake: company, committee, household; nobody judges own affairs (A13)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum
from uuid import UUID

from shared.contracts.vocabulary import OrganisationKind as Kind
from shared.errors import Conflict, Invalid


class InterestKind(StrEnum):
    COMPANY = "COMPANY"
    COMMITTEE = "COMMITTEE"
    HOUSEHOLD = "HOUSEHOLD"


class InterestSource(StrEnum):
    """DECLARED by the person, or FOUND by whoever administers."""

    DECLARED = "DECLARED"
    FOUND = "FOUND"


class UnknownInterest(Invalid):
    """There is no such company, committee or house."""

    code = "UNKNOWN_INTEREST"
    chinese = "没有这个企业、委员会或房屋。"


class InterestRecorded(Conflict):
    """This interest is on record already."""

    code = "INTEREST_RECORDED"
    chinese = "该利害关系已登记。"


class OwnInterest(Conflict):
    """Nobody ends an interest of their own; somebody else who administers does."""

    code = "OWN_INTEREST"
    chinese = "不能自行解除本人的利害关系，须由其他管理员办理。"


def kind_of(organisation: Kind | None, *, is_house: bool) -> InterestKind:
    """What an id stands for. Raises UnknownInterest."""
    if organisation is not None:
        return InterestKind.COMPANY if organisation is Kind.COMPANY else InterestKind.COMMITTEE
    if not is_house:
        raise UnknownInterest
    return InterestKind.HOUSEHOLD


def refuse_own(person_id: UUID, actor_id: UUID) -> None:
    """Four eyes see more than two. Raises OwnInterest."""
    if person_id == actor_id:
        raise OwnInterest


def interests_of(kind: Kind, organisation_id: UUID, declared: Iterable[UUID]) -> list[UUID]:
    """Those on record, and the own employer if it is a company.

    Nobody handles a case in which one of these is a party (A13, X20).
    """
    own: Collection[UUID] = {organisation_id} if kind is Kind.COMPANY else ()
    return sorted({*own, *declared})
