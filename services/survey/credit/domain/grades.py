"""Credit grades: proposed by the system, decided by persons (E16-E19, U19)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import takewhile
from uuid import UUID

from shared.errors import Conflict, Forbidden, Invalid
from shared.rulebook.sections.evaluation import Credit


class GradeState(StrEnum):
    PROPOSED = "PROPOSED"  # 待审定: one person decides
    PENDING_CONFIRM = "PENDING_CONFIRM"  # 待双人确认 (E19)
    CONFIRMED_ONCE = "CONFIRMED_ONCE"  # 待第二人确认
    DECIDED = "DECIDED"  # 已审定
    DECLINED = "DECLINED"  # 不予审定
    SUPERSEDED = "SUPERSEDED"  # computed anew before it was decided
    WITHDRAWN = "WITHDRAWN"  # a score that it rests on is disputed or gone


class GradeAction(StrEnum):
    CONFIRM = "CONFIRM"
    DECLINE = "DECLINE"
    SUPERSEDE = "SUPERSEDE"
    WITHDRAW = "WITHDRAW"


TRANSITIONS: Mapping[GradeState, Mapping[GradeAction, GradeState]] = {
    GradeState.PROPOSED: {
        GradeAction.CONFIRM: GradeState.DECIDED,
        GradeAction.DECLINE: GradeState.DECLINED,
        GradeAction.SUPERSEDE: GradeState.SUPERSEDED,
    },
    GradeState.PENDING_CONFIRM: {
        GradeAction.CONFIRM: GradeState.CONFIRMED_ONCE,
        GradeAction.DECLINE: GradeState.DECLINED,
        GradeAction.SUPERSEDE: GradeState.SUPERSEDED,
    },
    GradeState.CONFIRMED_ONCE: {
        GradeAction.CONFIRM: GradeState.DECIDED,
        GradeAction.DECLINE: GradeState.DECLINED,
        GradeAction.SUPERSEDE: GradeState.SUPERSEDED,
    },
    GradeState.DECIDED: {GradeAction.WITHDRAW: GradeState.WITHDRAWN},
    GradeState.DECLINED: {},
    GradeState.SUPERSEDED: {},
    GradeState.WITHDRAWN: {},
}

OPEN = frozenset({GradeState.PROPOSED, GradeState.PENDING_CONFIRM, GradeState.CONFIRMED_ONCE})
SETTLED = frozenset({GradeState.DECIDED, GradeState.DECLINED})
TOLD_TO_THE_COMPANY = frozenset({GradeState.DECIDED, GradeState.WITHDRAWN})


class GradeNotInState(Conflict):
    """In its present state this cannot be done to the grade."""

    code = "CREDIT_GRADE_STATE_FORBIDS"
    chinese = "该信用等级的当前状态不允许此操作。"


class SecondPersonNeeded(Forbidden):
    """You confirmed this grade already; a second person has to (E19)."""

    code = "SECOND_PERSON_NEEDED"
    chinese = "该等级须由另一名工作人员确认，您已确认过。"


class ReasonNeeded(Invalid):
    """Whoever declines a proposed grade says why."""

    code = "REASON_NEEDED"
    chinese = "不予审定须说明理由。"


def advance(state: GradeState, action: GradeAction) -> GradeState:
    """Raises GradeNotInState."""
    following = TRANSITIONS[GradeState(state)].get(action)
    if following is None:
        raise GradeNotInState(state=str(state), action=str(action))
    return following


def first_state(grade: str, rules: Credit) -> GradeState:
    by_two = grade in rules.confirmed_by_two
    return GradeState.PENDING_CONFIRM if by_two else GradeState.PROPOSED


def is_restricted(grade: str, rules: Credit) -> bool:
    """E18: as a restricted grade is, so is a worse one, which the letter wants gone (E19)."""
    codes = [band.code for band in rules.bands]  # the best first
    restricted = [codes.index(each) for each in rules.bidding_restricted]
    return bool(restricted) and codes.index(grade) >= min(restricted)


def refuse_same_person(first: UUID | None, second: UUID) -> None:
    """Raises SecondPersonNeeded."""
    if first == second:
        raise SecondPersonNeeded


def common_place(communities: Sequence[str]) -> str:
    """The place that holds all of them: who decides about a company answers for it."""
    shared = takewhile(lambda digits: len(set(digits)) == 1, zip(*communities, strict=False))
    return "".join(digits[0] for digits in shared)
