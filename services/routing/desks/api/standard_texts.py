"""Standard texts for replies, notes and reasons."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Response

from services.routing.cases.guards import CaseToRead
from services.routing.desks.commands.standard_texts import (
    offered,
    rewrite,
    withdraw,
    wording,
    write,
)
from services.routing.desks.domain.texts import Purpose
from services.routing.desks.guards import AtDesk, TextToChange
from services.routing.desks.rendering import rendered
from services.routing.desks.schemas import (
    RenderingOut,
    StandardTextIn,
    StandardTextOut,
    StandardTextsOut,
    WordingIn,
)
from services.routing.desks.views import standard_text_out
from shared.web.once import OnceDep

router = APIRouter(prefix="/standard-texts", tags=["desks"])


@router.get("")
async def texts(on: AtDesk, purpose: Purpose | None = None) -> StandardTextsOut:
    """Those of your organisation and of your division, by title."""
    found = await offered(on, purpose)
    return StandardTextsOut(items=[standard_text_out(each) for each in found])


@router.post("", status_code=201, response_model=StandardTextOut)
async def write_text(body: StandardTextIn, on: AtDesk, once: OnceDep) -> Response:
    """For your own organisation, or for a division that you are in charge of."""

    async def work() -> StandardTextOut:
        return standard_text_out(await write(on, body))

    return await once.run(work)


@router.put("/{text_id}")
async def rewrite_text(text: TextToChange, body: WordingIn, on: AtDesk) -> StandardTextOut:
    """The next version of it."""
    return standard_text_out(await rewrite(on, text, body))


@router.delete("/{text_id}", status_code=204)
async def withdraw_text(text: TextToChange, on: AtDesk) -> None:
    """It is offered no more; its versions stay."""
    await withdraw(on, text)


@router.get("/{text_id}/rendering")
async def render_text(text_id: UUID, on: AtDesk, file: CaseToRead) -> RenderingOut:
    """The text with the values of a case, to be looked over and sent as a reply or note."""
    found = await wording(on, text_id)
    return RenderingOut(version=found.text.version, text=rendered(on, file, found.version.body))
