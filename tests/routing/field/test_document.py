"""The examples of docs/integration/field-app.md are accepted as they stand there."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

from services.routing.field.domain.operations import Kind
from services.routing.field.operations import AnyOperation
from tests.routing.drama import GARDEN, NOISE, Drama
from tests.routing.field.device import WORKER, Device

PAGE = Path(__file__).parents[3] / "docs" / "integration" / "field-app.md"


async def test_the_example_is_applied(drama: Drama, device: Device) -> None:
    """A02: signature, persuasion, contact, progress and a finding of one morning."""
    drama.move_to("2026-03-02 09:00")
    case_id = await drama.submit(NOISE)
    drama.move_to("2026-03-02 10:30")
    (example,) = re.findall(r"```json\n(.*?)```", PAGE.read_text(), flags=re.DOTALL)
    filled = example.replace("{case_id}", str(case_id))
    filled = filled.replace("{estate_id}", str(GARDEN.estate_id))
    filled = filled.replace("{building_id}", str(GARDEN.building_id))
    answers = await device.send(*json.loads(filled)["operations"])
    assert [each["outcome"] for each in answers] == ["APPLIED"] * 5
    assert len((await drama.see(WORKER, f"/cases/{case_id}/photos"))["items"]) == 1


def test_every_operation_is_described() -> None:
    """In the table of operations, and in that of conflicts."""
    page = PAGE.read_text()
    rows = re.findall(r"^\| (`.*?) \|", page, flags=re.MULTILINE)
    named = [name for row in rows for name in re.findall(r"`([a-z]+)`", row)]
    assert [named.count(kind) for kind in Kind] == [2] * len(Kind)


def test_every_kind_has_its_operation() -> None:
    union = get_args(get_args(AnyOperation)[0])
    assert {get_args(each)[0].does for each in union} == set(Kind)
