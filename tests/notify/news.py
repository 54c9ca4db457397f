"""Events as intake and routing would publish them, for the people of the samples."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from deploy.simulators.wechat.people import openid_of
from shared.contracts.directory import (
    EstateChanged,
    EstateState,
    OrganisationChanged,
    OrganisationState,
    StaffChanged,
    StaffState,
)
from shared.contracts.intake import (
    ComplaintAccepted,
    ComplaintInfoRequested,
    ComplaintNotAccepted,
    ComplaintSubmitted,
    OwnerChanged,
    OwnerState,
)
from shared.contracts.notify import NoticePublished, PublishedNotice
from shared.contracts.routing import (
    AcceptanceDueSoon,
    AcceptanceOverdue,
    AgreementEffective,
    CaseCancelled,
    CaseClosed,
    CaseDispatched,
    CaseEscalated,
    CaseFeedbackGiven,
    CaseReturned,
    CaseState,
    CaseSupervised,
    CaseSuspended,
    CaseTransferred,
    CaseUrged,
    ClockBreached,
    ClockState,
    ClockWarned,
    ComplaintsJoined,
    ConfirmationDueSoon,
    ExtensionDecided,
    ExtensionRequested,
    GroupAlerted,
    JudicialGuided,
    MediationScheduled,
    MeetingGapState,
    MeetingMissing,
    PendingState,
    RectificationDueSoon,
    RectificationEvent,
    RectificationState,
    SuspensionDenied,
    SuspensionRequested,
    TalkPrompted,
    TalkPromptState,
)
from shared.contracts.vocabulary import CaseStatus, ComplaintStatus, RefusalReason, ResultCode
from shared.privacy import Sealed, Sealer
from tests.environment import environment
from tests.samples import (
    CASE,
    COMMUNITY,
    COMPANY,
    COMPLAINT,
    DIVISION,
    ESTATE,
    MANAGER,
    NINE,
    OWNER,
    STREET,
    WORKER,
    a_case,
    a_complaint,
    named,
)

CENTRE = named("centre")
DUE = NINE - timedelta(minutes=30)
MOBILE = "13900000001"
OWNER_NAME, WORKER_NAME, MANAGER_NAME = "owner-1", "worker-1", "manager-1"
SEALED = Sealed(audience="intake", ciphertext="1.k1.AAAA")
HINT = "请拨打110报警电话，由公安机关依法处理。"


def owner_known(
    person: UUID = OWNER, name: str = OWNER_NAME, mobile: str | None = MOBILE, **changes: Any
) -> OwnerChanged:
    contacts = {"openid": sealed(person, "openid", _openid(name)), "masked_mobile": None}
    contacts["mobile"] = sealed(person, "mobile", mobile) if mobile else None
    return OwnerChanged(
        owner=OwnerState.model_validate({"id": person, "version": 1} | contacts | changes)
    )


def staff_known(person: UUID, name: str, organisation: UUID, **changes: Any) -> StaffChanged:
    state = {
        "id": person,
        "version": 1,
        "organisation_id": organisation,
        "end": "GRID",
        "roles": ("GRID_WORKER",),
        "openid": sealed(person, "openid", _openid(name)),
    }
    return StaffChanged(staff=StaffState.model_validate(state | changes))


def worker_known() -> StaffChanged:
    return staff_known(WORKER, WORKER_NAME, COMMUNITY, grid_codes=("421202001001001",))


def manager_known(**changes: Any) -> StaffChanged:
    state = {"end": "PROPERTY", "roles": ("SITE_OFFICE",), "estate_ids": (ESTATE,)}
    return staff_known(MANAGER, MANAGER_NAME, COMPANY, **(state | changes))


def submitted(**changes: Any) -> ComplaintSubmitted:
    narrative = Sealed(audience="routing", ciphertext="1.k1.AAAA")
    return ComplaintSubmitted(
        complaint=a_complaint(**changes), narrative=narrative, promised_from=NINE
    )


def accepted(**changes: Any) -> ComplaintAccepted:
    state = {"version": 2, "state": ComplaintStatus.ACCEPTED, "case_id": CASE}
    return ComplaintAccepted(
        complaint=a_complaint(**(state | changes)), category="NS01", category_name="轻微噪音"
    )


def refused_for_the_police() -> ComplaintNotAccepted:
    complaint = a_complaint(version=2, state=ComplaintStatus.NOT_ACCEPTED)
    return ComplaintNotAccepted(complaint=complaint, reason=RefusalReason.POLICE, hint=HINT)


def info_requested(**changes: Any) -> ComplaintInfoRequested:
    state = {"version": 2, "state": ComplaintStatus.NEED_INFO}
    return ComplaintInfoRequested(
        complaint=a_complaint(**(state | changes)),
        missing=("PLACE", "EVIDENCE"),
        until=NINE.replace(day=8, hour=0),
    )


def acceptance_overdue(**changes: Any) -> AcceptanceOverdue:
    return AcceptanceOverdue(pending=a_pending(**changes), due_at=NINE.replace(hour=11))


def acceptance_due_soon(**changes: Any) -> AcceptanceDueSoon:
    due = NINE.replace(hour=11)
    return AcceptanceDueSoon(pending=a_pending(**changes), share=0.8, due_at=due)


def a_pending(**changes: Any) -> PendingState:
    state = {"id": COMPLAINT, "version": 2, "number": "SQ421202-20260302-00001"}
    state |= {"division": DIVISION, "estate_id": ESTATE, "grid_code": None}
    state |= {"desk_id": CENTRE, "submitted_at": NINE}
    return PendingState.model_validate(state | changes)


def urged(**changes: Any) -> CaseUrged:
    return CaseUrged(case=a_case(version=5, state=CaseStatus.HANDLING), times=2, **changes)


def cancelled() -> CaseCancelled:
    return CaseCancelled(case=a_case(version=6, state=CaseStatus.CANCELLED), reason="WITHDRAWN")


def supervised() -> CaseSupervised:
    case = a_case(version=7, state=CaseStatus.HANDLING)
    return CaseSupervised(case=case, order_id=named("order"), cause="ORDERED")


def returned() -> CaseReturned:
    case = a_case(version=4, state=CaseStatus.RETURNED)
    return CaseReturned(case=case, organisation_id=COMMUNITY, reason="NOT_OUR_DUTY")


def transferred() -> CaseTransferred:
    case = a_case(version=9, state=CaseStatus.TRANSFERRED)
    return CaseTransferred(case=case, receiver="公安机关", contact="110")


def dispatched(**changes: Any) -> CaseDispatched:
    return CaseDispatched(case=a_case(**changes))


def scheduled(**changes: Any) -> MediationScheduled:
    plan = {"scheduled_for": NINE.replace(day=4, hour=15), "place": "演示社区调解室"}
    return MediationScheduled(case=a_case(state=CaseStatus.MEDIATING), **(plan | changes))


def effective(**changes: Any) -> AgreementEffective:
    return AgreementEffective(
        case=a_case(version=5, state=CaseStatus.AGREEMENT_PERFORMING),
        agreement_id=named("agreement"),
        effective_at=NINE,
        confirmation_until=NINE.replace(hour=0) + timedelta(days=31),
        **changes,
    )


def due_soon(**changes: Any) -> ConfirmationDueSoon:
    """The last day is the first of April."""
    return ConfirmationDueSoon(
        case=a_case(version=6, state=CaseStatus.AGREEMENT_PERFORMING),
        confirmation_until=NINE.replace(hour=0) + timedelta(days=31),
        **changes,
    )


def guided(**changes: Any) -> JudicialGuided:
    return JudicialGuided(case=a_case(version=5, state=CaseStatus.LITIGATION_GUIDED), **changes)


def feedback(**changes: Any) -> CaseFeedbackGiven:
    state = {"version": 7, "state": CaseStatus.FEEDBACK, "result_code": ResultCode.SOLVED}
    return CaseFeedbackGiven(case=a_case(**(state | changes)), reply=SEALED)


def joined(*complaints: UUID) -> ComplaintsJoined:
    return ComplaintsJoined(case=a_case(complaint_ids=(COMPLAINT, *complaints)), joined=complaints)


def grouped(households: int = 5, **changes: Any) -> GroupAlerted:
    return GroupAlerted(case=a_case(**changes), households=households, major=False)


def suspended() -> CaseSuspended:
    """Until 24:00 of the fifth of March."""
    return CaseSuspended(case=a_case(), reason="APPRAISAL", until=NINE.replace(day=6, hour=0))


def extended(*, granted: bool = True) -> ExtensionDecided:
    due = NINE.replace(day=17, hour=0)
    return ExtensionDecided(case=a_case(), clock="MEDIUM_RESOLVE", granted=granted, due_at=due)


def closed() -> CaseClosed:
    return CaseClosed(case=a_case(version=8, state=CaseStatus.CLOSED, closed_at=NINE))


def warned(clock: str = "SMALL_RESOLVE", share: float = 0.8, **changes: Any) -> ClockWarned:
    return ClockWarned(case=a_late_case(clock, **changes), clock=clock, share=share)


def breached(clock: str = "SMALL_RESOLVE", **changes: Any) -> ClockBreached:
    """At half past eight, as everything in these events that is due."""
    return ClockBreached(case=a_late_case(clock, **changes), clock=clock, breached_at=DUE)


def escalated(*desks: str, hours: int = 24, clock: str = "FEEDBACK") -> CaseEscalated:
    case = a_late_case(clock, overdue=True)
    return CaseEscalated(case=case, clock=clock, colour="ORANGE", desks=desks, after_hours=hours)


def a_late_case(clock: str, **changes: Any) -> CaseState:
    clocks = (ClockState(kind=clock, started_at=NINE, due_at=DUE, state="RUNNING"),)
    state = {"version": 8, "state": CaseStatus.HANDLING, "clocks": clocks}
    return a_case(**(state | changes))


def suspension_asked(*desks: str) -> SuspensionRequested:
    until = NINE.replace(day=6, hour=0)
    return SuspensionRequested(case=a_case(), reason="APPRAISAL", until=until, desks=desks)


def suspension_denied() -> SuspensionDenied:
    return SuspensionDenied(case=a_case(), reason="APPRAISAL")


def extension_asked(**changes: Any) -> ExtensionRequested:
    case = a_case(**changes)
    return ExtensionRequested(
        case=case, clock="MEDIUM_RESOLVE", due_at=NINE.replace(day=10, hour=0)
    )


def rectified(kind: type[RectificationEvent], **facts: Any) -> RectificationEvent:
    """Talked on the second of March, to be mended by the first of April."""
    state = RectificationState(
        id=named("rectification"),
        version=1,
        company_id=COMPANY,
        estate_id=ESTATE,
        division=DIVISION,
        cause="LOW_SCORE",
        stage="OPEN",
        talk_held_at=NINE,
        due_at=NINE.replace(hour=0) + timedelta(days=31),
    )
    return kind(rectification=state, **facts)


def rectification_due_soon() -> RectificationEvent:
    return rectified(RectificationDueSoon, share=0.5)


def talk_prompted() -> TalkPrompted:
    state = {"company_id": COMPANY, "estate_id": ESTATE, "division": DIVISION, "reopened": 3}
    prompt = TalkPromptState.model_validate({"id": named("prompt"), "version": 1} | state)
    return TalkPrompted(prompt=prompt)


def meeting_missing(**changes: Any) -> MeetingMissing:
    """Week 10 of a community, from the second to the eighth of March."""
    state = {
        "id": named("gap"),
        "version": 1,
        "level": "COMMUNITY",
        "cycle": "WEEK",
        "division": f"{DIVISION}001",
        "convenor_id": COMMUNITY,
        "superior_id": STREET,
        "first_day": date(2026, 3, 2),
        "last_day": date(2026, 3, 8),
    }
    return MeetingMissing(gap=MeetingGapState.model_validate(state | changes))


def organisation_known(
    id: UUID, kind: str, specialty: str, division: str, name: str
) -> OrganisationChanged:
    state = {"kind": kind, "specialty": specialty, "division": division, "display_name": name}
    state |= {"level": "COUNTY"}
    return OrganisationChanged(
        organisation=OrganisationState.model_validate({"id": id, "version": 1} | state)
    )


def estate_known(name: str = "演示·桂花园") -> EstateChanged:
    return EstateChanged(
        estate=EstateState(
            id=ESTATE,
            version=1,
            display_name=name,
            division=DIVISION,
            community_id=COMMUNITY,
            kind="COMMODITY",
            households=500,
            company_id=COMPANY,
            contract_until=None,
            buildings=(),
        )
    )


def notice_published(**changes: Any) -> NoticePublished:
    state = {"id": named("notice"), "version": 1, "edition_id": named("edition")}
    state |= {"kind": "SURVEY_RESULT", "division": DIVISION, "estate_ids": (ESTATE,)}
    state |= {"title": "测评结果", "link": "https://hub.test/notify/public/notices/1"}
    state |= {"published_at": NINE}
    return NoticePublished(notice=PublishedNotice.model_validate(state | changes))


def sealed(person: UUID, column: str, value: str) -> Sealed:
    return _sealer().seal(value, audience="notify", subject=f"{person}/{column}")


@cache
def _sealer() -> Sealer:
    return Sealer.from_environment(environment())


def _openid(name: str) -> str:
    return openid_of(environment()["LIUDUAN_WECHAT_APP_ID"], name)
