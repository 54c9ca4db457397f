"""Lines about joint handling by several departments (T21-T23)."""

from __future__ import annotations

from services.intake.complaints.domain.wording.line import Line, handler, result_due, writes
from shared.contracts import routing


@writes(routing.JointOpened)
def opened(event: routing.JointOpened, _: str | None) -> Line:
    lead, until = handler(event.case), result_due(event.case)
    others = [unit.display_name for unit in event.case.units if unit.role == "CO"]
    team = f"，参与单位：{'、'.join(others)}" if others else ""
    return Line("联合处置", f"已启动多部门联合处置，牵头单位：{lead}{team}。", lead, until)


@writes(routing.JointConvened)
def convened(event: routing.JointConvened, _: str | None) -> Line:
    return Line("联合会商", "各参与单位已会商。", handler(event.case), result_due(event.case))


@writes(routing.JointPlanned)
def planned(event: routing.JointPlanned, _: str | None) -> Line:
    return Line("处置方案", "联合处置方案已确定。", handler(event.case), result_due(event.case))


@writes(routing.JointMemberResult)
def member_result(event: routing.JointMemberResult, _: str | None) -> Line:
    names = {unit.organisation_id: unit.display_name for unit in event.case.units}
    who = names.get(event.organisation_id, "一家参与单位")
    text = f"{who}不再参与本案联合处置。" if event.released else f"{who}已提交处置结果。"
    return Line("单位结果", text, who, result_due(event.case))


@writes(routing.JointCompleted)
def completed(event: routing.JointCompleted, _: str | None) -> Line:
    text = "各单位处置结果已汇总，正在审核。"
    return Line("联合处置完成", text, handler(event.case), result_due(event.case))
