"""A monthly report waits for its meeting (研判会), and is concluded with measures and owners."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from uuid import UUID

from shared.errors import Conflict


class AnalysisStatus(StrEnum):
    GENERATED = "GENERATED"  # 待研判
    CONCLUDED = "CONCLUDED"  # 已研判


class AnalysisAction(StrEnum):
    CONCLUDE = "CONCLUDE"


TRANSITIONS: Mapping[AnalysisStatus, Mapping[AnalysisAction, AnalysisStatus]] = {
    AnalysisStatus.GENERATED: {AnalysisAction.CONCLUDE: AnalysisStatus.CONCLUDED},
    AnalysisStatus.CONCLUDED: {},
}


class AnalysisConcluded(Conflict):
    """The report is concluded; its measures are carried out, and no others added."""

    code = "ANALYSIS_CONCLUDED"
    chinese = "该月度研判已办结，不能再修改。"


class AnalysisWithoutMeasures(Conflict):
    """A report is concluded with at least one measure (C08)."""

    code = "ANALYSIS_WITHOUT_MEASURES"
    chinese = "尚未制定防控措施，不能办结研判。"


class MeasureWithoutOwner(Conflict):
    """Every measure has somebody who sees to it; `measures` lack one (C08)."""

    code = "MEASURE_WITHOUT_OWNER"
    chinese = "有防控措施尚未明确责任人，不能办结研判。"


def advance(state: AnalysisStatus, action: AnalysisAction) -> AnalysisStatus:
    """Raises AnalysisConcluded."""
    following = TRANSITIONS[AnalysisStatus(state)].get(action)
    if following is None:
        raise AnalysisConcluded
    return following


def refuse_concluded(state: AnalysisStatus) -> None:
    """Raises AnalysisConcluded."""
    if state == AnalysisStatus.CONCLUDED:
        raise AnalysisConcluded


def refuse_unfit(measures: Sequence[tuple[UUID, UUID | None]]) -> None:
    """Of each its id and owner. Raises AnalysisWithoutMeasures or MeasureWithoutOwner."""
    if not measures:
        raise AnalysisWithoutMeasures
    lacking = [str(measure) for measure, owner in measures if owner is None]
    if lacking:
        raise MeasureWithoutOwner(measures=lacking)
