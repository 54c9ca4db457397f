"""Text messages, where the rulebook lists them; what may have been sent is asked about (P3)."""

from __future__ import annotations

from dataclasses import dataclass

from services.notify.budget.domain.segments import segments
from services.notify.channels.channel import (
    NO_ADDRESS,
    NOT_CONFIGURED,
    STRANGER,
    Earlier,
    Parcel,
    Result,
)
from services.notify.channels.texts import Texts
from services.notify.messages.domain.course import Outcome
from services.notify.messages.domain.wording import Card
from shared.sms import (
    Accepted,
    Cause,
    Fate,
    NotAccepted,
    QueryFailed,
    SmsChannel,
    Submission,
)

FINAL = frozenset({Cause.RECIPIENT, Cause.CONTENT})


@dataclass(frozen=True)
class TextMessages:
    """`templates` maps a notification (N03 …) to the provider's template of two parameters, the
    number of the matter and its state, and a third where the notice has a date. `sign_name` (签名)
    is billed with the text.
    """

    provider: SmsChannel
    templates: Texts
    sign_name: str

    def segments(self, parcel: Parcel) -> int:
        """None are billed for a question, nor where there is nobody to write to."""
        template, contact = self.templates.get(parcel.notification), parcel.contact
        if template is None or contact is None or not contact.mobile or parcel.earlier:
            return 0
        text = template.filled(*_words(parcel.card))
        return segments(f"【{self.sign_name}】{text}")

    async def send(self, parcel: Parcel) -> Result:
        template = self.templates.get(parcel.notification)
        if template is None:
            return NOT_CONFIGURED
        if parcel.contact is None:
            return STRANGER
        if parcel.contact.mobile is None:
            return NO_ADDRESS
        if parcel.earlier is not None:
            return await self._ask(parcel.contact.mobile, parcel.earlier)
        words = _words(parcel.card)
        request_id = parcel.attempt_id.hex
        mobile, template_id = parcel.contact.mobile, template.template_id
        return _judged(await self.provider.send(mobile, template_id, words, request_id))

    async def _ask(self, mobile: str, earlier: Earlier) -> Result:
        try:
            report = await self.provider.query(mobile, earlier.attempt_id.hex, earlier.started_at)
        except QueryFailed:
            return Result(Outcome.UNKNOWN, "NOT_TO_BE_ASKED")
        match report.fate:
            case Fate.DELIVERED:
                return Result(Outcome.SENT, reference=report.serial)
            case Fate.FAILED:
                return Result(Outcome.REFUSED, report.code, report.serial)
        return Result(Outcome.UNKNOWN, "NO_REPORT")


def _words(card: Card) -> list[str]:
    """The parameters of the provider's template."""
    return [card.number, card.phrase, *([card.date] if card.date else [])]


def _judged(submission: Submission) -> Result:
    match submission:
        case Accepted(serial, billed):
            return Result(Outcome.SENT, reference=serial, segments=billed)
        case NotAccepted(cause, code):
            final = cause in FINAL
            return Result(Outcome.REFUSED if final else Outcome.POSTPONED, code)
    return Result(Outcome.UNKNOWN, "NO_ANSWER")
