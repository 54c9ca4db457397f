"""退单: when a unit may give a case back, and to whom it goes then (T12, T13, X03)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.counting import Deadline
from shared.errors import Conflict, Forbidden, Invalid
from shared.rulebook.sections.handling import Returns


class ReturnTooLate(Conflict):
    """A case is given back within two hours of its dispatch (CK-02), not later."""

    code = "RETURN_TOO_LATE"
    chinese = "已超过退单时限，不能退单。"


class ForcedUnitKeepsTheCase(Conflict):
    """This unit was designated (指定) after a return, and may not return the case again."""

    code = "FORCED_UNIT_KEEPS_THE_CASE"
    chinese = "本案已指定由贵单位承办，不能退单。"


class ReturnsExhausted(Conflict):
    """A unit returns a case once, and a case is returned twice at most."""

    code = "RETURNS_EXHAUSTED"
    chinese = "本案退单次数已用完，不能再退单。"


class ReturnPapersMissing(Invalid):
    """A return needs its reason, the legal basis and the unit that is suggested instead."""

    code = "RETURN_PAPERS_MISSING"
    chinese = "退单须写明理由、依据并建议承办单位。"


class UnknownReturnReason(Invalid):
    """The rulebook of this case has no such reason for a return."""

    code = "UNKNOWN_RETURN_REASON"
    chinese = "没有这个退单理由。"


class ReturnNotPending(Conflict):
    """No return of this case waits for a decision."""

    code = "RETURN_NOT_PENDING"
    chinese = "本案没有待裁定的退单。"


class OwnReturn(Forbidden):
    """Nobody decides on the return of their own unit; a higher centre does."""

    code = "OWN_RETURN"
    chinese = "不能裁定本单位提出的退单，请上级综治中心裁定。"


class SameUnitIsForced(Invalid):
    """The unit that returned the case gets it again only by designation."""

    code = "SAME_UNIT_IS_FORCED"
    chinese = "退回原承办单位须作出指定承办的决定。"


@dataclass(frozen=True)
class UnitKey:
    """A unit as cases are sent to it: the person, where one is named."""

    organisation_id: UUID
    person_id: UUID | None = None


@dataclass(frozen=True)
class PastReturn:
    """A return that was decided: who gave it back, who got the case, whether by designation."""

    by: UnitKey
    given_to: UnitKey | None
    forced: bool


def refuse_return(
    rules: Returns, past: Sequence[PastReturn], unit: UnitKey, window: Deadline, now: datetime
) -> None:
    """Raises ForcedUnitKeepsTheCase, ReturnsExhausted or ReturnTooLate."""
    if any(each.forced and each.given_to == unit for each in past):
        raise ForcedUnitKeepsTheCase
    by_unit = sum(each.by == unit for each in past)
    if len(past) >= rules.per_case or by_unit >= rules.per_unit:
        raise ReturnsExhausted
    if window.missed_by(now):
        raise ReturnTooLate


def refuse_incomplete(rules: Returns, papers: Mapping[str, object]) -> None:
    """Raises ReturnPapersMissing, naming them."""
    missing = [paper for paper in rules.papers if not papers.get(paper)]
    if missing:
        raise ReturnPapersMissing(papers=missing)


def refuse_unknown_reason(rules: Returns, reason: str | None) -> None:
    """Raises UnknownReturnReason."""
    if reason not in {each.code for each in rules.reasons}:
        raise UnknownReturnReason(reasons=[each.code for each in rules.reasons])


def refuse_same_unit(returned_by: UnitKey, chosen: UnitKey, *, forced: bool) -> None:
    """Raises SameUnitIsForced."""
    if chosen == returned_by and not forced:
        raise SameUnitIsForced
