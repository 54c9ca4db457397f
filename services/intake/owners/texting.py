"""Codes by text message (P29): counted in the database first, then sent, and never sent again while
the one before may have arrived.

No connection is held while the provider is asked. Whoever cannot reach the database gets no code.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select
from structlog import get_logger

from services.intake.owners.domain.codes import (
    DAY,
    Asked,
    CodeAction,
    CodePurpose,
    CodeState,
    TextMessagesUnavailable,
    advance,
    may_have_arrived,
    refuse_too_often,
)
from services.intake.owners.tables import SmsCode
from shared.clock import BEIJING
from shared.ids import new_id
from shared.rulebook.sections.accounts import SmsCodes
from shared.runtime import Runtime
from shared.sms import Accepted, Fate, NotAccepted, QueryFailed, SmsChannel, Submission

TABLE = "sms_code"
NOWHERE = "unknown"
# one at a time: limits that many share are not to be passed by asking at once
IN_TURN = text("SELECT pg_advisory_xact_lock(hashtext('sms_code'))")

logger = get_logger(__name__)


@dataclass(frozen=True)
class SmsLine:
    """`template` takes two parameters: the code, and for how many minutes it is good.

    Without a channel no codes are sent.
    """

    channel: SmsChannel | None
    template: str


@dataclass(frozen=True)
class Recipient:
    """`network` is where it is asked from."""

    mobile: str = field(repr=False)
    purpose: CodePurpose
    network: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class _Earlier:
    """A code whose message may have arrived."""

    id: UUID
    requested_at: datetime


async def send_code(runtime: Runtime, to: Recipient) -> SmsCodes:
    """Answers the rules that hold. Raises CodesTooOften or TextMessagesUnavailable."""
    line, now = runtime.part(SmsLine), runtime.clock.now()
    if line.channel is None:
        raise TextMessagesUnavailable
    rules = runtime.rulebooks.in_force_at(now).sms_codes
    code_id, code = new_id(), f"{secrets.randbelow(10**rules.digits):0{rules.digits}d}"
    async with runtime.database.transaction() as session:
        await session.execute(IN_TURN)
        refuse_too_often(rules, await _asked(session, runtime, rules, to, now), now)
        earlier = await _in_doubt(session, runtime, to, now)
        session.add(_row(runtime, rules, to, code_id, code, now))
    if earlier is not None and not await _never_came(runtime, line.channel, to, earlier):
        await _settle(runtime, code_id, CodeAction.FAIL)
        return rules
    words = (code, str(rules.valid_minutes))
    submission = await line.channel.send(to.mobile, line.template, words, code_id.hex)
    await _settle(runtime, code_id, _learnt(submission))
    if isinstance(submission, NotAccepted):
        logger.warning("sms_code_not_taken", cause=submission.cause, code=submission.code)
        raise TextMessagesUnavailable
    return rules


def code_index(runtime: Runtime, code_id: UUID, code: str) -> list[str]:
    """The keyed hashes of a code, the one that is stored first."""
    value = f"{code_id}/{code}"
    index = runtime.blind_index
    stored = index.of(value, table=TABLE, column="code")
    return [stored, *index.candidates(value, table=TABLE, column="code")]


def numbers_of(runtime: Runtime, mobile: str) -> list[str]:
    return runtime.blind_index.candidates(mobile, table=TABLE, column="mobile")


def _row(
    runtime: Runtime, rules: SmsCodes, to: Recipient, code_id: UUID, code: str, now: datetime
) -> SmsCode:
    index = runtime.blind_index
    return SmsCode(
        id=code_id,
        mobile_index=index.of(to.mobile, table=TABLE, column="mobile"),
        address=index.of(to.network or NOWHERE, table=TABLE, column="address"),
        purpose=to.purpose,
        code_index=code_index(runtime, code_id, code)[0],
        state=CodeState.SUBMITTING,
        requested_at=now,
        expires_at=now + rules.lifetime,
    )


async def _asked(
    session: AsyncSession, runtime: Runtime, rules: SmsCodes, to: Recipient, now: datetime
) -> Asked:
    index = runtime.blind_index
    addresses = index.candidates(to.network or NOWHERE, table=TABLE, column="address")
    by_number = col(SmsCode.mobile_index).in_(numbers_of(runtime, to.mobile))
    by_address = col(SmsCode.address).in_(addresses)
    midnight = now.astimezone(BEIJING).replace(hour=0, minute=0, second=0, microsecond=0)
    today = select(func.count()).select_from(SmsCode).where(col(SmsCode.requested_at) >= midnight)
    moments = select(SmsCode.requested_at).order_by(col(SmsCode.requested_at).desc())
    since = now - rules.per_address.window
    return Asked(
        number=(
            await session.execute(moments.where(by_number, col(SmsCode.requested_at) > now - DAY))
        )
        .scalars()
        .all(),
        address=(
            await session.execute(moments.where(by_address, col(SmsCode.requested_at) > since))
        )
        .scalars()
        .all(),
        today=(await session.execute(today)).scalar_one(),
    )


async def _in_doubt(
    session: AsyncSession, runtime: Runtime, to: Recipient, now: datetime
) -> _Earlier | None:
    """The code before, if nobody knows whether it arrived and it could still be used."""
    row = await newest_code(session, runtime, to.mobile, to.purpose)
    if row is None or row.used_at is not None or row.expires_at <= now:
        return None
    return _Earlier(row.id, row.requested_at) if may_have_arrived(CodeState(row.state)) else None


async def newest_code(
    session: AsyncSession, runtime: Runtime, mobile: str, purpose: CodePurpose
) -> SmsCode | None:
    """Locked; a code that was certainly not sent is none."""
    found = await session.execute(
        select(SmsCode)
        .where(
            col(SmsCode.mobile_index).in_(numbers_of(runtime, mobile)),
            SmsCode.purpose == purpose,
            SmsCode.state != CodeState.FAILED,
        )
        .order_by(col(SmsCode.requested_at).desc(), col(SmsCode.id).desc())
        .limit(1)
        .with_for_update()
    )
    return found.scalar_one_or_none()


async def _never_came(
    runtime: Runtime, channel: SmsChannel, to: Recipient, earlier: _Earlier
) -> bool:
    """Only the provider's word counts; what it cannot say may have arrived."""
    try:
        report = await channel.query(to.mobile, earlier.id.hex, earlier.requested_at)
    except QueryFailed:
        return False
    if report.fate is Fate.UNREPORTED:
        return False
    failed = report.fate is Fate.FAILED
    await _settle(runtime, earlier.id, CodeAction.FAIL if failed else CodeAction.SEND)
    return failed


async def _settle(runtime: Runtime, code_id: UUID, action: CodeAction) -> None:
    async with runtime.database.transaction() as session:
        row = await session.get_one(SmsCode, code_id, with_for_update=True)
        row.state = advance(CodeState(row.state), action)


def _learnt(submission: Submission) -> CodeAction:
    match submission:
        case Accepted():
            return CodeAction.SEND
        case NotAccepted():
            return CodeAction.FAIL
    return CodeAction.LOSE
