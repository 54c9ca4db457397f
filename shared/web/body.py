"""The parent of every request body: strict JSON types, no unknown fields, storable text."""

from __future__ import annotations

import json
import re
from typing import Any

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

NUL = "\x00"
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class Body(BaseModel):
    """Types are judged as JSON: "5" is no number and `true` is no 1, but a date is a string."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, str_strip_whitespace=True)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """JSON goes straight to the fields: a validator in between would hand them Python values,
        of which a strict field takes no date that is a string and no tuple that is a list.
        """
        schema = handler(source)
        parsed = core_schema.with_info_wrap_validator_function(cls._from_parsed, schema)
        return core_schema.json_or_python_schema(json_schema=schema, python_schema=parsed)

    @classmethod
    def _from_parsed(
        cls, value: Any, handler: core_schema.ValidatorFunctionWrapHandler, _: Any
    ) -> Any:
        """What a web framework has parsed becomes JSON again, and is judged as such."""
        if not isinstance(value, dict):
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
