"""Addresses of files that need no token: short-lived, for one file, signed by intake itself."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from shared.contracts.files import READ_ATTACHMENT, granted_address
from shared.identity.grants import GrantIssuer
from shared.runtime import Runtime


def signed_address(runtime: Runtime, attachment_id: UUID, *, lifetime: timedelta) -> str:
    """For a system that must fetch the file, such as WeChat's media check. At most an hour."""
    grant = runtime.part(GrantIssuer).issue(READ_ATTACHMENT, attachment_id, lifetime=lifetime)
    return granted_address(runtime.settings.optional("PUBLIC_URL"), attachment_id, grant)
