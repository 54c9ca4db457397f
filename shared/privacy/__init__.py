"""Personal data: encrypted by field, found by blind index, sealed between services, or masked.

Keys come as a ring, `{"active": "k1", "keys": {"k1": "<base64 of 32 bytes>"}}`: the active key
encrypts, every key of the ring still decrypts, and `rotate` brings old rows to the active one.

What this does not do: it cannot tell a service that holds a key from a thief who holds it, and a
restored backup is readable with the keys of its day.
"""

from __future__ import annotations

from shared.privacy.cipher import FieldCipher
from shared.privacy.envelope import CannotDecrypt, MalformedCiphertext, UnknownKey, WrongPlace
from shared.privacy.failures import failure_without_words
from shared.privacy.hiding import Hiding
from shared.privacy.index import BlindIndex
from shared.privacy.keys import BadKeyRing, KeyRing
from shared.privacy.masking import mask_name, mask_openid, mask_phone, mask_text
from shared.privacy.redaction import redact, redacted
from shared.privacy.rotation import EncryptedColumn, rotate
from shared.privacy.sealer import Sealed, Sealer

__all__ = [
    "BadKeyRing",
    "BlindIndex",
    "CannotDecrypt",
    "EncryptedColumn",
    "FieldCipher",
    "Hiding",
    "KeyRing",
    "MalformedCiphertext",
    "Sealed",
    "Sealer",
    "UnknownKey",
    "WrongPlace",
    "failure_without_words",
    "mask_name",
    "mask_openid",
    "mask_phone",
    "mask_text",
    "redact",
    "redacted",
    "rotate",
]
