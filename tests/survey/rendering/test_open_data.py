"""Open data for programs and office sheets, every column explained (D10, D11, E23)."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest

from services.survey.bulletins.domain.content import Assessed, BulletinContent, Figure
from services.survey.rendering.dictionary import (
    ASSESSED,
    EDITION,
    FIGURES,
    Type,
    columns_table,
    dictionary_of,
    fields_of,
)
from services.survey.rendering.domain.hiding import Smallness, hide_small_cells
from services.survey.rendering.open_data import csv_of, json_of
from tests.survey.bulletins.example import example_bulletin, example_report

CONTENTS = [example_bulletin(edition=2), example_report()]


def rows_of(content: BulletinContent) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(csv_of(content).removeprefix("\ufeff"), newline="")))


def test_office_programs_read_the_sheet_as_chinese() -> None:
    text = csv_of(example_bulletin())
    assert text.startswith("\ufeffedition,")
    assert text.count("\r\n") == len(example_bulletin().figures) + 1
    assert "\n" not in text.replace("\r\n", "")


def test_a_row_is_a_figure_and_what_is_hidden_says_so() -> None:
    """D11, D12: numerator, denominator, period, source and rank."""
    content = example_bulletin(edition=2)
    rows = rows_of(content)
    assert len(rows) == len(content.figures)
    assert rows[1] == {
        "edition": "2",
        "period": "2026-Q1",
        "code": "COMPLAINTS_HANDLED",
        "chinese": "投诉处理率",
        "place": "4212",
        "place_name": "咸宁市",
        "numerator": "1182",
        "denominator": "1236",
        "measure": "COUNT",
        "percent": "95.63",
        "rank": "",
        "hidden": "false",
        "source": "六端互通平台工单记录",
    }
    hidden = next(row for row in rows if row["place"] == "421221")
    assert [hidden[each] for each in ("numerator", "denominator", "percent", "rank")] == [""] * 4
    assert hidden["hidden"] == "true"
    assert next(row for row in rows if row["denominator"] == "0")["percent"] == ""


def test_a_report_lists_every_estate_once() -> None:
    """E23."""
    rows = rows_of(example_report())
    assert [row["estate_name"] for row in rows] == [
        each.estate_name for each in example_report().assessed
    ]
    assert rows[0]["composite"] == "92.10"
    assert rows[-1]["composite"] == ""


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1", "@x", "\t=1", "＝1", '",x', "a\r\nb", "'=1"])
def test_no_cell_is_computed_or_breaks_its_row(evil: str) -> None:
    content = example_bulletin()
    figure = content.figures[0].model_copy(update={"place_name": evil, "chinese": evil})
    [row] = rows_of(content.model_copy(update={"figures": (figure,)}))
    assert row["place"] == "4212"
    assert row["place_name"].lstrip("'") == evil.lstrip("'")
    assert not row["place_name"].startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))


@pytest.mark.parametrize("content", CONTENTS, ids=["bulletin", "report"])
def test_both_forms_hold_the_same(content: BulletinContent) -> None:
    sheet, rows = rows_of(content), json.loads(json_of(content))["rows"]
    assert len(sheet) == len(rows)
    for one, other in zip(sheet, rows, strict=True):
        assert list(one) == list(other)
        for name, value in other.items():
            match value:
                case None:
                    assert one[name] == ""
                case bool():
                    assert one[name] == str(value).lower()
                case float():
                    assert Decimal(one[name]) == Decimal(str(value))
                case _:
                    assert one[name] == str(value)


def test_the_whole_says_which_edition_it_is_and_what_it_corrects() -> None:
    whole = json.loads(json_of(example_bulletin(edition=2)))
    assert whole["edition"] == 2
    assert whole["published_at"] == "2026-04-10T09:00:00+08:00"
    assert whole["corrects"]["edition"] == 1
    assert whole["corrects"]["differences"][0]["after"] == "95.63%（1182/1236）"


def test_the_numbers_of_charts_and_tables_are_in_it_too() -> None:
    """C10: the mix of categories is shown as a chart alone."""
    whole = json.loads(json_of(example_bulletin()))
    tables = {each["caption"]: each["rows"] for each in whole["tables"]}
    assert tables["投诉类别构成"][0] == {"category": "物业费争议", "series_1": "32.00"}
    assert tables["各县（市、区）投诉处理率排名"][1]["percent"] == {"hidden": True}
    explained = {each["caption"]: each["columns"] for each in whole["dictionary"]["tables"]}
    for caption, rows in tables.items():
        assert [each["key"] for each in explained[caption]] == list(rows[0])


@pytest.mark.parametrize("content", CONTENTS, ids=["bulletin", "report"])
def test_the_dictionary_explains_every_column_and_no_other(content: BulletinContent) -> None:
    names = [each.name for each in fields_of(content)]
    assert list(rows_of(content)[0]) == names
    assert set(dictionary_of(content).primary_key) <= set(names)
    told = json.loads(json_of(content))["dictionary"]
    assert [each["name"] for each in told["fields"]] == names
    assert all(each["title"] and each["description"] for each in told["fields"])
    assert told["missingValues"] == [""]
    keys = [tuple(row[key] for key in told["primaryKey"]) for row in rows_of(content)]
    assert len(set(keys)) == len(keys)


def test_the_dictionary_follows_the_content() -> None:
    added = {each.name for each in EDITION}
    assert {each.name for each in FIGURES} == set(Figure.model_fields) | added
    assert {each.name for each in ASSESSED} == set(Assessed.model_fields) | added


@pytest.mark.parametrize("content", CONTENTS, ids=["bulletin", "report"])
def test_values_are_of_the_type_that_is_told(content: BulletinContent) -> None:
    types: dict[Type, type | tuple[type, ...]] = {
        Type.STRING: str,
        Type.INTEGER: int,
        Type.NUMBER: float,
        Type.BOOLEAN: bool,
    }
    told = {each.name: types[each.type] for each in fields_of(content)}
    for row in json.loads(json_of(content))["rows"]:
        for name, value in row.items():
            assert value is None or isinstance(value, told[name])


def test_every_code_and_column_is_explained_once() -> None:
    content = example_bulletin()
    codes = [each.code for each in dictionary_of(content).codes]
    assert sorted(codes) == sorted({each.code for each in content.figures})
    explained = columns_table(content).rows
    assert len(set(explained)) == len(explained)
    assert ("投诉处理率", "%", "办结件数除以受理件数") in explained


def test_small_cells_are_in_neither_form() -> None:
    content = example_bulletin()
    street = content.figures[10].model_copy(
        update={"place": "421281002", "place_name": "赤马港街道", "numerator": 3, "denominator": 4}
    )
    hidden = content.model_copy(update={"figures": hide_small_cells((street,), Smallness(5))})
    [row] = rows_of(hidden)
    assert row["hidden"] == "true"
    assert json.loads(json_of(hidden))["rows"][0]["denominator"] is None
