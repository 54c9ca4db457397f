"""The divisions of Xianning from the data file beside this package (D13)."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from services.routing.directory.domain.codes import level_of, parent_of
from services.routing.directory.tables import Division
from shared.contracts.reference import reference_id

DATA = Path(__file__).parent.parent / "data" / "divisions.csv"


def divisions_of_the_city(path: Path = DATA) -> list[Division]:
    """Statistics-bureau codes as published for 2023; an empty `valid_to` has no end yet."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_division(**line) for line in csv.DictReader(file)]


def _division(code: str, name: str, valid_from: str, valid_to: str) -> Division:
    return Division(
        id=reference_id("division", code, valid_from),
        code=code,
        name=name,
        level=level_of(code),
        parent_code=parent_of(code),
        valid_from=date.fromisoformat(valid_from),
        valid_to=date.fromisoformat(valid_to) if valid_to else None,
    )
