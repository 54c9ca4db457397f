"""Keys as the organisation that signs with them sees them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, Field

from services.routing.integration.domain.installing import public_key
from services.routing.integration.keys import COLUMN, DESCRIPTION, TABLE
from services.routing.integration.tables import IntegrationKey
from services.routing.times import Moment
from shared.privacy import FieldCipher
from shared.signatures import PublicKey, SharedSecret
from shared.web.body import Body


class KeyKind(StrEnum):
    PUBLIC = "PUBLIC"  # Ed25519, signs v1a
    SECRET = "SECRET"  # HMAC-SHA256, signs v1


class NewKey(Body):
    """Without `public_key` a shared secret is made, which is worse: we could sign too."""

    public_key: Annotated[str, Field(max_length=100)] | None = None
    description: Annotated[str, Field(max_length=60)] | None = None

    def key(self) -> str:
        """What is to be trusted. Raises KeyMalformed."""
        if self.public_key is None:
            return SharedSecret.generate().text()
        return public_key(self.public_key)


class KeyOut(BaseModel):
    """`id` is who acts, on record; `last_used_at` is the last callback that took effect."""

    id: UUID
    kind: KeyKind
    public_key: str | None
    description: str | None
    created_at: Moment
    ended_at: Moment | None
    last_used_at: Moment | None

    @classmethod
    def of(
        cls, cipher: FieldCipher, row: IntegrationKey, last_used_at: datetime | None = None
    ) -> Self:
        key = cipher.decrypt(row.key, table=TABLE, row_id=row.id, column=COLUMN)
        is_public = key.startswith(PublicKey.prefix)
        return cls(
            id=row.id,
            kind=KeyKind.PUBLIC if is_public else KeyKind.SECRET,
            public_key=key if is_public else None,
            description=_revealed(cipher, row),
            created_at=row.created_at,
            ended_at=row.ended_at,
            last_used_at=last_used_at,
        )


class InstalledKeyOut(KeyOut):
    """`secret` is shown in this one answer and never again, not even to the same request."""

    secret: str | None = None

    def showing(self, key: str) -> Self:
        """With the key, if it is a secret that was made here."""
        return self.model_copy(update={"secret": key}) if self.kind is KeyKind.SECRET else self

    def kept(self) -> Self:
        """What may be written down."""
        return self.model_copy(update={"secret": None})


def _revealed(cipher: FieldCipher, row: IntegrationKey) -> str | None:
    if row.description is None:
        return None
    return cipher.decrypt(row.description, table=TABLE, row_id=row.id, column=DESCRIPTION)
