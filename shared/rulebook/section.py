"""What every section of the rulebook is made of: frozen, complete, nothing unknown."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

from shared.counting import Counting, Length

Key = TypeVar("Key")
Value = TypeVar("Value")

UNITS = {
    "hour": Counting.HOURS,
    "hours": Counting.HOURS,
    "civil day": Counting.CIVIL_DAYS,
    "civil days": Counting.CIVIL_DAYS,
    "statutory day": Counting.STATUTORY_DAYS,
    "statutory days": Counting.STATUTORY_DAYS,
    "working day": Counting.WORKING_DAYS,
    "working days": Counting.WORKING_DAYS,
}


class Section(BaseModel):
    """Base of all rule models. A key nobody knows and a key nobody wrote both stop the start."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def parse_length(text: object) -> object:
    """Reads "24 hours", "7 civil days", "30 statutory days" or "3 working days"."""
    if not isinstance(text, str):
        return text
    amount, _, unit = text.partition(" ")
    if not amount.isdecimal() or unit not in UNITS:
        raise ValueError(f"not a length: {text!r}")
    return Length(int(amount), UNITS[unit])


def with_codes(table: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Gives every row of a table the key it stands under as its code."""
    return {code: {**row, "code": code} for code, row in table.items()}


def frozen(mapping: Mapping[Key, Value]) -> Mapping[Key, Value]:
    return MappingProxyType(dict(mapping))


def check_whole(weights: Mapping[str, Decimal]) -> Mapping[str, Decimal]:
    """Refuses weights that do not sum to exactly 1 (invariant 8, E15)."""
    total = sum(weights.values())
    if total != 1:
        raise ValueError(f"weights sum to {total}, not to 1")
    return weights


RuleLength = Annotated[Length, BeforeValidator(parse_length)]
Weights = Annotated[Mapping[str, Decimal], AfterValidator(check_whole), AfterValidator(frozen)]
