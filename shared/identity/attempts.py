"""Counting sign-in attempts, so that a password cannot be tried out."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.errors import TooMany


class TooManyAttempts(TooMany):
    """Too many attempts to sign in; please wait."""

    code = "TOO_MANY_ATTEMPTS"
    chinese = "登录尝试次数过多，请稍后再试。"


@dataclass(frozen=True, slots=True)
class AttemptLimit:
    """So many attempts within one window, which begins with the first of them."""

    attempts: int
    window: timedelta


async def admit(
    session: AsyncSession, *, account: str, address: str, limit: AttemptLimit, at: datetime
) -> None:
    """Counts an attempt before the password is looked at; commit it in a transaction of its own.

    Raises TooManyAttempts with `retry_after_seconds`. `address="*"` counts an account from
    everywhere, `account="*"` everything from an address.
    """
    row = (
        await session.execute(
            text(_COUNT),
            {"key": _key(account, address), "at": at, "window_ends_at": at + limit.window},
        )
    ).one()
    if row.attempts > limit.attempts:
        wait = (row.window_ends_at - at).total_seconds()
        raise TooManyAttempts(retry_after_seconds=max(1, round(wait)))


async def forgive(session: AsyncSession, *, account: str, address: str) -> None:
    """After a success the count begins anew."""
    await session.execute(
        text("DELETE FROM sign_in_attempt WHERE key_hash = :key"), {"key": _key(account, address)}
    )


async def purge_attempts(session: AsyncSession, *, before: datetime) -> None:
    await session.execute(
        text("DELETE FROM sign_in_attempt WHERE window_ends_at < :before"), {"before": before}
    )


def _key(account: str, address: str) -> bytes:
    return hashlib.sha256(json.dumps([account.casefold(), address]).encode()).digest()


_COUNT = """
    INSERT INTO sign_in_attempt AS known (key_hash, attempts, window_ends_at)
    VALUES (:key, 1, :window_ends_at)
    ON CONFLICT (key_hash) DO UPDATE
       SET attempts = CASE WHEN known.window_ends_at > :at THEN known.attempts + 1 ELSE 1 END,
           window_ends_at = CASE WHEN known.window_ends_at > :at
                                 THEN known.window_ends_at ELSE excluded.window_ends_at END
    RETURNING attempts, window_ends_at"""
