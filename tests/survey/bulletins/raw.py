"""Raw material of a bulletin, invented: what was gathered, before anything is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from services.survey.bulletins.domain.content import Assessed, Kind
from services.survey.bulletins.domain.edition import Edition
from services.survey.bulletins.domain.gathered import Gathered, Gauge, Named, Past
from services.survey.indicators.domain.spans import Period
from shared.rulebook import Rulebook
from tests.rulebook import COMMITTED

BOOK = Rulebook.load(COMMITTED)
CITY = "4212"
NAMES = {
    CITY: "咸宁市",
    "421202": "咸安区",
    "421221": "嘉鱼县",
    "421281": "赤壁市",
    "421202001": "温泉街道",
    "421202002": "浮山街道",
    "421221103": "鱼岳镇",
    "421281001": "蒲圻街道",
}
STREETS = [code for code in NAMES if len(code) == 9]
COMPUTED = datetime.fromisoformat("2026-04-08T17:30:00+08:00")

Counts = Mapping[str, tuple[int, int]]  # by street


def summed(streets: Counts) -> dict[str, tuple[int, int]]:
    """Every place with the sum of its streets."""
    return {
        place: (
            sum(pair[0] for street, pair in streets.items() if street.startswith(place)),
            sum(pair[1] for street, pair in streets.items() if street.startswith(place)),
        )
        for place in NAMES
    }


def gathered(
    by_code: Mapping[str, Counts],
    *,
    past: Mapping[str, Mapping[str, tuple[int, int]]] | None = None,
    division: str = CITY,
    assessed: tuple[Assessed, ...] = (),
    period: str = "2026-Q1",
) -> Gathered:
    """`by_code` has an indicator's counts by street, `past` those of the division by period."""
    return Gathered(
        period=period,
        division=division,
        computed_at=COMPUTED,
        rulebook="seed-2025-07-21",
        places=tuple(Named(code=code, name=name) for code, name in NAMES.items()),
        gauges=tuple(
            Gauge(code=code, place=place, numerator=pair[0], denominator=pair[1])
            for code, streets in by_code.items()
            for place, pair in summed(streets).items()
        ),
        past=tuple(
            Past(period=name, code=code, numerator=pair[0], denominator=pair[1])
            for name, lines in (past or {}).items()
            for code, pair in lines.items()
        ),
        assessed=assessed,
    )


def everything(streets: Counts) -> Gathered:
    """The same counts for every indicator."""
    return gathered(dict.fromkeys(BOOK.reports.core_indicators, streets))


def quarter(name: str = "2026-Q1") -> Edition:
    return Edition(Kind.BULLETIN, Period.named(name))


def a_past(hidden: str = "") -> tuple[Past, ...]:
    """The four quarters before, of every indicator; the one of code `hidden` was withheld."""
    return tuple(
        Past(period=name, code=code, numerator=60 + at, denominator=80, hidden=code == hidden)
        for at, name in enumerate(("2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"))
        for code in BOOK.reports.core_indicators
    )


PLENTY: dict[str, tuple[int, int]] = {
    "421202001": (190, 200),  # 95.00
    "421202002": (95, 100),  # 95.00
    "421221103": (180, 200),  # 90.00
    "421281001": (95, 100),  # 95.00
}
