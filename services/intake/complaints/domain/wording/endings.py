"""Lines about cases that end without a result, or end elsewhere (T08, T43, X12)."""

from __future__ import annotations

from services.intake.complaints.domain.wording.line import HUB, Line, writes
from shared.contracts import routing


@writes(routing.CaseCancelled)
def cancelled(_event: routing.CaseCancelled, _: str | None) -> Line:
    return Line("已终止", "诉求已撤回，本案终止办理。", HUB)


@writes(routing.CasePartTransferred)
def part_transferred(event: routing.CasePartTransferred, _: str | None) -> Line:
    text = f"本案中应由{event.receiver}处理的部分已移送，其余部分继续办理。"
    return Line("部分移送", text, HUB)


@writes(routing.CaseTransferred)
def transferred(event: routing.CaseTransferred, _: str | None) -> Line:
    text = f"本案已移送{event.receiver}处理，联系方式：{event.contact}。"
    return Line("已移送", text, event.receiver)
