"""From the bytes that were signed to one of the messages that a sender may send.

Nothing reads them before their signature is good: what an altered body is answered must not depend
on whether it still is JSON.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeVar

from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from shared.web.body import Body
from shared.web.problems import MalformedJson

M = TypeVar("M", bound=Body)


def read_message(content: bytes, kinds: Mapping[str, type[M]]) -> M:
    """Raises MalformedJson or RequestValidationError, as for any other body."""
    said = _parsed(content)
    kind = kinds.get(str(said.get("type"))) if isinstance(said, dict) else None
    if kind is None:
        message = f"one of {', '.join(kinds)}"
        raise _invalid([{"type": "literal_error", "loc": ("type",), "msg": message}])
    try:
        return kind.model_validate(said)
    except ValidationError as invalid:
        raise _invalid(invalid.errors()) from None


def documented(kinds: Mapping[str, type[Body]]) -> dict[str, Any]:
    """What OpenAPI says about a body that FastAPI does not read itself."""
    schema = {"oneOf": [_whole(kind.model_json_schema()) for kind in kinds.values()]}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def _whole(schema: dict[str, Any]) -> dict[str, Any]:
    """With each reference replaced by what it means: they would point into the wrong document."""
    meanings = schema.pop("$defs", {})

    def replaced(part: Any) -> Any:
        if isinstance(part, list):
            return [replaced(each) for each in part]
        if not isinstance(part, dict):
            return part
        if "$ref" in part:
            return replaced(meanings[part["$ref"].rpartition("/")[2]])
        return {name: replaced(each) for name, each in part.items()}

    return dict(replaced(schema))


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        raise MalformedJson from None


def _invalid(fields: Any) -> RequestValidationError:
    return RequestValidationError([{**each, "loc": ("body", *each["loc"])} for each in fields])
