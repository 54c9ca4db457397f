"""The half-year that a result is about: of each, a company is prompted to one talk (E07, E26)."""

from __future__ import annotations

import re

MONTHS_OF_QUARTER = 3
MONTHS_OF_HALF = 6
PERIOD = re.compile(r"(\d{4})(?:-(?:H([12])|Q([1-4])|(\d{2})))?", re.ASCII)


def half_year_of(period: str) -> str | None:
    """Of `2026-H1`, `2026-Q1`, `2026-03` and `2026`, which is over with its second half; None for
    what is written otherwise.
    """
    found = PERIOD.fullmatch(period)
    if found is None:
        return None
    year, half, quarter, month = found.groups()
    if half is None:
        last = int(month) if month else int(quarter or 4) * MONTHS_OF_QUARTER
        half = "1" if last <= MONTHS_OF_HALF else "2"
    return f"{year}-H{half}"
