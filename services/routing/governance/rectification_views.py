"""A rectification as street and company read it."""

from __future__ import annotations

from collections.abc import Sequence

from services.routing.governance.commands.rectify import RECTIFICATIONS
from services.routing.governance.domain.rectification import Cause, Stage
from services.routing.governance.rectification_schemas import RectificationOut
from services.routing.governance.tables import Rectification
from services.routing.occasion import Occasion
from shared.clocks import ClockRow, of_subjects


async def rectification_out(on: Occasion, row: Rectification) -> RectificationOut:
    return (await rectifications_out(on, [row]))[0]


async def rectifications_out(on: Occasion, rows: Sequence[Rectification]) -> list[RectificationOut]:
    clocks = await of_subjects(on.session, [row.id for row in rows])
    return [_out(on, row, clocks[row.id][-1]) for row in rows]


def _out(on: Occasion, row: Rectification, clock: ClockRow) -> RectificationOut:
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
