"""Taking down what a person answered to a prompt."""

from __future__ import annotations

from services.notify.channels.templates import TemplateBook
from services.notify.consents.ledger import Account
from services.notify.consents.schemas import SubscriptionBody, SubscriptionOut
from services.notify.deed import Deed


async def note_answer(deed: Deed, body: SubscriptionBody) -> SubscriptionOut:
    account = Account(deed.session, deed.actor.id, body.template)
    await account.answer(accepted=body.accepted, at=deed.at)
    book = deed.runtime.part(TemplateBook)
    return SubscriptionOut.of(body.template, book, await account.balance())
