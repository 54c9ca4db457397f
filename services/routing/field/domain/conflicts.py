"""Which changes that a worker did not see stand against what the worker did offline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol, TypeVar

from services.routing.cases.domain.lifecycle import Action
from services.routing.field.domain.operations import Kind
from shared.errors import Conflict, Invalid

A = Action

REASSIGNED = frozenset({A.DISPATCH, A.RETURN, A.DECIDE_RETURN, A.REGRADE, A.OPEN_JOINT, A.REOPEN})
PAUSED = frozenset({A.SUSPEND, A.RESUME_HANDLING, A.RESUME_MEDIATION, A.RESUME_JOINT})
ENDED = frozenset({A.MERGE, A.CANCEL, A.TRANSFER, A.CLOSE, A.SUBMIT_RESULT})
ELSEWHERE = REASSIGNED | PAUSED | ENDED
AT_THE_TABLE = frozenset(
    {A.CONSENT, A.REFUSE_MEDIATION, A.AGREE, A.AGREE_AND_PERFORM, A.FAIL_MEDIATION}
)

# What only adds stands on any version: progress, contacts, persuasions, findings.
AGAINST: Mapping[Kind, frozenset[Action]] = {
    Kind.SIGN: ELSEWHERE | {A.SIGN},
    Kind.MEDIATION: ELSEWHERE | AT_THE_TABLE | {A.REQUEST_MEDIATION},
    Kind.CONSENT: ELSEWHERE | AT_THE_TABLE,
    Kind.SESSION: ELSEWHERE | AT_THE_TABLE | {A.HOLD_SESSION},
    Kind.REFUSAL: ELSEWHERE | AT_THE_TABLE | {A.HOLD_SESSION},
    Kind.AGREEMENT: ELSEWHERE | AT_THE_TABLE | {A.HOLD_SESSION},
    Kind.RESULT: ELSEWHERE | AT_THE_TABLE | {A.REQUEST_MEDIATION, A.REJECT_RESULT, A.JOIN},
}


class CaseChanged(Conflict):
    """Since the version you saw, others have done what stands against this; see `changes`."""

    code = "CASE_CHANGED"
    chinese = "您离线期间案件已发生变化，请核对后重新操作。"


class VersionNotReached(Invalid):
    """The case has never had this version."""

    code = "VERSION_NOT_REACHED"
    chinese = "案件没有这个版本。"


class Change(Protocol):
    @property
    def action(self) -> str: ...


C = TypeVar("C", bound=Change)


def standing_against(kind: Kind, changes: Iterable[C]) -> list[C]:
    """Those of the changes because of which the operation is not applied."""
    against = AGAINST.get(kind, frozenset())
    return [change for change in changes if Action[change.action] in against]


def needs_the_version(kind: Kind) -> bool:
    """Whether the operation depends on what the worker saw."""
    return kind in AGAINST
