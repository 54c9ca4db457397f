"""Locking owners' contacts away, finding them again, and handing them to notify alone."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from services.intake.owners.tables import Guardian, Owner
from shared.contracts.intake import OwnerState
from shared.privacy import BlindIndex, FieldCipher, Sealed, Sealer, mask_phone

TABLE, GUARDIANS = "owner", "guardian"
READER = "notify"


class Contacts:
    """Everything that touches an openid or a mobile number in the clear."""

    def __init__(self, cipher: FieldCipher, index: BlindIndex, sealer: Sealer) -> None:
        self._cipher = cipher
        self._index = index
        self._sealer = sealer

    def candidates(self, value: str, column: str) -> list[str]:
        """What to look for in `<column>_index`."""
        return self._index.candidates(value, table=TABLE, column=column)

    def openid_columns(self, owner_id: UUID, openid: str) -> dict[str, str]:
        return self._columns(owner_id, "openid", openid)

    def mobile_columns(self, owner_id: UUID, mobile: str) -> dict[str, str]:
        return self._columns(owner_id, "mobile", mobile)

    def mobile(self, owner: Owner) -> str | None:
        if owner.mobile is None:
            return None
        return self._cipher.decrypt(owner.mobile, table=TABLE, row_id=owner.id, column="mobile")

    def openid(self, owner: Owner) -> str | None:
        if owner.openid is None:
            return None
        return self._cipher.decrypt(owner.openid, table=TABLE, row_id=owner.id, column="openid")

    def guardian_columns(self, owner_id: UUID, name: str, mobile: str) -> dict[str, str]:
        return {
            column: self._cipher.encrypt(value, table=GUARDIANS, row_id=owner_id, column=column)
            for column, value in (("name", name), ("mobile", mobile))
        }

    def guardian(self, row: Guardian) -> tuple[str, str]:
        """Name and number."""
        return (
            self._cipher.decrypt(row.name, table=GUARDIANS, row_id=row.owner_id, column="name"),
            self._cipher.decrypt(row.mobile, table=GUARDIANS, row_id=row.owner_id, column="mobile"),
        )

    def public_state(
        self, owner: Owner, houses: Sequence[UUID], estates: Sequence[UUID]
    ) -> OwnerState:
        """What the other services may know; contacts as ciphertext for notify."""
        mobile, openid = self.mobile(owner), self.openid(owner)
        return OwnerState(
            id=owner.id,
            version=owner.version,
            openid=self._sealed(owner.id, "openid", openid) if openid else None,
            mobile=self._sealed(owner.id, "mobile", mobile) if mobile else None,
            masked_mobile=mask_phone(mobile) if mobile else None,
            house_ids=tuple(houses),
            estate_ids=tuple(estates),
            active=owner.active,
        )

    def _columns(self, owner_id: UUID, column: str, value: str) -> dict[str, str]:
        return {
            column: self._cipher.encrypt(value, table=TABLE, row_id=owner_id, column=column),
            f"{column}_index": self._index.of(value, table=TABLE, column=column),
        }

    def _sealed(self, owner_id: UUID, column: str, value: str) -> Sealed:
        return self._sealer.seal(value, audience=READER, subject=f"{owner_id}/{column}")
