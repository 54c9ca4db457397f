"""How other services give out the address of a file that intake keeps.

`{public address}` + `attachment_path(id)` + `?grant=` a grant of `shared.identity.grants` for the
purpose READ_ATTACHMENT and the id as its subject, signed by intake or by routing.
"""

from __future__ import annotations

from uuid import UUID

READ_ATTACHMENT = "attachment.read"


def attachment_path(attachment_id: UUID) -> str:
    return f"/intake/attachments/{attachment_id}/content"


def granted_address(origin: str, attachment_id: UUID, grant: str) -> str:
    """`origin` may be empty: then it is a path."""
    return f"{origin.rstrip('/')}{attachment_path(attachment_id)}?grant={grant}"
