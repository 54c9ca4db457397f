"""The code that, with the number, opens a complaint to whoever holds its receipt (X15).

It is derived from the complaint by the key of the blind index: nothing is stored, a replay of the
filing gives it again, and fifty bits are not tried out within the limits of `lookups`.
"""

from __future__ import annotations

import base64
import hmac
from uuid import UUID

from shared.privacy import BlindIndex

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # neither I nor L nor O nor U: Crockford's base32
READ_AS = str.maketrans("ILO", "110", " -")
LENGTH, HALF, BITS = 10, 5, 5
PLACE = {"table": "complaint", "column": "look_up_code"}


def code_of(index: BlindIndex, complaint_id: UUID) -> str:
    """E.g. `7K2QF-9M4XT`."""
    return _shown(index.of(str(complaint_id), **PLACE))


def is_code_of(index: BlindIndex, complaint_id: UUID, given: str) -> bool:
    """However it was typed, and also with a key that is no longer active."""
    typed = given.upper().translate(READ_AS).encode()
    right = [_plain(each).encode() for each in index.candidates(str(complaint_id), **PLACE)]
    return any(hmac.compare_digest(typed, each) for each in right)


def _shown(hashed: str) -> str:
    plain = _plain(hashed)
    return f"{plain[:HALF]}-{plain[HALF:]}"


def _plain(hashed: str) -> str:
    digest = base64.urlsafe_b64decode(hashed.rpartition(".")[2] + "==")
    number = int.from_bytes(digest)
    return "".join(SIGNS[number >> BITS * place & 31] for place in range(LENGTH))
