"""Lines about complaints that are handled together (T07, X10)."""

from __future__ import annotations

from services.intake.complaints.domain.wording.line import HUB, Line, writes
from shared.contracts import routing


@writes(routing.ComplaintsJoined)
def joined(event: routing.ComplaintsJoined, _: str | None) -> Line:
    same = f"您反映的问题与案件{event.case.number}为同一问题，已并案办理，"
    text = f"{same}结果将分别向您反馈并请您评价。"
    return Line("已并案", text, HUB)


@writes(routing.ComplaintUnmerged)
def unmerged(event: routing.ComplaintUnmerged, _: str | None) -> Line:
    return Line("单独办理", f"经核实，您的诉求将单独办理，案件编号{event.case.number}。", HUB)
