"""P14, T19: ours verifies with the reference library, and nothing altered or stale passes ours."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st
from standardwebhooks import Webhook

from shared.signatures import (
    MalformedKey,
    PrivateKey,
    PublicKey,
    SharedSecret,
    SignatureRejected,
    Signer,
    Verifier,
    parse_signer,
    parse_verifier,
    sign,
    verify,
)

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
BODY = '{"type":"case.dispatched","case":"XN421202-20260302-00017","note":"电梯"}'.encode()
SECRET = SharedSecret(bytes(range(32)))
PRIVATE = PrivateKey.parse("whsk_" + base64.b64encode(bytes(range(32))).decode())
SIGNERS: Sequence[Signer] = (SECRET, PRIVATE)
KEYS: Sequence[Verifier] = (SECRET, PRIVATE.public())


def signed(at: datetime = NOW) -> dict[str, str]:
    return sign(BODY, id="msg_1", at=at, keys=SIGNERS)


def test_published_vector_of_v1a() -> None:
    """standard-webhooks/libraries/go, TestAsymmetricWebhookSign."""
    key = PrivateKey.parse("whsk_VEVTVFNJR05JTkdLRVlET05PVFVTRVRISVNGT1JBTlk=")
    at = datetime.fromtimestamp(1614265330, UTC)
    headers = sign(b'{"test": 2432232314}', id="msg_p5jXN8AQM9LWM0D4loKWxJek", at=at, keys=[key])
    assert headers["webhook-signature"] == (
        "v1a,tQ9V2XOqn7jL/DQenEFpqIugdBVtiMmER5mhSkXBNwM0mkATuDe6KYYUuxqtaiHeYGb7KaaBRdM5WqyeFiL8Ag=="
    )


@settings(max_examples=100)
@given(body=st.text().map(str.encode), key=st.binary(min_size=24, max_size=64))
def test_the_reference_library_accepts_ours(body: bytes, key: bytes) -> None:
    secret = SharedSecret(key)
    headers = sign(body, id="msg_1", at=NOW, keys=[SECRET, secret])
    with time_machine.travel(NOW, tick=False):
        Webhook(secret.text()).verify(body, headers, json_parse=False)


def test_ours_accepts_the_reference_library() -> None:
    signature = Webhook(SECRET.text()).sign("msg_1", NOW, BODY.decode())
    headers = {**signed(), "webhook-signature": signature}
    assert verify(BODY, headers, now=NOW, keys=[SECRET]).id == "msg_1"


def test_an_independent_ed25519_accepts_ours() -> None:
    """T19: nothing but the published key and the three headers is needed."""
    headers = sign(BODY, id="msg_1", at=NOW, keys=[PRIVATE])
    raw = base64.b64decode(PRIVATE.public().text().removeprefix("whpk_"))
    signature = base64.b64decode(headers["webhook-signature"].removeprefix("v1a,"))
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + BODY
    Ed25519PublicKey.from_public_bytes(raw).verify(signature, content)


@pytest.mark.parametrize("key", KEYS, ids=["v1", "v1a"])
def test_either_of_two_signatures_is_enough(key: Verifier) -> None:
    assert verify(BODY, signed(), now=NOW, keys=[key]).attempted_at == NOW.timestamp()


def test_rotation_has_no_gap() -> None:
    """P14: the old and the new key sign for a while; the receiver may hold either or both."""
    old, new, stranger = SECRET, SharedSecret.generate(), SharedSecret.generate()
    headers = sign(BODY, id="msg_1", at=NOW, keys=[old, new])
    for held in ([old], [new], [stranger, new]):
        assert verify(BODY, headers, now=NOW, keys=held).id == "msg_1"
    with pytest.raises(SignatureRejected):
        verify(BODY, headers, now=NOW, keys=[stranger])


@pytest.mark.parametrize("seconds", [-300, 0, 300])
def test_within_the_tolerance_passes(seconds: int) -> None:
    assert verify(BODY, signed(), now=NOW + timedelta(seconds=seconds), keys=KEYS)


@pytest.mark.parametrize("seconds", [-301, -300.5, 300.5, 301])
def test_outside_the_tolerance_is_rejected(seconds: float) -> None:
    """T19: stale by ±301 s."""
    with pytest.raises(SignatureRejected):
        verify(BODY, signed(), now=NOW + timedelta(seconds=seconds), keys=KEYS)


HEADERS = ["webhook-id", "webhook-timestamp", "webhook-signature"]


def flipped(data: bytes, at: int, bit: int) -> bytes:
    at %= len(data)
    return data[:at] + bytes([data[at] ^ (1 << bit)]) + data[at + 1 :]


@st.composite
def altered(draw: st.DrawFn) -> tuple[bytes, dict[str, str], datetime]:
    """A true delivery with one thing wrong."""
    key = draw(st.sampled_from(SIGNERS))
    headers, body, now = sign(BODY, id="msg_1", at=NOW, keys=[key]), BODY, NOW
    name = draw(st.sampled_from(HEADERS))
    at, bit = draw(st.integers(min_value=0)), draw(st.integers(0, 7))
    match draw(st.sampled_from(["body", "header", "missing", "stale", "longer", "other version"])):
        case "body":
            body = flipped(body, at, bit)
        case "header":
            headers[name] = flipped(headers[name].encode(), at, bit).decode("latin-1")
        case "missing":
            del headers[name]
        case "stale":
            late = draw(st.integers(min_value=301, max_value=10**8))
            now += timedelta(seconds=draw(st.sampled_from([late, -late])))
        case "longer":
            headers[name] += draw(st.text(st.sampled_from("0=Az,\t\n"), min_size=1))
        case "other version":
            scheme, _, rest = headers["webhook-signature"].partition(",")
            headers["webhook-signature"] = ("v1" if scheme == "v1a" else "v1a") + "," + rest
    return body, headers, now


@settings(max_examples=1000, deadline=None)
@given(altered())
def test_nothing_altered_or_stale_passes(delivery: tuple[bytes, dict[str, str], datetime]) -> None:
    """P14, T19: a thousand variants, one constant answer."""
    body, headers, now = delivery
    with pytest.raises(SignatureRejected) as rejected:
        verify(body, headers, now=now, keys=KEYS)
    assert (str(rejected.value), rejected.value.details) == (str(SignatureRejected()), {})
    assert rejected.value.code == "SIGNATURE_REJECTED"


SECONDS = int(NOW.timestamp())


@pytest.mark.parametrize(
    "timestamp",
    [
        f"{SECONDS}.0",
        f"+{SECONDS}",
        f" {SECONDS}",
        f"{SECONDS}\n",
        f"{SECONDS:_}",
        "１７７２４１６８００",
    ],
)
def test_a_timestamp_is_plain_seconds(timestamp: str) -> None:
    """Even correctly signed: two readers must never understand different moments."""
    assert int(float(timestamp)) == SECONDS
    signature = SECRET.sign(f"msg_1.{timestamp}.".encode() + BODY)
    headers = {"webhook-timestamp": timestamp, "webhook-signature": signature}
    with pytest.raises(SignatureRejected):
        verify(BODY, {**signed(), **headers}, now=NOW, keys=KEYS)


def test_a_signature_has_one_spelling() -> None:
    """The last base64 digit of 64 bytes has four unused bits: they must not be free to change."""
    headers = sign(BODY, id="msg_1", at=NOW, keys=[PRIVATE])
    true, last = headers["webhook-signature"], headers["webhook-signature"][-3]
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    headers["webhook-signature"] = true[:-3] + alphabet[alphabet.index(last) ^ 1] + "=="
    with pytest.raises(SignatureRejected):
        verify(BODY, headers, now=NOW, keys=KEYS)


def test_a_flood_of_signatures_is_not_worked_through() -> None:
    headers = signed()
    headers["webhook-signature"] = "v1a,AAAA " * 16 + headers["webhook-signature"]
    with pytest.raises(SignatureRejected):
        verify(BODY, headers, now=NOW, keys=KEYS)


@pytest.mark.parametrize("id", ["", "a.b", "a b", "编号", "a\n"])
def test_we_sign_no_ambiguous_id(id: str) -> None:
    with pytest.raises(ValueError, match="id"):
        sign(BODY, id=id, at=NOW, keys=[SECRET])


def test_keys_survive_their_text_form_and_show_nothing() -> None:
    assert SharedSecret.parse(SECRET.text()) == SECRET
    assert PrivateKey.parse(PRIVATE.text()).public().text() == PRIVATE.public().text()
    assert PublicKey.parse(PRIVATE.public().text()).text() == PRIVATE.public().text()
    assert parse_signer(PRIVATE.text()).sign(b"x") == PRIVATE.sign(b"x")
    assert parse_verifier(SECRET.text()).accepts(b"x", SECRET.sign(b"x"))
    assert repr(SECRET) == "SharedSecret()"
    assert repr(PRIVATE) == "PrivateKey()"


@pytest.mark.parametrize(
    "text",
    [
        "whsec_" + base64.b64encode(bytes(23)).decode(),
        "whsec_" + base64.b64encode(bytes(65)).decode(),
        "whsec_*not base64*",
        "whpk_" + base64.b64encode(bytes(31)).decode(),
        PRIVATE.text(),
        "plain",
    ],
)
def test_a_malformed_key_is_refused_at_start(text: str) -> None:
    with pytest.raises(MalformedKey):
        parse_verifier(text)
    with pytest.raises(MalformedKey):
        parse_signer("whpk_" + text)
