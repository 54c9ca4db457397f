"""Editions of a half-year: a correction says what it changes (E16, E23)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from services.survey.evaluations.domain.composing import FIGURES
from shared.errors import Conflict, Invalid

Figures = Mapping[UUID, Mapping[str, Any]]


class RunDivisionNotPossible(Invalid):
    """Composite evaluations are made for the city or a county."""

    code = "RUN_DIVISION_NOT_POSSIBLE"
    chinese = "综合评价以市或县（市、区）为单位进行。"


class RunUnderWay(Conflict):
    """An edition of this half-year is being prepared; publish or discard it first."""

    code = "EVALUATION_RUN_UNDER_WAY"
    chinese = "本期综合评价已有未公布的批次，请先公布或作废。"


class RunOverlaps(Conflict):
    """The city or one of its counties has a run of its own for this half-year."""

    code = "EVALUATION_RUN_OVERLAPS"
    chinese = "本期已有覆盖同一区域的市级或县级综合评价批次。"


class CorrectionNeedsReason(Invalid):
    """This period is published; say why it is corrected (D10, E16)."""

    code = "CORRECTION_NEEDS_REASON"
    chinese = "本期结果已公布，更正须说明理由。"


class NothingToCorrect(Conflict):
    """The data lead to the figures that are published already."""

    code = "NOTHING_TO_CORRECT"
    chinese = "按现有数据计算，结果与已公布的一致，无需更正。"


class RevokedSince(Conflict):
    """A score of this run was taken back upon appeal; discard it and draw up another one."""

    code = "EVALUATION_REVOKED_SINCE"
    chinese = "该批次形成后，部分得分经申诉已撤销，请作废本批次并重新汇总。"


class NothingToEvaluate(Conflict):
    """No result of this half-year is known here."""

    code = "NOTHING_TO_EVALUATE"
    chinese = "本期该区域没有可用的评价结果。"


LEVELS = frozenset({4, 6})


def refuse_other_levels(division: str) -> None:
    """Raises RunDivisionNotPossible."""
    if len(division) not in LEVELS:
        raise RunDivisionNotPossible


def refuse_overlap(division: str, others: Iterable[str]) -> None:
    """Else an estate would be published twice (E23). Raises RunOverlaps."""
    for other in others:
        if other != division and (other.startswith(division) or division.startswith(other)):
            raise RunOverlaps(division=other)


def differences(
    before: Figures, after: Figures, fallen: Mapping[UUID, Collection[str]]
) -> list[dict[str, Any]]:
    """Figure by figure; an evaluation that came or went has all of its figures. What has `fallen`
    since it was published stood for nothing, so a figure in its place is one that was not there.
    """
    told = []
    for id in sorted({*before, *after}):
        old, new = before.get(id, {}), after.get(id, {})
        for name in FIGURES:
            was, becomes = old.get(name), new.get(name)
            if becomes is not None and name in fallen.get(id, ()):
                was = None
            if was != becomes:
                told.append(
                    {"evaluation_id": str(id), "figure": name, "before": was, "after": becomes}
                )
    return told


def refuse_idle(corrects: UUID | None, reason: str | None, changes: Iterable[object]) -> None:
    """Raises CorrectionNeedsReason or NothingToCorrect."""
    if corrects is None:
        return
    if not reason:
        raise CorrectionNeedsReason
    if not list(changes):
        raise NothingToCorrect
