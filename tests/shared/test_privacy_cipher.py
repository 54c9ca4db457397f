"""Field encryption, blind index and sealing (P25, T27)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from uuid import UUID, uuid4

import pytest
from pydantic import TypeAdapter

from shared.privacy import (
    BadKeyRing,
    BlindIndex,
    CannotDecrypt,
    FieldCipher,
    KeyRing,
    MalformedCiphertext,
    Sealed,
    Sealer,
    UnknownKey,
    WrongPlace,
)

PHONE = "13900000001"
ROW = UUID("019a0000-0000-7000-8000-000000000001")


@pytest.fixture
def ring() -> KeyRing:
    return KeyRing.generate()


def encrypted(ring: KeyRing, text: str = PHONE, row_id: UUID = ROW, column: str = "phone") -> str:
    return FieldCipher(ring).encrypt(text, table="owner", row_id=row_id, column=column)


def decrypted(ring: KeyRing, value: str, row_id: UUID = ROW, column: str = "phone") -> str:
    return FieldCipher(ring).decrypt(value, table="owner", row_id=row_id, column=column)


@pytest.mark.parametrize("text", [PHONE, "", "咸宁市咸安区温泉街道示例小区", "🏠" * 1000])
def test_what_was_encrypted_comes_back(ring: KeyRing, text: str) -> None:
    value = encrypted(ring, text)
    assert decrypted(ring, value) == text
    assert not text or text not in value


def test_equal_texts_give_different_ciphertexts(ring: KeyRing) -> None:
    assert len({encrypted(ring) for _ in range(100)}) == 100


@pytest.mark.parametrize(
    ("table", "row_id", "column"),
    [("owner", uuid4(), "phone"), ("owner", ROW, "name"), ("complaint", ROW, "phone")],
    ids=["another row", "another column", "another table"],
)
def test_t27_a_ciphertext_moved_elsewhere_does_not_open(
    ring: KeyRing, table: str, row_id: UUID, column: str
) -> None:
    with pytest.raises(WrongPlace):
        FieldCipher(ring).decrypt(encrypted(ring), table=table, row_id=row_id, column=column)


def test_t27_places_cannot_be_shifted_into_each_other(ring: KeyRing) -> None:
    value = FieldCipher(ring).encrypt(PHONE, table="a", row_id="b/c", column="d")
    with pytest.raises(WrongPlace):
        FieldCipher(ring).decrypt(value, table="a/b", row_id="c", column="d")


def test_t27_another_key_is_named(ring: KeyRing) -> None:
    value = encrypted(ring)
    with pytest.raises(UnknownKey, match="k1"):
        decrypted(KeyRing.generate("k2"), value)
    with pytest.raises(WrongPlace):
        decrypted(KeyRing.generate("k1"), value)


def test_t27_every_changed_bit_is_noticed(ring: KeyRing) -> None:
    head, _, body = encrypted(ring).rpartition(".")
    content = base64.urlsafe_b64decode(body)
    for position in range(len(content)):
        changed = bytearray(content)
        changed[position] ^= 1
        with pytest.raises(WrongPlace):
            decrypted(ring, f"{head}.{base64.urlsafe_b64encode(changed).decode()}")


def test_a_ciphertext_cannot_claim_another_key_of_the_ring(ring: KeyRing) -> None:
    both = ring.rotated("k2")
    with pytest.raises(WrongPlace):
        decrypted(both, encrypted(ring).replace(".k1.", ".k2."))


@pytest.mark.parametrize("value", ["", PHONE, "1.k1", "1.k1.!!!", "2.k1.AAAA", "1.k1.AAAA"])
def test_what_is_no_ciphertext_is_called_so(ring: KeyRing, value: str) -> None:
    with pytest.raises(MalformedCiphertext):
        decrypted(ring, value)


def test_errors_never_repeat_value_or_key(ring: KeyRing) -> None:
    value = encrypted(ring)
    with pytest.raises(CannotDecrypt) as caught:
        decrypted(ring, value, row_id=uuid4())
    shown = repr(caught.value) + str(caught.value) + repr(ring)
    assert value.rpartition(".")[2] not in shown
    assert base64.b64encode(ring.keys["k1"]).decode() not in shown


def test_t27_rotation_keeps_old_values_readable(ring: KeyRing) -> None:
    old = encrypted(ring)
    rotated = ring.rotated("k2")
    new = encrypted(rotated)
    assert decrypted(rotated, old) == decrypted(rotated, new) == PHONE
    assert new.startswith(FieldCipher(rotated).current_prefix)
    assert not old.startswith(FieldCipher(rotated).current_prefix)


def test_key_ring_is_read_as_it_is_written(ring: KeyRing) -> None:
    read = KeyRing.parse(ring.rotated("k2").to_json())
    assert read.active == "k2"
    assert decrypted(read, encrypted(ring)) == PHONE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"active": "k1", "keys": []}',
        '{"active": "k1", "keys": {}}',
        json.dumps({"active": "k2", "keys": {"k1": base64.b64encode(bytes(32)).decode()}}),
        json.dumps({"active": "k1", "keys": {"k1": base64.b64encode(bytes(16)).decode()}}),
        json.dumps({"active": "k.1", "keys": {"k.1": base64.b64encode(bytes(32)).decode()}}),
        '{"active": "k1", "keys": {"k1": "not base64 and secret"}}',
        '{"active": "k1", "keys": {"k1": 7}}',
    ],
)
def test_a_bad_key_ring_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(BadKeyRing) as caught:
        KeyRing.parse(text)
    assert "secret" not in str(caught.value)


def test_blind_index_finds_equal_values_only(ring: KeyRing) -> None:
    index = BlindIndex(ring)
    stored = index.of(PHONE, table="owner", column="phone")
    assert stored in index.candidates(PHONE, table="owner", column="phone")
    assert stored not in index.candidates("13900000002", table="owner", column="phone")


def test_blind_index_differs_by_table_column_and_key(ring: KeyRing) -> None:
    made = {
        BlindIndex(keys).of(PHONE, table=table, column=column)
        for keys in (ring, KeyRing.generate())
        for table in ("owner", "staff")
        for column in ("phone", "phone2")
    }
    assert len(made) == 8


def test_t27_both_versions_of_the_index_are_searchable(ring: KeyRing) -> None:
    rotated = BlindIndex(ring.rotated("k2"))
    old = BlindIndex(ring).of(PHONE, table="owner", column="phone")
    new = rotated.of(PHONE, table="owner", column="phone")
    assert {old, new} == set(rotated.candidates(PHONE, table="owner", column="phone"))


def test_t27_guessing_phones_without_the_key_finds_nothing(ring: KeyRing) -> None:
    stored = BlindIndex(ring).of(PHONE, table="owner", column="phone").removeprefix("k1.")
    guesses = (f"139{number:08d}".encode() for number in range(20_000))
    for guess in guesses:
        for digest in (
            hashlib.sha256(guess).digest(),
            hmac.digest(b"", guess, "sha256"),
            hmac.digest(bytes(32), guess, "sha256"),
            hmac.digest(b"owner\0phone", guess, "sha256"),
        ):
            assert base64.urlsafe_b64encode(digest[:16]).decode().rstrip("=") != stored


@pytest.fixture
def environment() -> dict[str, str]:
    return {
        "LIUDUAN_SEALING_KEY_ROUTING": KeyRing.generate().to_json(),
        "LIUDUAN_SEALING_KEY_NOTIFY": KeyRing.generate().to_json(),
        "LIUDUAN_DATABASE_URL": "postgresql://somewhere",
    }


def test_sealed_value_opens_at_its_audience_only(environment: dict[str, str]) -> None:
    intake = Sealer.from_environment(environment)
    sealed = intake.seal(PHONE, audience="routing", subject=f"{ROW}/phone")
    routing = Sealer.from_environment(
        {"LIUDUAN_SEALING_KEY_ROUTING": environment["LIUDUAN_SEALING_KEY_ROUTING"]}
    )
    survey = Sealer.from_environment({"LIUDUAN_SEALING_KEY_SURVEY": KeyRing.generate().to_json()})
    assert routing.open_(sealed, subject=f"{ROW}/phone") == PHONE
    with pytest.raises(UnknownKey, match="routing"):
        survey.open_(sealed, subject=f"{ROW}/phone")


def test_sealed_value_cannot_change_subject_or_audience(environment: dict[str, str]) -> None:
    sealer = Sealer.from_environment(environment)
    sealed = sealer.seal(PHONE, audience="routing", subject=f"{ROW}/phone")
    readdressed = Sealed(audience="notify", ciphertext=sealed.ciphertext)
    with pytest.raises(WrongPlace):
        sealer.open_(sealed, subject=f"{uuid4()}/phone")
    with pytest.raises(WrongPlace):
        sealer.open_(readdressed, subject=f"{ROW}/phone")


def test_an_audience_cannot_be_exchanged_even_when_two_share_a_key(ring: KeyRing) -> None:
    sealer = Sealer({"routing": ring, "notify": ring})
    sealed = sealer.seal(PHONE, audience="routing", subject="x")
    with pytest.raises(WrongPlace):
        sealer.open_(Sealed(audience="notify", ciphertext=sealed.ciphertext), subject="x")


def test_nobody_seals_for_an_audience_without_its_key(environment: dict[str, str]) -> None:
    with pytest.raises(UnknownKey, match="survey"):
        Sealer.from_environment(environment).seal(PHONE, audience="survey", subject="x")


def test_sealed_travels_as_json_without_its_plaintext(environment: dict[str, str]) -> None:
    sealed = Sealer.from_environment(environment).seal(PHONE, audience="notify", subject="x")
    written = TypeAdapter(Sealed).dump_json(sealed)
    assert TypeAdapter(Sealed).validate_json(written) == sealed
    assert PHONE not in written.decode() + repr(sealed)
