"""What the mini-program asks and reports about subscriptions."""

from __future__ import annotations

from pydantic import BaseModel

from services.notify.channels.templates import TemplateBook
from services.notify.messages.domain.catalogue import Template
from shared.web.body import Body


class SubscriptionBody(Body):
    """The answer to one prompt for one template: `accept` is true, everything else false."""

    template: Template
    accepted: bool


class SubscriptionOut(BaseModel):
    """`template_id` is what `wx.requestSubscribeMessage` wants; absent while none is set up."""

    template: Template
    template_id: str | None
    remaining: int

    @classmethod
    def of(cls, template: Template, book: TemplateBook, remaining: int) -> SubscriptionOut:
        return cls(template=template, template_id=book.id_of(template), remaining=remaining)
