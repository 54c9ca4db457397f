"""T25, T26: somebody other than the submitter judges the result; the owner is told."""

from __future__ import annotations

from uuid import UUID

from services.routing.cases.casefile import CaseFile
from services.routing.cases.commands.close import close
from services.routing.cases.domain.closing import Voices, has_nobody_to_answer
from services.routing.cases.domain.lifecycle import Action
from services.routing.cases.queries import pending_result
from services.routing.cases.recording import move, rulebook_of, tell
from services.routing.cases.submission import narrative_in
from services.routing.cases.tables import Feedback
from services.routing.clocks.commands import follow, resume_resolution
from services.routing.occasion import Occasion
from shared.contracts.routing import CaseFeedbackGiven, CaseInterimFeedback, CaseResultRejected
from shared.errors import Invalid
from shared.ids import new_id
from shared.privacy import Sealed

FINAL, INTERIM = "FINAL", "INTERIM"
REPLIES = "feedback"


class ReplyMissing(Invalid):
    """An approved result needs a reply to the owner in plain words."""

    code = "REPLY_MISSING"
    chinese = "审核通过须填写给业主的答复。"


class ReasonMissing(Invalid):
    """A rejected result needs a reason."""

    code = "REASON_MISSING"
    chinese = "退回须填写理由。"


async def approve(on: Occasion, file: CaseFile, reply: str | None) -> None:
    """T25: the reply goes to the owner, CK-05 is met, the owner has three days (CK-12).

    A finding has no owner: the reply is the line of the report, and the case ends with it (X45).
    """
    if reply is None:
        raise ReplyMissing
    await _decide(on, file, "APPROVED")
    move(on, file, Action.APPROVE_RESULT, details={"result": file.case.result_code})
    file.case.feedback_at = on.now
    _write(on, file, FINAL, reply, None)
    await follow(on, file, Action.APPROVE_RESULT)
    await tell(on, file, CaseFeedbackGiven, reply=_sealed(on, file.case.id, reply))
    if has_nobody_to_answer(rulebook_of(on, file).closing, _voices(on, file)):
        await close(on.by_system(), file)


async def reject(on: Occasion, file: CaseFile, reason: str | None) -> None:
    """T26: back to the assignee; the resolution clock goes on."""
    if reason is None:
        raise ReasonMissing
    await _decide(on, file, "REJECTED")
    move(on, file, Action.REJECT_RESULT, note=reason)
    file.case.result_code = None
    file.submitted_by = None
    await resume_resolution(on, file)
    await tell(on, file, CaseResultRejected)


async def give_interim_feedback(on: Occasion, file: CaseFile, reply: str, reason: str) -> None:
    """CK-05 is met by telling the owner how far it is, with the reason on record."""
    move(on, file, Action.GIVE_INTERIM_FEEDBACK, note=reason)
    _write(on, file, INTERIM, reply, reason)
    await follow(on, file, Action.GIVE_INTERIM_FEEDBACK)
    await tell(on, file, CaseInterimFeedback, reply=_sealed(on, file.case.id, reply))


def _voices(on: Occasion, file: CaseFile) -> Voices:
    case = file.case
    return Voices(
        channel=case.channel,
        anonymous=case.anonymous,
        standing=len(file.standing_complaints),
        named=len(file.owner_ids),
        on_behalf=sum(
            narrative_in(on, complaint).on_behalf for complaint in file.standing_complaints
        ),
    )


async def _decide(on: Occasion, file: CaseFile, decision: str) -> None:
    result = await pending_result(on.session, file.case.id)
    if result is not None:
        result.decision = decision
        result.decided_by, result.decided_at = on.actor.id, on.now


def _write(on: Occasion, file: CaseFile, kind: str, reply: str, reason: str | None) -> None:
    feedback_id = new_id()
    on.session.add(
        Feedback(
            id=feedback_id,
            case_id=file.case.id,
            kind=kind,
            reply=on.conceal(reply, REPLIES, feedback_id, "reply"),
            reason=reason and on.conceal(reason, REPLIES, feedback_id, "reason"),
            given_by=on.actor.id,
            given_at=on.now,
        )
    )


def _sealed(on: Occasion, case_id: UUID, reply: str) -> Sealed:
    return on.runtime.sealer.seal(reply, audience="intake", subject=f"{case_id}/reply")
