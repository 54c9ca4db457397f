"""Answers as GeoReport v2 wants them, refusals included: never a problem document, never a 5xx."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import Response
from starlette.datastructures import Headers
from starlette.types import Scope

from services.intake.open311.domain.documents import MEDIA_TYPES, Form, Value, wanted_form, written
from shared.errors import DomainError

TOLD_AS_THEY_ARE = frozenset({403, 404})
OURS = 500
RETRY_AFTER = 60  # seconds
AGAIN = frozenset({429, 503})


def reply(
    form: Form, root: str, value: Value, *, status: int = 200, headers: Mapping[str, str] = {}
) -> Response:
    return Response(
        written(form, root, value).encode(),
        status_code=status,
        headers={"Content-Type": MEDIA_TYPES[form], **headers},
    )


def dialect(scope: Scope, error: DomainError, status: int) -> Response:
    """A list of code and description; the code is the ordinary status, which HTTP tells less
    exactly: 403 for the key, 404 for what is not there, 400 for what else the client did wrong.
    What went wrong here is told as it is, so that nobody takes it for a final refusal.
    """
    said = error.details.get("errors") or [f"{error.chinese} {error.english}"]
    errors = [{"code": status, "description": _plain(each)} for each in said]
    return reply(
        form_of(scope) or Form.JSON,
        "errors",
        errors,
        status=status if status in TOLD_AS_THEY_ARE or status >= OURS else 400,
        headers={"Retry-After": str(RETRY_AFTER)} if status in AGAIN else {},
    )


def form_of(scope: Scope) -> Form | None:
    """None for an extension that is neither xml nor json."""
    last = scope["path"].rpartition("/")[2]
    _, dot, extension = last.rpartition(".")
    accept = Headers(scope=scope).get("accept", "")
    return wanted_form(extension if dot else None, accept)


def _plain(said: object) -> str:
    """What the framework found wrong with a field is a structure."""
    return str(said.get("detail", "")) if isinstance(said, Mapping) else str(said)
