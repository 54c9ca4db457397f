"""What a published edition says, whole and frozen: every rendering is made from this alone.

The canonical form is what is stored and hashed: JSON in UTF-8, keys sorted, no white space,
decimals as strings, moments with Beijing's offset. Reading it back gives an equal content.
"""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from shared.clock import BEIJING


class Kind(StrEnum):
    BULLETIN = "BULLETIN"  # 《全市物业治理信息通报》, quarterly (D10)
    QUALITY_REPORT = "QUALITY_REPORT"  # 《全市物业服务质量评价报告》, half-yearly (E23)


class ChartKind(StrEnum):
    BAR = "BAR"
    LINE = "LINE"


class Measure(StrEnum):
    """What numerator and denominator of a figure count."""

    COUNT = "COUNT"  # 件 and the like
    FEN = "FEN"  # amounts of money, in fen


def _in_beijing(moment: datetime) -> str:
    return moment.astimezone(BEIJING).isoformat()


Moment = Annotated[datetime, PlainSerializer(_in_beijing, return_type=str, when_used="json")]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Hidden(Part):
    """In place of a cell that would tell about few persons, or lead to one that would."""

    hidden: Literal[True] = True


HIDDEN = Hidden()

Cell = str | Hidden | None  # None shows as "—": there is no such figure


class Column(Part):
    """`meaning` is for the dictionary of the open data; `unit` e.g. %, 件, 分."""

    key: str
    chinese: str
    unit: str | None = None
    meaning: str = ""


class Table(Part):
    """Every row has as many cells as there are columns; cells are words as they are to be read."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Series(Part):
    """One value per category of the chart; None leaves a gap, a hidden one is marked."""

    name: str
    values: tuple[Decimal | Hidden | None, ...]


class Chart(Part):
    kind: ChartKind
    caption: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str | None = None


class Section(Part):
    """Read in this order: paragraphs, tables, charts. `heading` is without its number."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()


class Figure(Part):
    """One indicator of one place: what open data exports.

    `percent` is rounded once from numerator and denominator, and absent for a denominator of zero.
    `hidden`: numerator, denominator and percent are absent because they would tell about few. The
    `rank` is among the places of its level in the same content; equal percentages share it (D12).
    """

    code: str
    chinese: str
    place: str
    place_name: str
    numerator: int | None
    denominator: int | None
    measure: Measure = Measure.COUNT
    percent: Decimal | None
    rank: int | None = None
    hidden: bool = False
    period: str
    source: str


class Assessed(Part):
    """An estate in a quality report (E23): the published scores of its company there. `remark` says
    which of them are disputed or were taken back (E28).
    """

    estate_id: str
    estate_name: str
    division: str
    division_name: str
    company_id: str
    company_name: str
    owners: Decimal | None
    community: Decimal | None
    third_party: Decimal | None
    composite: Decimal | None
    band: str | None
    band_name: str | None
    rank: int | None = None
    remark: str | None = None


class Difference(Part):
    """A figure that reads otherwise than in the former edition; words as they are read there."""

    code: str
    chinese: str
    place: str
    place_name: str
    before: str
    after: str


class Correction(Part):
    """Why there is another edition: `reason` is the officer's, the differences are computed."""

    edition: int
    published_at: Moment
    reason: str
    differences: tuple[Difference, ...]


class BulletinContent(Part):
    """`issue` is e.g. 2026年第1期. `published_at` is absent in a draft. `division` has four digits
    for the city, six for a county. `summary` is read before the first section; `figures` are
    empty in a quality report and `assessed` in a bulletin.
    """

    kind: Kind
    title: str
    issue: str
    period: str
    period_name: str
    division: str
    division_name: str
    publisher: str
    edition: int = Field(ge=1)
    corrects: Correction | None = None
    computed_at: Moment
    published_at: Moment | None = None
    summary: tuple[str, ...]
    sections: tuple[Section, ...]
    figures: tuple[Figure, ...] = ()
    assessed: tuple[Assessed, ...] = ()


def canonical(content: BulletinContent) -> bytes:
    """The same content gives the same bytes, whenever and wherever."""
    plain = content.model_dump(mode="json")
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def content_in(stored: bytes) -> BulletinContent:
    """What `canonical` made. Raises ValidationError."""
    return BulletinContent.model_validate_json(stored)
