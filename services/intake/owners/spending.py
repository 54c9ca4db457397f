"""Trying a code that came by text message: five guesses, and once (P29)."""

from __future__ import annotations

import hmac

from services.intake.owners.domain.codes import CodePurpose, CodeRefused, is_open
from services.intake.owners.tables import SmsCode
from services.intake.owners.texting import code_index, newest_code
from shared.runtime import Runtime


async def spend_code(runtime: Runtime, mobile: str, code: str, purpose: CodePurpose) -> None:
    """A transaction of its own: a wrong guess counts although it is refused. Raises CodeRefused."""
    async with runtime.database.transaction() as session:
        row = await newest_code(session, runtime, mobile, purpose)
        right = row is not None and _try(runtime, row, code)
    if not right:
        raise CodeRefused


def _try(runtime: Runtime, row: SmsCode, code: str) -> bool:
    now = runtime.clock.now()
    rules = runtime.rulebooks.in_force_at(now).sms_codes
    if not is_open(rules, row.guesses, row.used_at is not None, row.expires_at, now):
        return False
    row.guesses += 1
    right = [hmac.compare_digest(row.code_index, one) for one in code_index(runtime, row.id, code)]
    if any(right):
        row.used_at = now
    return any(right)
