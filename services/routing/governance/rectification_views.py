"""A rectification as street and company read it."""

from __future__ import annotations

from services.routing.governance.commands.rectify import RECTIFICATIONS, clock_of
from services.routing.governance.domain.rectification import Cause, Stage
from services.routing.governance.rectification_schemas import RectificationOut
from services.routing.governance.tables import Rectification
from services.routing.occasion import Occasion


async def rectification_out(on: Occasion, row: Rectification) -> RectificationOut:
    clock = await clock_of(on, row)
    return RectificationOut(
        id=row.id,
        version=row.version,
        company_id=row.company_id,
        estate_id=row.estate_id,
        cause=Cause(row.cause),
        stage=Stage(row.stage),
        demands=on.reveal(row.demands, RECTIFICATIONS, row.id, "demands"),
        talk_held_at=row.talk_held_at,
        due_at=clock.due_at,
        extended=row.extended_at is not None,
        answer=row.answer and on.reveal(row.answer, RECTIFICATIONS, row.id, "answer"),
        proofs=row.proofs,
        proven_at=row.proven_at,
        review=row.review and on.reveal(row.review, RECTIFICATIONS, row.id, "review"),
        accepted_at=row.accepted_at,
        overdue=row.overdue,
    )
