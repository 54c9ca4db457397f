"""Subscriptions: which templates there are, and what the caller answered to a prompt."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.notify.channels.templates import TemplateBook
from services.notify.consents.commands import note_answer
from services.notify.consents.ledger import balances
from services.notify.consents.schemas import SubscriptionBody, SubscriptionOut
from services.notify.deed import DeedDep
from services.notify.messages.domain.catalogue import Template
from shared.web.dependencies import CurrentActor, CurrentRuntime, SessionDep
from shared.web.once import OnceDep

router = APIRouter(prefix="/subscriptions", tags=["subscriptions"])


@router.get("")
async def list_subscriptions(
    actor: CurrentActor, session: SessionDep, runtime: CurrentRuntime
) -> list[SubscriptionOut]:
    """What the caller can be asked for, and how many messages are still accepted."""
    known = await balances(session, [actor.id])
    book = runtime.part(TemplateBook)
    return [
        SubscriptionOut.of(template, book, known.get((actor.id, template), 0))
        for template in Template
    ]


@router.post("", status_code=201, response_model=SubscriptionOut)
async def answer_prompt(body: SubscriptionBody, deed: DeedDep, once: OnceDep) -> Response:
    """One acceptance is one message, so the same answer must not count twice."""
    return await once.run(lambda: note_answer(deed, body))
