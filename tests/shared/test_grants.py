"""Signed addresses: for one thing, one purpose, a short while, and never in place of a token."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import jwt
import pytest

from shared.clock import SimulatedClock
from shared.errors import Unauthenticated
from shared.identity import Issuer, TrustedKeys, new_signing_key, public_part, signing_key
from shared.identity.grants import TYPE, GrantExpired, GrantInvalid, GrantIssuer, GrantVerifier
from tests.stage import START

KEY, OTHER = new_signing_key(), new_signing_key()
THING = uuid4()
SHORT = timedelta(minutes=5)


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock(START)


@pytest.fixture
def issuer(clock: SimulatedClock) -> GrantIssuer:
    return GrantIssuer(KEY, "k1", Issuer.ROUTING, clock)


@pytest.fixture
def verifier(clock: SimulatedClock) -> GrantVerifier:
    entry = f'{{"k1": {{"issuer": "routing", "key": "{public_part(KEY)}"}}}}'
    return GrantVerifier(TrustedKeys.parse(entry), clock)


def forged(clock: SimulatedClock, key: str = KEY, typ: str = TYPE, **changes: Any) -> str:
    now = int(clock.now().timestamp())
    claims = {
        "iss": "routing",
        "aud": "liuduan",
        "purpose": "thing.read",
        "sub": str(THING),
        "iat": now,
        "exp": now + 300,
    }
    headers = {"typ": typ, "kid": "k1"}
    return jwt.encode(claims | changes, signing_key(key), algorithm="EdDSA", headers=headers)


def test_good_for_what_it_names_and_for_so_long(
    clock: SimulatedClock, issuer: GrantIssuer, verifier: GrantVerifier
) -> None:
    grant = issuer.issue("thing.read", THING, lifetime=SHORT)
    verifier.verify(grant, "thing.read", THING)
    for purpose, subject in (("thing.write", THING), ("thing.read", uuid4())):
        with pytest.raises(GrantInvalid):
            verifier.verify(grant, purpose, subject)
    clock.advance(SHORT - timedelta(seconds=1))
    verifier.verify(grant, "thing.read", THING)
    clock.advance(timedelta(seconds=1))
    with pytest.raises(GrantExpired):
        verifier.verify(grant, "thing.read", THING)


def test_what_is_forged_in_a_test_is_good_when_nothing_is_changed(
    clock: SimulatedClock, verifier: GrantVerifier
) -> None:
    verifier.verify(forged(clock), "thing.read", THING)


@pytest.mark.parametrize(
    "changes",
    [
        {"key": OTHER},
        {"typ": "at+jwt"},
        {"iss": "intake"},
        {"aud": "elsewhere"},
        {"exp": int(START.timestamp()) + 7200},
        {"exp": "soon"},
        {"more": 1},
    ],
)
def test_forgeries(clock: SimulatedClock, verifier: GrantVerifier, changes: Any) -> None:
    with pytest.raises(GrantInvalid):
        verifier.verify(forged(clock, **changes), "thing.read", THING)


@pytest.mark.parametrize("text", ["", "x", "a.b.c", "…" * 5, "x" * 5000])
def test_what_is_no_grant_at_all(verifier: GrantVerifier, text: str) -> None:
    with pytest.raises(Unauthenticated):
        verifier.verify(text, "thing.read", THING)


@pytest.mark.parametrize("lifetime", [timedelta(0), timedelta(hours=2)])
def test_no_grant_for_ever(issuer: GrantIssuer, lifetime: timedelta) -> None:
    with pytest.raises(ValueError, match="an hour"):
        issuer.issue("thing.read", THING, lifetime=lifetime)
