"""Operations as they were sent: read one by one, so that a bad one stands alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from services.routing.field.domain.operations import Kind
from services.routing.field.operations import OPERATIONS, Operation
from shared.errors import DomainError
from shared.web.once import fingerprint
from shared.web.problems import fields_error


@dataclass(frozen=True)
class Slip:
    """`position` is that in the batch; `fingerprint` is equal for the same content."""

    position: int
    operation: Operation
    fingerprint: str

    @property
    def id(self) -> UUID:
        return self.operation.id

    @property
    def made_at(self) -> datetime:
        return self.operation.made_at

    @property
    def kind(self) -> Kind:
        return self.operation.does


@dataclass(frozen=True)
class Unreadable:
    """`id` is None where not even that could be read."""

    position: int
    id: UUID | None
    error: DomainError


def read(position: int, raw: Any) -> Slip | Unreadable:
    try:
        operation = OPERATIONS.validate_python(raw)
    except ValidationError as failure:
        return Unreadable(position, _id_of(raw), fields_error(failure.errors()))
    content = json.dumps(raw).encode()
    return Slip(position, operation, fingerprint("SYNC", operation.does, content))


def _id_of(raw: Any) -> UUID | None:
    try:
        return UUID(raw["id"])
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
