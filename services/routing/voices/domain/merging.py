"""When two cases may become one, and one complaint a case again (T07, X09, X10)."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from shared.errors import Conflict, Invalid, NotFound


class SameCase(Invalid):
    """A case cannot be merged into itself."""

    code = "SAME_CASE"
    chinese = "不能将案件并入其自身。"


class OtherEstate(Conflict):
    """One problem is at one place: cases of two estates are not merged."""

    code = "OTHER_ESTATE"
    chinese = "两个案件不在同一小区，不能并案。"


class AnonymousStaysApart(Conflict):
    """An anonymous complaint goes without feedback and rating, a named one does not (X15)."""

    code = "ANONYMOUS_STAYS_APART"
    chinese = "匿名诉求与实名诉求不能并案。"


class NotMerged(NotFound):
    """This complaint was not joined to this case."""

    code = "NOT_MERGED"
    chinese = "该诉求并非并入本案的诉求。"


class LastComplaint(Conflict):
    """A case keeps at least one complaint."""

    code = "LAST_COMPLAINT"
    chinese = "案件至少保留一件诉求。"


class Placed(Protocol):
    """What the rules need of a case."""

    id: UUID
    estate_id: UUID
    anonymous: bool


def refuse_merging(source: Placed, target: Placed) -> None:
    """Raises SameCase, OtherEstate or AnonymousStaysApart."""
    if source.id == target.id:
        raise SameCase
    if source.estate_id != target.estate_id:
        raise OtherEstate
    if source.anonymous != target.anonymous:
        raise AnonymousStaysApart
