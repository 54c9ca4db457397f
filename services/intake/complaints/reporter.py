"""Who files a complaint, read from the request in one go: five dependencies cost a request as much
as storing the complaint does. What it asks, and how it refuses, is what others ask.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import Field, TypeAdapter, ValidationError

from services.intake.complaints.network import address_of
from services.intake.owners.domain.policies import acts_as_owner
from services.intake.owners.domain.refusals import OwnersOnly
from shared.identity import Actor
from shared.runtime import Runtime
from shared.web.problems import IDEMPOTENCY_KEY, KEY_DESCRIPTION, IdempotencyKeyMissing
from shared.web.served import runtime_in

KEY = TypeAdapter(Annotated[str, Field(min_length=8, max_length=128)])

DOCUMENTED: dict[str, Any] = {
    "security": [{"HTTPBearer": []}],
    "parameters": [
        {
            "name": IDEMPOTENCY_KEY,
            "in": "header",
            "required": True,
            "schema": KEY.json_schema()
            | {"title": IDEMPOTENCY_KEY, "description": KEY_DESCRIPTION},
            "description": KEY_DESCRIPTION,
        }
    ],
}


@dataclass(frozen=True, slots=True)
class Reporter:
    """An owner with a key that makes the request safe to repeat; `address` is a keyed hash."""

    runtime: Runtime
    actor: Actor
    key: str
    address: str | None


def reporter_of(request: Request) -> Reporter:
    """Raises Unauthenticated, OwnersOnly, IdempotencyKeyMissing or RequestValidationError."""
    runtime = runtime_in(request.scope)
    actor = runtime.tokens.verify(_bearer_token(request.headers.get("authorization", "")))
    if not acts_as_owner(actor):
        raise OwnersOnly
    key = _key(request.headers.get(IDEMPOTENCY_KEY))
    return Reporter(runtime, actor, key, address_of(request, runtime))


def _bearer_token(authorization: str) -> str | None:
    scheme, _, token = authorization.partition(" ")
    return token if scheme.lower() == "bearer" else None


def _key(given: str | None) -> str:
    if given is None:
        raise IdempotencyKeyMissing
    try:
        return KEY.validate_python(given)
    except ValidationError as invalid:
        fields = [{**field, "loc": ("header", IDEMPOTENCY_KEY)} for field in invalid.errors()]
        raise RequestValidationError(fields) from None
