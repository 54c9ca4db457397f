"""Request bodies judge types as JSON does, whichever way they come in."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError

from shared.clock import BEIJING
from shared.web.body import Body


class Inner(Body):
    day: date


class Sample(Body):
    day: date | None = None
    moment: datetime | None = None
    amount: Decimal | None = None
    id: UUID | None = None
    numbers: tuple[int, ...] = ()
    words: frozenset[str] = frozenset()
    inner: Inner | None = None
    count: int = 0


ID = "c2eae6e2-1488-54f4-8a04-4fc81e3e200f"
GOOD: dict[str, tuple[Any, Any]] = {
    "day": ("2026-03-02", date(2026, 3, 2)),
    "moment": ("2026-03-02T09:00:00+08:00", datetime(2026, 3, 2, 9, tzinfo=BEIJING)),
    "amount": ("1.50", Decimal("1.50")),
    "id": (ID, UUID(ID)),
    "numbers": ([1, 2], (1, 2)),
    "words": (["a"], frozenset({"a"})),
    "inner": ({"day": "2026-03-02"}, Inner.model_validate({"day": "2026-03-02"})),
}


@pytest.mark.parametrize("field", GOOD)
def test_json_has_no_dates_and_no_tuples_but_bodies_do(field: str) -> None:
    given, meant = GOOD[field]
    for read in (Sample.model_validate({field: given}), _as_text({field: given})):
        assert getattr(read, field) == meant


@pytest.mark.parametrize(
    "body",
    [{"count": "5"}, {"count": True}, {"day": "2026-02-30"}, {"inner": {"day": 5}}, {"more": 1},
     {"inner": {"day": "2026-03-02", "more": 1}}, {"numbers": ["1"]}],
)  # fmt: skip
def test_other_types_and_members_are_refused(body: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Sample.model_validate(body)
    with pytest.raises(ValidationError):
        _as_text(body)


def _as_text(body: dict[str, Any]) -> Sample:
    return Sample.model_validate_json(json.dumps(body))
