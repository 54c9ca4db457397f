"""Passwords, one-time codes and counted attempts (ASVS 6.2, 6.3, 6.5; RFC 6238)."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest
from argon2 import Parameters, PasswordHasher, extract_parameters
from sqlalchemy import MetaData, text

from shared.database import Database
from shared.errors import TooMany
from shared.identity import (
    AttemptLimit,
    Passwords,
    TooManyAttempts,
    add_tables,
    admit,
    forgive,
    matching_step,
    new_totp_secret,
    purge_attempts,
    totp_uri,
)
from tests.servers import Databases

METADATA = MetaData()
add_tables(METADATA)
NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SECRET = base64.b32encode(b"12345678901234567890").decode()


class RecordingHasher(PasswordHasher):
    """Remembers with which parameters passwords were verified."""

    def __init__(self, memory: int) -> None:
        super().__init__(time_cost=1, memory_cost=memory, parallelism=1)
        self.work: list[Parameters] = []

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
        self.work.append(extract_parameters(str(hash)))
        return super().verify(hash, password)


def quick(memory: int = 64) -> RecordingHasher:
    return RecordingHasher(memory)


async def test_the_right_password_matches_and_no_other() -> None:
    passwords = Passwords(quick())
    stored = await passwords.hash("correct horse 电池")
    assert (await passwords.check(stored, "correct horse 电池")).matches
    assert not (await passwords.check(stored, "correct horse 电话")).matches
    assert "correct" not in stored


async def test_a_password_typed_in_full_width_is_the_same() -> None:
    passwords = Passwords(quick())
    assert (await passwords.check(await passwords.hash("ｈｏｒｓｅ"), "horse")).matches


@pytest.mark.parametrize("stored", [None, "", "not a hash"])
async def test_without_a_hash_nothing_matches(stored: str | None) -> None:
    passwords = Passwords(quick())
    for password in ("", "nobody has this password"):
        assert not (await passwords.check(stored, password)).matches


async def test_an_unknown_account_costs_the_same_work() -> None:
    hasher = quick()
    passwords = Passwords(hasher)
    stored = await passwords.hash("horse")
    await passwords.check(stored, "wrong")
    await passwords.check(None, "wrong")
    known, unknown = hasher.work
    assert known == unknown


async def test_a_hash_with_old_parameters_is_replaced_after_a_match_only() -> None:
    stored = await Passwords(quick(memory=32)).hash("horse")
    today = Passwords(quick(memory=64))
    replacement = (await today.check(stored, "horse")).replacement
    assert replacement is not None
    assert (await today.check(replacement, "horse")).replacement is None
    assert (await today.check(stored, "wrong")).replacement is None


async def test_endless_passwords_are_refused() -> None:
    passwords = Passwords(quick())
    with pytest.raises(ValueError, match="too long"):
        await passwords.hash("x" * 257)
    assert not (await passwords.check(await passwords.hash("x" * 256), "x" * 257)).matches


def test_default_parameters_are_those_of_rfc_9106() -> None:
    hasher = PasswordHasher()
    assert (hasher.type.name, hasher.memory_cost, hasher.time_cost) == ("ID", 65536, 3)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_codes_of_rfc_6238(seconds: int, code: str) -> None:
    at = datetime.fromtimestamp(seconds, UTC)
    assert matching_step(SECRET, code, at=at, last_step=None) == seconds // 30


@pytest.mark.parametrize(
    ("drift", "taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)]
)
def test_a_phone_may_be_one_step_off(drift: int, taken: bool) -> None:
    at = datetime.fromtimestamp(1111111111 + drift, UTC)
    assert (matching_step(SECRET, "050471", at=at, last_step=None) is not None) == taken


def test_a_code_counts_once() -> None:
    at = datetime.fromtimestamp(1111111111, UTC)
    step = matching_step(SECRET, "050471", at=at, last_step=None)
    assert matching_step(SECRET, "050471", at=at, last_step=step) is None
    assert matching_step(SECRET, "081804", at=at, last_step=step) is None


@pytest.mark.parametrize("code", ["", "50471", "0504711", "05047１", "令牌令牌令牌", "\ud800"])
def test_other_codes_do_not_match(code: str) -> None:
    at = datetime.fromtimestamp(1111111111, UTC)
    assert matching_step(SECRET, code, at=at, last_step=None) is None


def test_the_app_learns_the_secret_from_an_address() -> None:
    secret = new_totp_secret()
    assert len(base64.b32decode(secret)) == 20
    assert totp_uri(secret, account="dispatcher@示例", issuer="六端互通").startswith(
        "otpauth://totp/%"
    )


@pytest.fixture
async def database(postgres: Databases) -> AsyncIterator[Database]:
    database = Database(await postgres.fresh_database(METADATA))
    yield database
    await database.dispose()


FIVE = AttemptLimit(attempts=5, window=timedelta(minutes=15))


async def attempt(
    database: Database, at: datetime = NINE, account: str = "leader", address: str = "192.0.2.1"
) -> None:
    async with database.transaction() as session:
        await admit(session, account=account, address=address, limit=FIVE, at=at)


async def test_the_sixth_attempt_waits_for_the_window_to_end(database: Database) -> None:
    for minute in range(5):
        await attempt(database, NINE + timedelta(minutes=minute))
    with pytest.raises(TooManyAttempts) as caught:
        await attempt(database, NINE + timedelta(minutes=5))
    assert isinstance(caught.value, TooMany)
    assert caught.value.details == {"retry_after_seconds": 600}
    await attempt(database, NINE + timedelta(minutes=15))


async def test_others_are_not_held_up(database: Database) -> None:
    for _ in range(5):
        await attempt(database)
    await attempt(database, account="other")
    await attempt(database, address="192.0.2.2")
    with pytest.raises(TooManyAttempts):
        await attempt(database, account="LEADER")


async def test_attempts_at_once_are_all_counted(database: Database) -> None:
    outcomes = await asyncio.gather(*(attempt(database) for _ in range(12)), return_exceptions=True)
    assert sum(outcome is None for outcome in outcomes) == 5
    assert sum(isinstance(outcome, TooManyAttempts) for outcome in outcomes) == 7


async def test_a_success_begins_anew(database: Database) -> None:
    for _ in range(5):
        await attempt(database)
    async with database.transaction() as session:
        await forgive(session, account="leader", address="192.0.2.1")
    await attempt(database)


async def test_accounts_and_addresses_are_not_readable_and_do_not_stay(database: Database) -> None:
    await attempt(database)
    async with database.transaction() as session:
        row = (await session.execute(text("SELECT * FROM sign_in_attempt"))).one()
        assert "leader" not in repr(row)
        assert "192.0.2.1" not in repr(row)
        await purge_attempts(session, before=NINE + timedelta(minutes=16))
        assert await session.scalar(text("SELECT count(*) FROM sign_in_attempt")) == 0
