"""When the same problem of many households is a mass incident (U26, X11)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Protocol
from uuid import UUID

from shared.errors import Conflict, Invalid
from shared.rulebook.sections.handling import Groups


class NotAGroup(Conflict):
    """Only a group names representatives."""

    code = "NOT_A_GROUP"
    chinese = "本案不是群体性事件，无需推选代表。"


class TooManyRepresentatives(Invalid):
    """At most so many representatives speak for a group; `at_most` says how many."""

    code = "TOO_MANY_REPRESENTATIVES"
    chinese = "推选的代表人数超过规定。"


class NotAReporter(Invalid):
    """A representative is one of the reporters of the case, known by name."""

    code = "NOT_A_REPORTER"
    chinese = "代表须是本案实名反映问题的业主。"


class Weight(Enum):
    """What so many households make of a matter."""

    ORDINARY = auto()
    GROUP = auto()
    MAJOR = auto()


class Grouped(Protocol):
    """What the predicate needs of a case."""

    group_incident: bool


@dataclass(frozen=True)
class Member:
    """A case of the estate and category, with the households that complained lately."""

    case_id: UUID
    accepted_at: datetime
    active: bool
    group_incident: bool
    households: frozenset[UUID]


def is_group(case: Grouped) -> bool:
    """X14: a group's case goes on when one of them withdraws."""
    return case.group_incident


def weigh(households: int, groups: Groups) -> Weight:
    if households >= groups.major_households:
        return Weight.MAJOR
    return Weight.GROUP if households >= groups.alert_households else Weight.ORDINARY


def households_of(members: Iterable[Member]) -> frozenset[UUID]:
    """Ten complaints of one household are one."""
    return frozenset().union(*(member.households for member in members))


def leading(members: Sequence[Member]) -> Member | None:
    """The case that stands for the group: the one alerted before, else the oldest still open."""
    active = [member for member in members if member.active]
    return min(
        active,
        key=lambda member: (not member.group_incident, member.accepted_at, member.case_id),
        default=None,
    )


def refuse_representatives(
    named: Collection[UUID], known: Collection[UUID], groups: Groups, case: Grouped
) -> None:
    """Raises NotAGroup, TooManyRepresentatives or NotAReporter."""
    if not is_group(case):
        raise NotAGroup
    if len(named) > groups.representatives_at_most:
        raise TooManyRepresentatives(at_most=groups.representatives_at_most)
    if not set(named) <= set(known):
        raise NotAReporter
