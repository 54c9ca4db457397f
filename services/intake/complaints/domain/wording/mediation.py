"""Lines about mediation and agreements (T15-T20, T37)."""

from __future__ import annotations

from services.intake.complaints.domain.wording.line import Line, handler, writes
from services.intake.complaints.domain.words import in_words
from shared.contracts import routing

VOLUNTARY = "调解自愿、不收费，您有权拒绝。"


@writes(routing.MediationRequested)
def requested(event: routing.MediationRequested, _: str | None) -> Line:
    who = handler(event.case)
    return Line("建议调解", f"{who}建议通过调解解决。{VOLUNTARY}", who)


@writes(routing.MediationScheduled)
def scheduled(event: routing.MediationScheduled, _: str | None) -> Line:
    text = f"调解定于{in_words(event.scheduled_for)}在{event.place}进行。{VOLUNTARY}"
    return Line("调解安排", text, handler(event.case), event.scheduled_for)


@writes(routing.MediationHeld)
def held(event: routing.MediationHeld, _: str | None) -> Line:
    who, when = handler(event.case), in_words(event.held_at)
    if event.valid:
        return Line("已组织调解", f"{when}已组织双方调解。", who)
    return Line("已组织调解", f"{when}组织过调解，但应到单位未到齐，将再次组织。", who)


@writes(routing.MediationRefused)
def refused(event: routing.MediationRefused, _: str | None) -> Line:
    why = "多次联系未能找到对方" if event.unreachable else "有一方不同意调解"
    return Line("未能调解", f"{why}，将通过其他方式继续办理。", handler(event.case))


@writes(routing.MediationAgreed)
def agreed(event: routing.MediationAgreed, _: str | None) -> Line:
    form = "书面" if event.written else "口头"
    return Line("达成协议", f"双方已达成{form}协议。", handler(event.case))


@writes(routing.AgreementEffective)
def effective(event: routing.AgreementEffective, _: str | None) -> Line:
    who, until = handler(event.case), event.confirmation_until
    if not event.confirmable:
        return Line("协议生效", "调解协议已生效。协议涉及权属，依法不能申请司法确认。", who)
    text = f"调解协议已生效。双方可在{in_words(until)}前共同向法院申请司法确认。"
    return Line("协议生效", text, who, until)


@writes(routing.AgreementPerformed)
def performed(event: routing.AgreementPerformed, _: str | None) -> Line:
    return Line("协议履行完毕", "协议约定的事项已全部履行。", handler(event.case))


@writes(routing.MediationFailed)
def failed(event: routing.MediationFailed, _: str | None) -> Line:
    text = "调解未能达成一致。您可以通过诉讼、仲裁（有约定时）或行政途径继续主张权利。"
    return Line("调解未成", text, handler(event.case))
