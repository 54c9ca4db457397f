"""The signing keys of the demo world's departments and courts, one each, from one seed."""

from __future__ import annotations

import hashlib
import hmac
from uuid import UUID

from shared.signatures import SharedSecret


def integration_key(seed: str, organisation_id: UUID) -> str:
    """The organisation's Standard Webhooks secret (`whsec_…`); the same seed gives the same key."""
    digest = hmac.new(seed.encode(), organisation_id.bytes, hashlib.sha256).digest()
    return SharedSecret(digest).text()
