"""What survey hears. The copies come first: reactions read them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from services.survey.analysis.commands import remembering as analysis
from services.survey.calls.commands import numbers
from services.survey.copies import commands as copies
from services.survey.credit.commands.overdue import enter_overdue
from services.survey.deed import Deed
from services.survey.indicators.commands import remembering as facts
from services.survey.ratings.commands.forgetting import forget_representative
from services.survey.surveys.commands.forgetting import forget_answers_of
from services.survey.tenders.commands.forgetting import forget_panelist
from services.survey.visits.commands import answering, ending, forgetting, opening
from services.survey.visits.domain.voices import Silence
from services.survey.visits.queries import unless_busy
from shared.clocks import LookAgain, Tick
from shared.contracts import heard_by
from shared.contracts.directory import DivisionChanged, EstateChanged, OrganisationChanged
from shared.contracts.intake import (
    ComplaintConfirmed,
    ComplaintEvent,
    OwnerErased,
    OwnerHomesChanged,
    OwnerSessionRevoked,
    ReporterNumberTold,
)
from shared.contracts.routing import (
    CaseClosed,
    CaseEvent,
    CaseFeedbackGiven,
    CaseReopened,
    CaseReturnDecided,
    CaseReturned,
    RectificationOverdue,
    StaffSessionRevoked,
)
from shared.identity import SYSTEM
from shared.messaging import Reception, Subscriptions
from shared.rulebook import ClockKind
from shared.runtime import Runtime

COMPLAINTS = [event for event in heard_by("survey") if issubclass(event, ComplaintEvent)]
CASES = [event for event in heard_by("survey") if issubclass(event, CaseEvent)]

subscriptions = Subscriptions()


@subscriptions.batch(*COMPLAINTS)
async def remember_complaints(receptions: Sequence[Reception[ComplaintEvent]]) -> None:
    await copies.remember_complaints(receptions)
    await facts.remember_complaints(receptions)


@subscriptions.batch(*CASES)
async def remember_cases(receptions: Sequence[Reception[CaseEvent]]) -> None:
    await copies.remember_cases(receptions)
    await facts.remember_cases(receptions)
    await analysis.remember_clocks(receptions)


@subscriptions.batch(EstateChanged)
async def remember_estates(receptions: Sequence[Reception[EstateChanged]]) -> None:
    await copies.remember_estates(receptions)
    await facts.remember_places(receptions)


@subscriptions.batch(DivisionChanged)
async def remember_divisions(receptions: Sequence[Reception[DivisionChanged]]) -> None:
    await copies.remember_divisions(receptions)


@subscriptions.batch(OrganisationChanged)
async def remember_organisations(receptions: Sequence[Reception[OrganisationChanged]]) -> None:
    await copies.remember_organisations(receptions)


@subscriptions.batch(OwnerHomesChanged)
async def remember_homes(receptions: Sequence[Reception[OwnerHomesChanged]]) -> None:
    await copies.remember_homes(receptions)


@subscriptions.on(CaseFeedbackGiven)
async def open_visits(reception: Reception[CaseFeedbackGiven]) -> None:
    case = reception.event.case
    feedback_at = case.feedback_at or reception.envelope.time
    await opening.open_visits(Deed.upon(reception), case, feedback_at)


@subscriptions.on(ComplaintConfirmed)  # in both versions: one name, one handler
async def take_confirmation(reception: Reception[ComplaintConfirmed]) -> None:
    await answering.take_confirmation(
        Deed.upon(reception), reception.event, reception.envelope.time
    )


@subscriptions.on(CaseClosed)
async def give_up_calling(reception: Reception[CaseClosed]) -> None:
    closed_at = reception.envelope.time
    case_id = reception.event.case.id
    await ending.give_up_calling(Deed.upon(reception), case_id, asked_before=closed_at)


@subscriptions.on(CaseReturned)
async def remember_objection(reception: Reception[CaseReturned]) -> None:
    await analysis.remember_objection(reception)


@subscriptions.on(CaseReturnDecided)
async def remember_decision(reception: Reception[CaseReturnDecided]) -> None:
    await analysis.remember_decision(reception)


@subscriptions.on(CaseReopened)
async def cancel_visits(reception: Reception[CaseReopened]) -> None:
    case_id, reopened_at = reception.event.case.id, reception.envelope.time
    await ending.cancel(Deed.upon(reception), case_id, asked_before=reopened_at)


@subscriptions.on(ReporterNumberTold)
async def take_number(reception: Reception[ReporterNumberTold]) -> None:
    await numbers.take_number(Deed.upon(reception), reception.event.reporter)


@subscriptions.on(OwnerErased)
async def forget_owner(reception: Reception[OwnerErased]) -> None:
    deed = Deed.upon(reception)
    await forgetting.forget_owner(deed, reception.event)
    await forget_answers_of(deed, reception.event.owner.id)
    await forget_representative(deed, reception.event.owner.id)
    await forget_panelist(deed, reception.event.owner.id)


@subscriptions.on(RectificationOverdue)
async def enter_overdue_rectification(reception: Reception[RectificationOverdue]) -> None:
    await enter_overdue(Deed.upon(reception), reception.event.rectification)


@subscriptions.on(OwnerSessionRevoked, StaffSessionRevoked)
async def end_session(reception: Reception[OwnerSessionRevoked | StaffSessionRevoked]) -> None:
    revoked = reception.event.session
    await reception.runtime.revocations.record(
        reception.session, [revoked.id], at=reception.envelope.time
    )


async def on_tick(runtime: Runtime, session: AsyncSession, tick: Tick) -> None:
    """CK-12 over: call the owner. CK-14 over: the visit stays unanswered (X33).

    Raises LookAgain for a visit in somebody's hands: commands lock the visit before its clocks, so
    waiting for it here could block both.
    """
    if not tick.breached:
        return
    deed = Deed(session, runtime, SYSTEM, runtime.clock.now())
    visit = await unless_busy(session, tick.clock.subject_id)
    if visit is None:
        raise LookAgain
    if tick.clock.kind == ClockKind.OWNER_CONFIRMATION:
        await ending.pass_confirmation(deed, visit)
    if tick.clock.kind == ClockKind.RETURN_VISIT:
        await ending.give_up(deed, visit, Silence.TIME)
