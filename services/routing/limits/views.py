"""What the desks read of returns, suspensions and extensions."""

from __future__ import annotations

from services.routing.cases.casefile import CaseFile
from services.routing.cases.recording import rulebook_of
from services.routing.limits.commands.extend import EXTENSIONS
from services.routing.limits.commands.give_back import RETURNS
from services.routing.limits.commands.suspend import SUSPENSIONS
from services.routing.limits.queries import extensions_of, returns_of, suspensions_of
from services.routing.limits.schemas import ExtensionOut, ReturnOut, SuspensionOut
from services.routing.limits.tables import CaseReturn, Extension, Suspension
from services.routing.occasion import Occasion
from shared.rulebook import SuspensionReason


async def returns_out(on: Occasion, file: CaseFile) -> list[ReturnOut]:
    reasons = {each.code: each.chinese for each in rulebook_of(on, file).returns.reasons}
    return [_return(on, row, reasons) for row in await returns_of(on.session, file.case.id)]


async def suspensions_out(on: Occasion, file: CaseFile) -> list[SuspensionOut]:
    return [_suspension(on, row) for row in await suspensions_of(on.session, file.case.id)]


async def extensions_out(on: Occasion, file: CaseFile) -> list[ExtensionOut]:
    return [_extension(on, row) for row in await extensions_of(on.session, file.case.id)]


def _return(on: Occasion, row: CaseReturn, reasons: dict[str, str]) -> ReturnOut:
    return ReturnOut(
        organisation_id=row.organisation_id,
        person_id=row.person_id,
        display_name=row.display_name,
        reason=row.reason,
        reason_name=reasons[row.reason],
        legal_basis=on.reveal(row.legal_basis, RETURNS, row.id, "legal_basis"),
        suggested_id=row.suggested_id,
        suggested_name=row.suggested_name,
        returned_at=row.returned_at,
        decided_at=row.decided_at,
        given_to_id=row.given_to_id,
        given_to_name=row.given_to_name,
        forced=row.forced,
        ruling=row.ruling and on.reveal(row.ruling, RETURNS, row.id, "ruling"),
    )


def _suspension(on: Occasion, row: Suspension) -> SuspensionOut:
    paused = row.ended_at - row.began_at if row.began_at and row.ended_at else None
    return SuspensionOut(
        organisation_id=row.organisation_id,
        reason=SuspensionReason(row.reason),
        note=on.reveal(row.note, SUSPENSIONS, row.id, "note"),
        until=row.until,
        asked_at=row.asked_at,
        decided_at=row.decided_at,
        granted=row.granted,
        ruling=row.ruling and on.reveal(row.ruling, SUSPENSIONS, row.id, "ruling"),
        began_at=row.began_at,
        ended_at=row.ended_at,
        ended_by_end=row.ended_by_end,
        paused_seconds=None if paused is None else int(paused.total_seconds()),
    )


def _extension(on: Occasion, row: Extension) -> ExtensionOut:
    return ExtensionOut(
        clock=row.clock,
        days=row.days,
        reason=on.reveal(row.reason, EXTENSIONS, row.id, "reason"),
        due_at=row.due_at,
        asked_at=row.asked_at,
        endorsed_at=row.endorsed_at,
        decided_at=row.decided_at,
        granted=row.granted,
        extended_to=row.extended_to,
        ruling=row.ruling and on.reveal(row.ruling, EXTENSIONS, row.id, "ruling"),
    )
