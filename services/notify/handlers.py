"""What notify hears. The copies come first: reactions read them."""

from __future__ import annotations

from collections.abc import Sequence

from services.notify.calendar.domain.lifecycle import STEPS
from services.notify.calendar.noting import note
from services.notify.consents.correcting import correct
from services.notify.copies import commands as copies
from services.notify.deed import Deed
from services.notify.messages.commands.forgetting import forget_owner
from services.notify.messages.commands.telling import Occasion, tell
from services.notify.messages.domain.catalogue import EVENTS
from services.notify.messages.scores import (
    LOW_SCORE,
    POOR_GRADE,
    remember_scores,
    rest_on_scores,
)
from services.notify.messages.surveying import (
    tell_of_call,
    tell_of_grade,
    tell_of_guidance,
    tell_of_withdrawn_grade,
    tell_of_withdrawn_guidance,
)
from services.notify.publications.commands.relaying import relay_bulletin, relay_result
from services.notify.webhooks.commands.announcing import announce
from services.notify.webhooks.domain.audience import ANNOUNCED
from shared.contracts import heard_by
from shared.contracts.directory import EstateChanged, OrganisationChanged, StaffChanged
from shared.contracts.event import Event
from shared.contracts.intake import (
    ComplaintEvent,
    OwnerChanged,
    OwnerErased,
    OwnerSessionRevoked,
)
from shared.contracts.routing import (
    CaseEvent,
    LowScoreTalkPrompted,
    RectificationOrdered,
    StaffSessionRevoked,
)
from shared.contracts.subscribing import SubscriptionChanged
from shared.contracts.survey import (
    BulletinPublished,
    CreditGradeDecided,
    CreditGradeWithdrawn,
    DismissalGuidanceDue,
    DismissalGuidanceWithdrawn,
    PoorEvaluationFound,
    SatisfactionPublished,
    VisitCallingBegan,
)
from shared.messaging import Reception, Subscriptions

COMPLAINTS = [event for event in heard_by("notify") if issubclass(event, ComplaintEvent)]
CASES = [event for event in heard_by("notify") if issubclass(event, CaseEvent)]

subscriptions = Subscriptions()


@subscriptions.batch(OwnerChanged)
async def remember_owners(receptions: Sequence[Reception[OwnerChanged]]) -> None:
    await copies.remember_owners(receptions)


@subscriptions.batch(StaffChanged)
async def remember_staff(receptions: Sequence[Reception[StaffChanged]]) -> None:
    await copies.remember_staff(receptions)


@subscriptions.batch(OrganisationChanged)
async def remember_organisations(receptions: Sequence[Reception[OrganisationChanged]]) -> None:
    await copies.remember_organisations(receptions)


@subscriptions.batch(EstateChanged)
async def remember_estates(receptions: Sequence[Reception[EstateChanged]]) -> None:
    await copies.remember_estates(receptions)


@subscriptions.batch(*COMPLAINTS)
async def remember_complaints(receptions: Sequence[Reception[ComplaintEvent]]) -> None:
    await copies.remember_complaints(receptions)


@subscriptions.batch(*CASES)
async def remember_cases(receptions: Sequence[Reception[CaseEvent]]) -> None:
    await copies.remember_cases(receptions)


@subscriptions.on(LowScoreTalkPrompted)
async def remember_low_scores(reception: Reception[LowScoreTalkPrompted]) -> None:
    await remember_scores(reception.session, LOW_SCORE, reception.event.prompt)


@subscriptions.on(PoorEvaluationFound)
async def remember_poor_score(reception: Reception[PoorEvaluationFound]) -> None:
    await remember_scores(reception.session, POOR_GRADE, reception.event.evaluation)


@subscriptions.on(RectificationOrdered)
async def name_scores(reception: Reception[RectificationOrdered]) -> None:
    await rest_on_scores(reception.session, reception.event.rectification)


@subscriptions.on(*EVENTS)
async def tell_people(reception: Reception[Event]) -> None:
    occasion = Occasion(reception.event, reception.envelope)
    await tell(Deed.upon(reception), occasion)


@subscriptions.on(SatisfactionPublished)
async def publish_result(reception: Reception[SatisfactionPublished]) -> None:
    await relay_result(Deed.upon(reception), reception.event.survey)


@subscriptions.on(BulletinPublished)
async def publish_bulletin(reception: Reception[BulletinPublished]) -> None:
    await relay_bulletin(Deed.upon(reception), reception.event.bulletin)


@subscriptions.on(VisitCallingBegan)
async def tell_callers(reception: Reception[VisitCallingBegan]) -> None:
    await tell_of_call(Deed.upon(reception), reception.event.visit, reception.envelope)


@subscriptions.on(CreditGradeDecided)
async def tell_grade(reception: Reception[CreditGradeDecided]) -> None:
    await tell_of_grade(Deed.upon(reception), reception.event.grade, reception.envelope)


@subscriptions.on(CreditGradeWithdrawn)
async def tell_withdrawn_grade(reception: Reception[CreditGradeWithdrawn]) -> None:
    await tell_of_withdrawn_grade(Deed.upon(reception), reception.event.grade, reception.envelope)


@subscriptions.on(DismissalGuidanceDue)
async def tell_guidance(reception: Reception[DismissalGuidanceDue]) -> None:
    await tell_of_guidance(Deed.upon(reception), reception.event.guidance, reception.envelope)


@subscriptions.on(DismissalGuidanceWithdrawn)
async def tell_withdrawn_guidance(reception: Reception[DismissalGuidanceWithdrawn]) -> None:
    guidance = reception.event.guidance
    await tell_of_withdrawn_guidance(Deed.upon(reception), guidance, reception.envelope)


@subscriptions.on(*STEPS)
async def keep_appointments(reception: Reception[CaseEvent]) -> None:
    await note(Deed.upon(reception), reception.event, reception.envelope.time)


@subscriptions.on(*ANNOUNCED)
async def tell_organisations(reception: Reception[CaseEvent]) -> None:
    await announce(Deed.upon(reception), reception.event, reception.envelope)


@subscriptions.on(SubscriptionChanged)
async def correct_ledger(reception: Reception[SubscriptionChanged]) -> None:
    await correct(Deed.upon(reception), reception.event)


@subscriptions.on(OwnerErased)
async def forget_person(reception: Reception[OwnerErased]) -> None:
    await forget_owner(Deed.upon(reception), reception.event.owner)


@subscriptions.on(OwnerSessionRevoked, StaffSessionRevoked)
async def end_session(reception: Reception[OwnerSessionRevoked | StaffSessionRevoked]) -> None:
    revoked = reception.event.session
    await reception.runtime.revocations.record(
        reception.session, [revoked.id], at=reception.envelope.time
    )
