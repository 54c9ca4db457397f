"""Access tokens: what is taken, what is remembered, what is refused (P19)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from shared.clock import SimulatedClock
from shared.errors import Unauthenticated
from shared.identity import (
    SYSTEM,
    Actor,
    BadKey,
    End,
    Issuer,
    NotIssuable,
    Revocations,
    Role,
    Scope,
    SessionRevoked,
    TokenExpired,
    TokenInvalid,
    TokenIssuer,
    TokenMissing,
    TokenVerifier,
    TrustedKey,
    TrustedKeys,
    new_signing_key,
    public_part,
    signing_key,
)

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PEMS = {Issuer.INTAKE: new_signing_key(), Issuer.ROUTING: new_signing_key()}


def trusted() -> TrustedKeys:
    return TrustedKeys(
        TrustedKey(f"{issuer}-1", issuer, signing_key(pem).public_key())
        for issuer, pem in PEMS.items()
    )


def actor(end: End = End.GRID, *roles: Role) -> Actor:
    return Actor(
        id=uuid4(),
        end=end,
        roles=frozenset(roles or {Role.GRID_LEADER}),
        organisation_id=uuid4(),
        scope=Scope(
            divisions=("421202001",),
            estates=frozenset({uuid4(), uuid4()}),
            grids=frozenset({"421202001001001"}),
        ),
        session_id=uuid4(),
        interests=frozenset({uuid4()}),
    )


OWNER = actor(End.OWNER, Role.OWNER)
LEADER = actor(End.GRID, Role.GRID_LEADER)


class Ended(Revocations):
    """Revocations of a process that has just heard of one."""

    def hear(self, session_id: UUID | None) -> None:
        assert session_id is not None
        self._until[session_id] = self._clock.now() + timedelta(minutes=20)


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock(NINE)


@pytest.fixture
def ended(clock: SimulatedClock) -> Ended:
    return Ended(clock)


@pytest.fixture
def verifier(clock: SimulatedClock, ended: Ended) -> TokenVerifier:
    return TokenVerifier(trusted(), clock, ended, capacity=3)


@pytest.fixture
def routing(clock: SimulatedClock) -> TokenIssuer:
    return TokenIssuer(PEMS[Issuer.ROUTING], "routing-1", Issuer.ROUTING, clock)


@pytest.fixture
def intake(clock: SimulatedClock) -> TokenIssuer:
    return TokenIssuer(PEMS[Issuer.INTAKE], "intake-1", Issuer.INTAKE, clock)


def test_the_actor_comes_back_whole(
    intake: TokenIssuer, routing: TokenIssuer, verifier: TokenVerifier
) -> None:
    assert verifier.verify(routing.issue(LEADER).value) == LEADER
    assert verifier.verify(intake.issue(OWNER).value) == OWNER


def test_a13_one_person_holds_several_roles(routing: TokenIssuer, verifier: TokenVerifier) -> None:
    both = actor(End.COMMUNITY, Role.GRID_WORKER, Role.SITE_OFFICE)
    company = next(iter(both.interests))
    known = verifier.verify(routing.issue(both).value)
    assert known.roles == {Role.GRID_WORKER, Role.SITE_OFFICE}
    assert known.has_interest_in(None, company)
    assert not known.has_interest_in(None, uuid4())


def test_a_token_lives_fifteen_minutes_remembered_or_not(
    clock: SimulatedClock, routing: TokenIssuer, verifier: TokenVerifier
) -> None:
    issued = routing.issue(LEADER)
    assert issued.expires_at == NINE + timedelta(minutes=15)
    clock.advance(timedelta(minutes=14, seconds=59))
    assert verifier.verify(issued.value) == LEADER
    clock.advance(timedelta(seconds=1))
    with pytest.raises(TokenExpired):
        verifier.verify(issued.value)
    with pytest.raises(TokenExpired):
        TokenVerifier(trusted(), clock, Revocations(clock)).verify(issued.value)


def test_nobody_issues_longer_tokens(clock: SimulatedClock) -> None:
    with pytest.raises(ValueError, match="fifteen"):
        TokenIssuer(PEMS[Issuer.INTAKE], "i", Issuer.INTAKE, clock, timedelta(minutes=16))


def test_p19_a_revoked_session_is_refused_although_its_token_is_remembered(
    ended: Ended, routing: TokenIssuer, verifier: TokenVerifier
) -> None:
    token, other = routing.issue(LEADER).value, routing.issue(actor()).value
    verifier.verify(token)
    ended.hear(LEADER.session_id)
    with pytest.raises(SessionRevoked):
        verifier.verify(token)
    assert verifier.verify(other)


def test_a_revoked_session_is_refused_at_first_sight(
    ended: Ended, routing: TokenIssuer, verifier: TokenVerifier
) -> None:
    ended.hear(LEADER.session_id)
    with pytest.raises(SessionRevoked):
        verifier.verify(routing.issue(LEADER).value)


def test_the_memory_is_bounded_and_forgets_the_longest_unused(
    routing: TokenIssuer, verifier: TokenVerifier
) -> None:
    tokens = [routing.issue(actor()).value for _ in range(3)]
    for token in [*tokens, tokens[0], routing.issue(actor()).value]:
        verifier.verify(token)
    remembered = verifier.remembered
    assert len(remembered) == 3
    assert verifier.knows(tokens[0])
    assert not verifier.knows(tokens[1])
    assert not any(token.encode() in b"".join(remembered) for token in tokens)


@pytest.mark.parametrize("token", [None, ""])
def test_without_token_one_is_asked_to_sign_in(token: str | None, verifier: TokenVerifier) -> None:
    with pytest.raises(TokenMissing):
        verifier.verify(token)


def test_every_refusal_is_unauthenticated_with_a_code_of_its_own() -> None:
    refusals = (TokenMissing, TokenInvalid, TokenExpired, SessionRevoked)
    assert all(issubclass(refusal, Unauthenticated) for refusal in refusals)
    assert {refusal.code for refusal in refusals} == {
        "TOKEN_MISSING",
        "TOKEN_INVALID",
        "TOKEN_EXPIRED",
        "SESSION_REVOKED",
    }


@pytest.mark.parametrize(
    ("issuer", "someone"),
    [
        (Issuer.INTAKE, LEADER),
        (Issuer.INTAKE, actor(End.OWNER, Role.OWNER, Role.ADMINISTRATOR)),
        (Issuer.INTAKE, actor(End.INTEGRATION, Role.DISPATCHER)),
        (Issuer.ROUTING, OWNER),
        (Issuer.ROUTING, actor(End.GRID, Role.OWNER)),
        (Issuer.ROUTING, actor(End.INTEGRATION, Role.HOTLINE)),
        (Issuer.ROUTING, actor(End.CENTRE, Role.SYSTEM)),
        (Issuer.ROUTING, SYSTEM),
        (Issuer.INTAKE, SYSTEM),
    ],
)
def test_an_issuer_does_not_vouch_for_the_other_side(
    issuer: Issuer, someone: Actor, clock: SimulatedClock
) -> None:
    with pytest.raises(NotIssuable):
        TokenIssuer(PEMS[issuer], f"{issuer}-1", issuer, clock).issue(someone)


def test_intake_vouches_for_the_hotline(intake: TokenIssuer, verifier: TokenVerifier) -> None:
    hotline = actor(End.INTEGRATION, Role.HOTLINE)
    assert verifier.verify(intake.issue(hotline).value) == hotline


def test_tokens_are_not_shown(routing: TokenIssuer) -> None:
    issued = routing.issue(LEADER)
    assert issued.value not in repr(issued)


def test_an_empty_division_prefix_covers_nothing_because_it_cannot_be() -> None:
    with pytest.raises(ValueError, match="digits"):
        Scope(divisions=("",))
    assert not Scope().covers_division("421202001")


def test_scope_covers_by_prefix_estate_and_grid() -> None:
    estate = uuid4()
    scope = Scope(divisions=("421202001",), estates=frozenset({estate}), grids=frozenset({"g1"}))
    assert scope.covers_division("421202001003")
    assert not scope.covers_division("421202002003")
    assert scope.covers_grid("421202001003001")
    assert scope.covers_grid("g1")
    assert not scope.covers_grid("g2")
    assert scope.covers_estate(estate)
    assert not scope.covers_estate(uuid4())


def test_trusted_keys_are_read_from_the_configuration(clock: SimulatedClock) -> None:
    pem = new_signing_key()
    keys = TrustedKeys.parse(f'{{"i-2": {{"issuer": "intake", "key": "{public_part(pem)}"}}}}')
    token = TokenIssuer(pem, "i-2", Issuer.INTAKE, clock).issue(OWNER).value
    assert TokenVerifier(keys, clock, Revocations(clock)).verify(token) == OWNER


ENTRY = f'{{"issuer": "intake", "key": "{public_part(PEMS[Issuer.INTAKE])}"}}'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"i": {}}',
        '{"i": {"issuer": "intake", "key": "c2hvcnQ="}}',
        '{"i": {"issuer": "intake", "key": 7}}',
        f'{{"i": {ENTRY}, "i": {ENTRY}}}',
    ],
)
def test_bad_trusted_keys_stop_the_start(text: str) -> None:
    with pytest.raises(BadKey):
        TrustedKeys.parse(text)


@pytest.mark.parametrize(
    "pem", ["", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"]
)
def test_a_bad_signing_key_is_refused_without_repeating_it(pem: str) -> None:
    with pytest.raises(BadKey) as caught:
        signing_key(pem)
    assert "AAAA" not in str(caught.value)
