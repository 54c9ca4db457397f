"""T22: forged tokens, none of which is taken; most differ from a good one in a single thing."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from shared.clock import SimulatedClock
from shared.errors import Unauthenticated
from shared.identity import Revocations, TokenInvalid, TokenVerifier, TrustedKey, TrustedKeys

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
AT = int(NOW.timestamp())
ROUTING, INTAKE, OLD, STRANGER = (Ed25519PrivateKey.generate() for _ in range(4))
TRUSTED = TrustedKeys(
    [
        TrustedKey("routing-1", "routing", ROUTING.public_key()),
        TrustedKey("intake-1", "intake", INTAKE.public_key()),
    ]
)
HEADER = {"alg": "EdDSA", "typ": "at+jwt", "kid": "routing-1"}
CLAIMS: dict[str, Any] = {
    "iss": "routing",
    "aud": "liuduan",
    "sub": str(uuid4()),
    "sid": str(uuid4()),
    "jti": str(uuid4()),
    "iat": AT,
    "exp": AT + 900,
    "end": "GRID",
    "roles": ["GRID_LEADER"],
    "organisation": str(uuid4()),
    "divisions": ["421202001"],
    "estates": [],
    "grids": ["421202001001001"],
    "interests": [],
}
OWNER = {"iss": "intake", "end": "OWNER", "roles": ["OWNER"]}


def encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def token(
    claims: Any = CLAIMS,
    header: Any = HEADER,
    sign: Callable[[bytes], bytes] = ROUTING.sign,
) -> str:
    parts = [
        part if isinstance(part, bytes) else json.dumps(part).encode() for part in (header, claims)
    ]
    signed = ".".join(encoded(part) for part in parts)
    return f"{signed}.{encoded(sign(signed.encode()))}"


def claiming(**changes: Any) -> str:
    return token({name: value for name, value in (CLAIMS | changes).items() if value is not ...})


def heading(**changes: Any) -> str:
    return token(
        header={name: value for name, value in (HEADER | changes).items() if value is not ...}
    )


def by_intake(**changes: Any) -> str:
    return token(CLAIMS | OWNER | changes, HEADER | {"kid": "intake-1"}, INTAKE.sign)


def with_public_key_as_secret(signed: bytes) -> bytes:
    public = ROUTING.public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return hmac.digest(pem, signed, hashlib.sha256)


def with_raw_public_key_as_secret(signed: bytes) -> bytes:
    return hmac.digest(ROUTING.public_key().public_bytes_raw(), signed, hashlib.sha256)


def nothing(signed: bytes) -> bytes:
    return b""


GOOD = token()
HEAD, BODY, SIGNATURE = GOOD.split(".")


def spare_bits_set() -> str:
    """The same 64 bytes, written with other spare bits at the end."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    last = alphabet.index(SIGNATURE[-1])
    return f"{HEAD}.{BODY}.{SIGNATURE[:-1]}{alphabet[last | 1]}"


def jwk(key: Ed25519PrivateKey) -> dict[str, str]:
    return {"kty": "OKP", "crv": "Ed25519", "x": encoded(key.public_key().public_bytes_raw())}


FORGERIES: dict[str, str] = {
    # algorithm
    "alg none, no signature": token(header=HEADER | {"alg": "none"}, sign=nothing),
    "alg None": token(header=HEADER | {"alg": "None"}, sign=nothing),
    "alg none, good signature": heading(alg="none"),
    "alg HS256 with the public key": token(
        header=HEADER | {"alg": "HS256"}, sign=with_public_key_as_secret
    ),
    "alg HS256 with the raw public key": token(
        header=HEADER | {"alg": "HS256"}, sign=with_raw_public_key_as_secret
    ),
    "alg EdDSA over an HMAC": token(sign=with_public_key_as_secret),
    "alg ES256": heading(alg="ES256"),
    "alg Ed25519": heading(alg="Ed25519"),
    "alg in lower case": heading(alg="eddsa"),
    "alg missing": heading(alg=...),
    "alg as a list": heading(alg=["EdDSA"]),
    # key
    "kid missing": heading(kid=...),
    "kid empty": heading(kid=""),
    "kid unknown": heading(kid="routing-2"),
    "kid as a path": heading(kid="../../../../dev/null"),
    "kid as SQL": heading(kid="x' UNION SELECT 'routing-1"),
    "kid as a number": heading(kid=1),
    "kid as a list": heading(kid=["routing-1"]),
    "kid null": heading(kid=None),
    "kid with a NUL": heading(kid="routing-1\0"),
    "kid of the other issuer": heading(kid="intake-1"),
    "key of a stranger": token(sign=STRANGER.sign),
    "old key after rotation": token(header=HEADER | {"kid": "routing-0"}, sign=OLD.sign),
    "jku": token(header=HEADER | {"jku": "https://example.com/keys"}, sign=STRANGER.sign),
    "jku beside a good signature": heading(jku="https://example.com/keys"),
    "jwk": token(header=HEADER | {"jwk": jwk(STRANGER)}, sign=STRANGER.sign),
    "jwk beside a good signature": heading(jwk=jwk(STRANGER)),
    "x5u": token(header=HEADER | {"x5u": "https://example.com/cert"}, sign=STRANGER.sign),
    "x5c": token(header=HEADER | {"x5c": ["AAAA"]}, sign=STRANGER.sign),
    # other header members
    "typ JWT": heading(typ="JWT"),
    "typ missing": heading(typ=...),
    "typ of a refresh token": heading(typ="rt+jwt"),
    "typ with a media type": heading(typ="application/at+jwt"),
    "crit": heading(crit=["exp"]),
    "b64 false": heading(b64=False, crit=["b64"]),
    "cty nested": heading(cty="JWT"),
    "zip": heading(zip="DEF"),
    # issuer and audience
    "iss missing": claiming(iss=...),
    "iss unknown": claiming(iss="survey"),
    "iss of intake under the key of routing": claiming(**OWNER),
    "iss of routing under the key of intake": token(
        CLAIMS, HEADER | {"kid": "intake-1"}, INTAKE.sign
    ),
    "iss as a list": claiming(iss=["routing"]),
    "aud missing": claiming(aud=...),
    "aud of another system": claiming(aud="somewhere"),
    "aud as a list": claiming(aud=["liuduan", "somewhere"]),
    # time
    "exp missing": claiming(exp=...),
    "exp past": claiming(iat=AT - 900, exp=AT - 1),
    "exp at this second": claiming(iat=AT - 900, exp=AT),
    "exp as text": claiming(exp=str(AT + 900)),
    "exp as a fraction": claiming(exp=AT + 900.5),
    "exp beyond fifteen minutes": claiming(exp=AT + 901),
    "exp far away": claiming(exp=AT + 10**9),
    "exp infinite": token(json.dumps(CLAIMS | {"exp": float("inf")}).encode()),
    "exp before iat": claiming(iat=AT + 10, exp=AT + 5),
    "exp negative": claiming(iat=-900, exp=-1),
    "exp null": claiming(exp=None),
    "iat missing": claiming(iat=...),
    "iat in the future": claiming(iat=AT + 31, exp=AT + 900),
    "iat true": claiming(iat=True),
    "nbf in the future": claiming(nbf=AT + 600),
    # who
    "sub missing": claiming(sub=...),
    "sub no uuid": claiming(sub="admin"),
    "sid missing": claiming(sid=...),
    "sid null": claiming(sid=None),
    "jti missing": claiming(jti=...),
    "end missing": claiming(end=...),
    "end unknown": claiming(end="GOD"),
    "end OWNER from routing": claiming(end="OWNER", roles=["OWNER"]),
    "end SYSTEM": claiming(end="SYSTEM", roles=["SYSTEM"]),
    "end INTEGRATION from routing": claiming(end="INTEGRATION", roles=["HOTLINE"]),
    "staff from intake": by_intake(end="GRID", roles=["GRID_LEADER"]),
    "administrator at the owner's end": by_intake(roles=["OWNER", "ADMINISTRATOR"]),
    "dispatcher at the hotline": by_intake(end="INTEGRATION", roles=["HOTLINE", "DISPATCHER"]),
    "system from intake": by_intake(end="SYSTEM", roles=["SYSTEM"]),
    "role SYSTEM for staff": claiming(roles=["GRID_LEADER", "SYSTEM"]),
    "role unknown": claiming(roles=["GRID_LEADER", "ROOT"]),
    "roles empty": claiming(roles=[]),
    "roles missing": claiming(roles=...),
    "roles as text": claiming(roles="ADMINISTRATOR"),
    "division empty, covering everything": claiming(divisions=[""]),
    "division as a pattern": claiming(divisions=["%"]),
    "division in other digits": claiming(divisions=["４２１２"]),
    "an unknown member": claiming(admin=True),
    # form
    "signature missing": f"{HEAD}.{BODY}.",
    "signature cut": f"{HEAD}.{BODY}.{SIGNATURE[:-1]}",
    "signature longer": f"{HEAD}.{BODY}.{SIGNATURE}A",
    "signature of zeros": f"{HEAD}.{BODY}.{encoded(bytes(64))}",
    "signature with other spare bits": spare_bits_set(),
    "signature of another token": f"{HEAD}.{BODY}.{claiming(sub=str(uuid4())).split('.')[2]}",
    "payload of another token": f"{HEAD}.{claiming(sub=str(uuid4())).split('.')[1]}.{SIGNATURE}",
    "two parts": f"{HEAD}.{BODY}",
    "four parts": f"{GOOD}.{SIGNATURE}",
    "five parts, as if encrypted": f"{HEAD}..{BODY}.{SIGNATURE}.{SIGNATURE}",
    "padding": f"{HEAD}.{BODY}.{SIGNATURE}==",
    "white space around": f" {GOOD}\n",
    "white space inside": f"{HEAD}.{BODY}.\n{SIGNATURE}",
    "stray signs that decoders overlook": f"{HEAD}.{BODY}.{SIGNATURE[:40]}*{SIGNATURE[40:]}",
    "with its scheme": f"Bearer {GOOD}",
    "a JWS in JSON": json.dumps({"protected": HEAD, "payload": BODY, "signature": SIGNATURE}),
    "a token inside a token": token(GOOD.encode()),
    "header no JSON": token(header=b"header"),
    "header a list": token(header=[HEADER]),
    "header nested without end": token(header=b"[" * 6000),
    "payload no JSON": token(b"payload"),
    "payload a list": token([CLAIMS]),
    "payload null": token(b"null"),
    "payload in another encoding": token(json.dumps(CLAIMS).encode("utf-16")),
    "a refresh token": "ldr_" + "A" * 43,
    "text": "not a token",
    "text beyond ASCII": "令牌.令牌.令牌",
    "lone surrogate": "\ud800",
    "NUL": "\0",
    "very long": token(CLAIMS | {"grids": ["421202001001001"] * 2000}),
}


@pytest.fixture
def verifier() -> TokenVerifier:
    clock = SimulatedClock(NOW)
    return TokenVerifier(TRUSTED, clock, Revocations(clock))


def test_the_tokens_that_the_forgeries_imitate_are_good(verifier: TokenVerifier) -> None:
    assert verifier.verify(GOOD)
    assert verifier.verify(by_intake())
    assert verifier.verify(by_intake(end="INTEGRATION", roles=["HOTLINE"]))
    assert verifier.verify(claiming(iat=AT + 30, exp=AT + 900))


def test_t22_there_are_at_least_forty_forgeries_and_all_differ() -> None:
    assert len(FORGERIES) >= 40
    assert len({*FORGERIES.values(), GOOD}) == len(FORGERIES) + 1


@pytest.mark.parametrize("forgery", FORGERIES)
def test_t22_no_forgery_is_taken(forgery: str, verifier: TokenVerifier) -> None:
    verifier.verify(GOOD)
    for _ in range(2):
        with pytest.raises(Unauthenticated) as caught:
            verifier.verify(FORGERIES[forgery])
        if not forgery.startswith(("exp past", "exp at this")):
            assert type(caught.value) is TokenInvalid
    assert not verifier.knows(FORGERIES[forgery])
