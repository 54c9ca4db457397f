"""Owners on the panel: five to seven of them, at home in the estate, without a stake (F04, A13)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from shared.errors import Conflict, Invalid
from shared.rulebook.sections.evaluation import Tenders


class PanelSizeWrong(Invalid):
    """Five to seven owners take part in judging the bids (F04)."""

    code = "PANEL_SIZE_WRONG"
    chinese = "评标的业主代表人数不符合规定（5至7名）。"


class PanelistTwice(Invalid):
    """The same owner is named twice."""

    code = "PANELIST_TWICE"
    chinese = "同一业主代表不能重复登记。"


class PanelistElsewhere(Invalid):
    """Who represents owners has a verified home in this estate, and not as a tenant."""

    code = "PANELIST_NOT_AN_OWNER"
    chinese = "业主代表须为本小区已认证的业主或其家庭成员。"


class PanelistHasStake(Conflict):
    """A member of the panel has a stake in a bidder (A13)."""

    code = "PANELIST_HAS_STAKE"
    chinese = "评标的业主代表与投标企业有利害关系，应当回避。"


@dataclass(frozen=True)
class Panelist:
    """`interests`: the organisations in which the owner has declared a stake."""

    owner_id: UUID
    interests: frozenset[UUID]


def refuse_wrong_size(count: int, rules: Tenders) -> None:
    """Raises PanelSizeWrong."""
    if not rules.panel_at_least <= count <= rules.panel_at_most:
        raise PanelSizeWrong(at_least=rules.panel_at_least, at_most=rules.panel_at_most)


def refuse_twice(owners: Sequence[UUID]) -> None:
    """Raises PanelistTwice."""
    if len(set(owners)) < len(owners):
        raise PanelistTwice


def refuse_elsewhere(owners: Collection[UUID], at_home: Collection[UUID]) -> None:
    """Raises PanelistElsewhere."""
    if not set(owners) <= set(at_home):
        raise PanelistElsewhere


def refuse_stakes(panel: Sequence[Panelist], bidders: Collection[UUID]) -> None:
    """Which member it is, is nobody's business but the panel's. Raises PanelistHasStake."""
    concerned = frozenset[UUID]().union(*(each.interests for each in panel)) & set(bidders)
    if concerned:
        raise PanelistHasStake(companies=sorted(map(str, concerned)))
