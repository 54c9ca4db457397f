"""WeChat subscribe messages: one acceptance, one message (facts 2.12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from structlog import get_logger

from services.notify.channels.channel import (
    NO_ADDRESS,
    NOT_CONFIGURED,
    STRANGER,
    Parcel,
    Result,
)
from services.notify.channels.templates import TemplateBook, WeChatTemplate
from services.notify.messages.domain.course import Outcome
from shared.clock import BEIJING, Clock
from shared.wechat import (
    Busy,
    FieldError,
    LongLimit,
    Misconfigured,
    OutcomeUnknown,
    ShortLimit,
    SubscribeMessage,
    TokenRejected,
    Unlisted,
    Unreachable,
    WeChatClient,
    WeChatError,
)

PAGE = "pages/inbox/inbox"
COMES_BACK = (Busy, Misconfigured, ShortLimit, TokenRejected, Unreachable)
ALARMING = (Misconfigured, TokenRejected, Unlisted)

NO_CONSENT = Result(Outcome.REFUSED, "NO_CONSENT")

logger = get_logger(__name__)


@dataclass
class WeChatChannel:
    """Once the day's quota is spent (45009) the vendor is not called before tomorrow."""

    client: WeChatClient
    templates: TemplateBook
    clock: Clock
    closed: Result | None = None

    async def send(self, parcel: Parcel) -> Result:
        template = self.templates.find(parcel.template)
        if template is None:
            return NOT_CONFIGURED
        if parcel.contact is None:
            return STRANGER
        if parcel.contact.openid is None:
            return NO_ADDRESS
        if parcel.allowance < 1 and not template.long_term:
            return NO_CONSENT
        return self._closed() or await self._send(parcel, parcel.contact.openid, template)

    def _closed(self) -> Result | None:
        until = self.closed.closed_until if self.closed else None
        return self.closed if until is not None and self.clock.now() < until else None

    async def _send(self, parcel: Parcel, openid: str, template: WeChatTemplate) -> Result:
        try:
            data = template.data(parcel.card)
            page = f"{PAGE}?id={parcel.message_id}"
            reference = await self.client.send(
                SubscribeMessage(openid, template.template_id, data, page)
            )
        except FieldError:
            return Result(Outcome.REFUSED, "FIELDS_DO_NOT_FIT")
        except LongLimit as error:
            _alarm(error)
            self.closed = _until_tomorrow(error, self.clock.now())
            return self.closed
        except WeChatError as error:
            return _judged(error)
        return Result(Outcome.SENT, reference=reference)


def _judged(error: WeChatError) -> Result:
    """What the vendor's refusal means for this message."""
    if isinstance(error, ALARMING):
        _alarm(error)
    if isinstance(error, OutcomeUnknown):
        return Result(Outcome.UNKNOWN, "NO_ANSWER")
    reason = str(error.errcode) if error.errcode is not None else "UNREACHABLE"
    outcome = Outcome.POSTPONED if isinstance(error, COMES_BACK) else Outcome.REFUSED
    return Result(outcome, reason)


def _until_tomorrow(error: LongLimit, now: datetime) -> Result:
    """Quotas are counted by days of Beijing; another channel takes over until then."""
    tomorrow = now.astimezone(BEIJING).date() + timedelta(days=1)
    midnight = datetime.combine(tomorrow, time.min, tzinfo=BEIJING)
    return Result(Outcome.POSTPONED, str(error.errcode), closed_until=midnight)


def _alarm(error: WeChatError) -> None:
    logger.error("wechat_refuses_us", errcode=error.errcode, rid=error.rid)
