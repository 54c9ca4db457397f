"""The parent of every request body: strict JSON types, no unknown fields, storable text."""

from __future__ import annotations

import json
import re
from typing import Any, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    ModelWrapValidatorHandler,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError

NUL = "\x00"
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class Body(BaseModel):
    """Types are judged as JSON: "5" is no number and `true` is no 1, but a date is a string."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, str_strip_whitespace=True)

    @model_validator(mode="wrap")
    @classmethod
    def _as_json(
        cls, value: Any, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo
    ) -> Self:
        if info.mode == "json" or not isinstance(value, dict):
            return handler(value)
        refuse_unstorable(value)
        return cls.model_validate_json(json.dumps(value))


def refuse_unstorable(value: Any) -> None:
    """PostgreSQL stores every text but NUL and half surrogates. Raises a validation error."""
    if isinstance(value, str):
        _check(value)
    elif isinstance(value, dict):
        for key, member in value.items():
            _check(key)
            refuse_unstorable(member)
    elif isinstance(value, list):
        for member in value:
            refuse_unstorable(member)


def _check(text: str) -> None:
    if NUL in text:
        raise PydanticCustomError("nul_character", "text contains the NUL character")
    if LONE_SURROGATE.search(text):
        raise PydanticCustomError("lone_surrogate", "text contains half of a surrogate pair")
