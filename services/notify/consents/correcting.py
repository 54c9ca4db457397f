"""Correcting the ledger by what WeChat itself tells, through intake (wechat.md 6)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select

from services.notify.channels.templates import TemplateBook
from services.notify.consents.ledger import TOLD_WITHIN, Account
from services.notify.consents.tables import Cause
from services.notify.copies.finding import staff_with
from services.notify.copies.tables import OwnerCopy
from services.notify.deed import Deed
from services.notify.messages.domain.course import WECHAT, Outcome
from services.notify.messages.domain.notice import Template
from services.notify.messages.sending.missing import go_past
from services.notify.messages.tables import Message, MessageAttempt
from shared.contracts.subscribing import Subscriber, SubscriptionChanged, SubscriptionReport
from shared.errors import TryLater
from shared.sms import Fate


async def correct(deed: Deed, event: SubscriptionChanged) -> None:
    """Whoever is not known here, and a template that is not ours, changes nothing.

    Raises TryLater when a message arrived of which it is not yet written down that it was sent.
    """
    person = await _person(deed, event.subscriber)
    book = deed.runtime.part(TemplateBook)
    for report in event.reports:
        template = book.named(report.template_id)
        if person is not None and template is not None:
            await _Correction(deed, person, template, event).apply(report)


async def _person(deed: Deed, subscriber: Subscriber) -> UUID | None:
    if subscriber.owner_id is not None:
        gone = select(OwnerCopy.id).where(
            OwnerCopy.id == subscriber.owner_id, ~col(OwnerCopy.active)
        )
        is_gone = (await deed.session.execute(gone)).scalar_one_or_none()
        return None if is_gone else subscriber.owner_id
    if subscriber.openid is None:
        return None
    subject = f"{subscriber.id}/openid"
    openid = deed.runtime.sealer.open_(subscriber.openid, subject=subject)
    return await staff_with(deed.session, deed.runtime, openid)


@dataclass(frozen=True)
class _Correction:
    deed: Deed
    person: UUID
    template: Template
    event: SubscriptionChanged

    @property
    def _account(self) -> Account:
        return Account(self.deed.session, self.person, self.template)

    async def apply(self, report: SubscriptionReport) -> None:
        at = self.event.happened_at
        match report.answer:
            case "ACCEPTED":
                await self._account.pushed(at)
            case "DECLINED":
                await self._account.answer(accepted=False, at=at)
            case "BANNED":
                await self._account.void(Cause.BANNED, at)
            case "SWITCHED_OFF":
                await self._account.void(Cause.SWITCHED_OFF, at)
            case "ARRIVED":
                await self._note(report, Fate.DELIVERED)
            case "NOT_ARRIVED":
                await self._note(report, Fate.FAILED)

    async def _note(self, report: SubscriptionReport, fate: Fate) -> None:
        """What became of a message; one of which the answer was lost is known to be sent now."""
        attempt = await self._by_reference(report) or await self._unanswered()
        if attempt is None or attempt.receipt is not None:
            return
        if attempt.outcome == Outcome.STARTED:
            raise TryLater
        if attempt.outcome == Outcome.UNKNOWN and attempt.reference is None:
            attempt.reference = report.reference
            self._account.spend(attempt.message_id, self.deed.at)
        attempt.receipt, attempt.receipt_code = fate, report.code
        attempt.receipt_at = self.deed.at
        if fate is Fate.FAILED:
            await go_past(self.deed.session, attempt, self.deed.at)

    async def _by_reference(self, report: SubscriptionReport) -> MessageAttempt | None:
        if report.reference is None:
            return None
        wanted = (
            select(MessageAttempt)
            .where(MessageAttempt.reference == report.reference, MessageAttempt.channel == WECHAT)
            .limit(1)
            .with_for_update()
        )
        return (await self.deed.session.execute(wanted)).scalar_one_or_none()

    async def _unanswered(self) -> MessageAttempt | None:
        """The oldest attempt of about this time that may be the one."""
        at = self.event.happened_at
        wanted = (
            select(MessageAttempt)
            .join(Message, col(Message.id) == col(MessageAttempt.message_id))
            .where(Message.recipient_id == self.person, Message.template == self.template)
            .where(MessageAttempt.channel == WECHAT, col(MessageAttempt.receipt).is_(None))
            .where(col(MessageAttempt.outcome).in_((Outcome.STARTED, Outcome.UNKNOWN)))
            .where(col(MessageAttempt.submitted_at).between(at - TOLD_WITHIN, at + TOLD_WITHIN))
            .order_by(col(MessageAttempt.id))
            .limit(1)
            .with_for_update(of=MessageAttempt)
        )
        return (await self.deed.session.execute(wanted)).scalar_one_or_none()
