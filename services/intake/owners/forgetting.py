"""Codes by text message are kept no longer than a limit counts them (P29)."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete
from sqlmodel import col

from services.intake.owners.tables import SmsCode
from shared.runtime import Runtime

CODES_KEPT = timedelta(days=2)  # longer than any limit looks back


async def forget_codes(runtime: Runtime) -> None:
    before = runtime.clock.now() - CODES_KEPT
    async with runtime.database.transaction() as session:
        await session.execute(delete(SmsCode).where(col(SmsCode.requested_at) < before))
