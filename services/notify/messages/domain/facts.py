"""What an event lets us say: the variables of every text, without anything personal."""

from __future__ import annotations

from datetime import datetime
from functools import singledispatch

from services.notify.messages.domain import deadline_facts, governance_facts
from services.notify.messages.domain.case_facts import NOT_YET, Facts, about
from services.notify.messages.domain.words import (
    PAUSES,
    PAUSES_AT_WORK,
    REASONS,
    TITLES_OF_NOTICES,
    at,
    last_day,
    until,
)
from shared.calendars import WorkingCalendar
from shared.contracts.event import Event
from shared.contracts.intake import (
    ComplaintAccepted,
    ComplaintInfoRequested,
    ComplaintNotAccepted,
    ComplaintSubmitted,
)
from shared.contracts.notify import NoticePublished
from shared.contracts.routing import (
    AcceptanceDueSoon,
    AcceptanceOverdue,
    AgreementEffective,
    CaseClosed,
    CaseEscalated,
    CaseEvent,
    CaseSuspended,
    CaseTransferred,
    CaseUrged,
    ClockBreached,
    ClockWarned,
    ConfirmationDueSoon,
    ExtensionDecided,
    ExtensionRequested,
    GroupAlerted,
    JudicialGuided,
    LowScoreTalkPrompted,
    MediationScheduled,
    MeetingMissing,
    RectificationDueSoon,
    RectificationEvent,
    SuspensionDenied,
    SuspensionRequested,
    TalkPrompted,
)
from shared.contracts.survey import PoorEvaluationFound
from shared.counting import deadline
from shared.rulebook import Rulebook

__all__ = ["Facts", "facts_at", "facts_of"]


def facts_at(event: Event, book: Rulebook, moment: datetime) -> Facts:
    """With how late it was at `moment`, for what has a due time. Raises LookupError."""
    return {**facts_of(event, book), **deadline_facts.lateness(event, moment)}


@singledispatch
def facts_of(event: Event, book: Rulebook) -> Facts:
    """Raises LookupError for an event that nobody is told about."""
    raise LookupError(event.name)


@facts_of.register
def _submitted(event: ComplaintSubmitted, book: Rulebook) -> Facts:
    chosen = event.complaint.chosen_category
    known = book.categories.get(chosen) if chosen else None
    category = known.chinese if known else NOT_YET
    return {"number": event.complaint.number, "category": category}


@facts_of.register
def _accepted(event: ComplaintAccepted, book: Rulebook) -> Facts:
    return {"number": event.complaint.number, "category": event.category_name}


@facts_of.register
def _not_accepted(event: ComplaintNotAccepted, book: Rulebook) -> Facts:
    facts = {"number": event.complaint.number, "category": NOT_YET}
    return facts | {"reason": REASONS[event.reason], "right_place": event.hint}


@facts_of.register
def _info_requested(event: ComplaintInfoRequested, book: Rulebook) -> Facts:
    missing = "、".join(book.acceptance.words_for(event.missing))
    facts = {"number": event.complaint.number, "category": NOT_YET}
    return facts | {"missing": missing, "until": until(event.until)}


@facts_of.register
def _urged(event: CaseUrged, book: Rulebook) -> Facts:
    return about(event.case) | {"times": str(event.times)}


@facts_of.register
def _transferred(event: CaseTransferred, book: Rulebook) -> Facts:
    return about(event.case) | {"receiver": event.receiver, "contact": event.contact}


@facts_of.register
def _case_event(event: CaseEvent, book: Rulebook) -> Facts:
    return about(event.case)


@facts_of.register
def _effective(event: AgreementEffective, book: Rulebook) -> Facts:
    dates = {
        "effective": last_day(event.effective_at),
        "confirmation": _confirmation(event),
    }
    return about(event.case) | dates


@facts_of.register
def _scheduled(event: MediationScheduled, book: Rulebook) -> Facts:
    return about(event.case) | {"time": at(event.scheduled_for), "place": event.place}


@facts_of.register
def _guided(event: JudicialGuided, book: Rulebook) -> Facts:
    cause = "达成的调解协议未能履行" if event.broken else "经调解未能解决"
    return about(event.case) | {"cause": cause}


@facts_of.register
def _grouped(event: GroupAlerted, book: Rulebook) -> Facts:
    return about(event.case) | {"households": str(event.households)}


@facts_of.register
def _due_soon(event: ConfirmationDueSoon, book: Rulebook) -> Facts:
    return about(event.case) | {"last_day": last_day(event.confirmation_until)}


@facts_of.register
def _pause_asked(event: SuspensionRequested, book: Rulebook) -> Facts:
    return about(event.case) | _pause(event.reason) | {"new_date": until(event.until)}


@facts_of.register
def _pause_denied(event: SuspensionDenied, book: Rulebook) -> Facts:
    return about(event.case) | _pause(event.reason)


@facts_of.register
def _published(event: NoticePublished, book: Rulebook) -> Facts:
    notice = event.notice
    number = f"GS{notice.edition_id.hex[-12:].upper()}"
    facts = {"number": number, "category": TITLES_OF_NOTICES[notice.kind]}
    return facts | {"title": notice.title, "link": notice.link}


@facts_of.register
def _suspended(event: CaseSuspended, book: Rulebook) -> Facts:
    return about(event.case) | _pause(event.reason) | {"new_date": until(event.until)}


@facts_of.register
def _extended(event: ExtensionDecided, book: Rulebook) -> Facts:
    return about(event.case) | {"new_date": until(event.due_at)}


@facts_of.register
def _closed(event: CaseClosed, book: Rulebook) -> Facts:
    facts = about(event.case)
    if event.case.closed_at is None:
        return facts | {"reopen_until": f"办结后{book.sla.reopen_window.amount}日"}
    window = deadline(event.case.closed_at, book.sla.reopen_window, WorkingCalendar())
    return facts | {"reopen_until": last_day(window.at)}


def _pause(reason: str) -> dict[str, str]:
    """As the owner is told, and as those at work are."""
    return {"reason": PAUSES[reason], "pause": PAUSES_AT_WORK[reason]}


def _confirmation(event: AgreementEffective) -> str:
    """An agreement about ownership is not confirmed by a court (X24)."""
    if not event.confirmable:
        return "协议涉及权属，依法不能申请司法确认；因履行发生争议的，可以向人民法院起诉。"
    return (
        f"双方可在{last_day(event.confirmation_until)}前（含当日）共同向人民法院申请司法确认，"
        "法院不收费；逾期将不能申请。"
    )


facts_of.register(AcceptanceDueSoon, deadline_facts.acceptance_due_soon)
facts_of.register(AcceptanceOverdue, deadline_facts.acceptance_overdue)
facts_of.register(ClockWarned, deadline_facts.warned)
facts_of.register(ClockBreached, deadline_facts.breached)
facts_of.register(CaseEscalated, deadline_facts.escalated)
facts_of.register(ExtensionRequested, deadline_facts.extension_asked)
facts_of.register(RectificationEvent, governance_facts.rectification)
facts_of.register(RectificationDueSoon, governance_facts.rectification_due_soon)
facts_of.register(TalkPrompted, governance_facts.talk_prompted)
facts_of.register(LowScoreTalkPrompted, governance_facts.low_scores)
facts_of.register(PoorEvaluationFound, governance_facts.poor_evaluation)
facts_of.register(MeetingMissing, governance_facts.meeting_missing)
