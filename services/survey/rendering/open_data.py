"""An edition's numbers for programs and office sheets, with their dictionary."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from services.survey.bulletins.domain.content import BulletinContent, Kind
from services.survey.rendering.dictionary import dictionary_of, fields_of, tables_of
from shared.sheets.writing import csv_lines

HEAD = ("kind", "title", "issue", "period", "period_name", "division", "division_name",
        "publisher", "edition", "corrects", "computed_at", "published_at")  # fmt: skip
WORDS = {True: "true", False: "false"}


def csv_of(content: BulletinContent) -> str:
    """The figures, or the estates of a quality report (RFC 4180).

    It begins with a mark, or office programs would take it for GBK; text that they would compute is
    guarded by an apostrophe. What is absent is empty, what is hidden says so in its own column.
    """
    names = [each.name for each in fields_of(content)]
    rows = ([_plain(row[name]) for name in names] for row in _rows(content))
    return b"".join(csv_lines(names, rows)).decode()


def json_of(content: BulletinContent) -> str:
    """The same rows, the tables of the edition, and the dictionary."""
    head = content.model_dump(mode="json", include=set(HEAD))
    whole = {
        **{name: head[name] for name in HEAD},
        "rows": [{key: _number(row[key]) for key in row} for row in _rows(content)],
        "tables": list(_tables(content)),
        "dictionary": dictionary_of(content).model_dump(mode="json", by_alias=True),
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _rows(content: BulletinContent) -> Iterator[Mapping[str, Any]]:
    report = content.kind is Kind.QUALITY_REPORT
    names = [each.name for each in fields_of(content)]
    for each in content.assessed if report else content.figures:
        row = {"edition": content.edition, "period": content.period, **each.model_dump()}
        yield {name: row[name] for name in names}


def _tables(content: BulletinContent) -> Iterator[Mapping[str, object]]:
    for table in tables_of(content):
        plain = table.model_dump(mode="json")
        names = [each.key for each in table.columns]
        yield {
            "caption": table.caption,
            "rows": [dict(zip(names, row, strict=True)) for row in plain["rows"]],
        }


def _plain(value: object) -> object:
    return WORDS[value] if isinstance(value, bool) else value


def _number(value: object) -> object:
    """Two decimals come out of a float as they went in."""
    return float(value) if isinstance(value, Decimal) else value
