"""The columns of an agency's sheet, and a line of it as a row of values (E20)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from services.survey.evaluations.domain.halves import half_year
from shared.errors import Invalid
from shared.identifiers import credit_code
from shared.rulebook.sections.evaluation import Evaluation as Rules
from shared.sheets import Column, Sheet, SheetRow

MARK = "mark."
DIGITS = re.compile(r"[0-9]{9}")
WHOLE = re.compile(r"[0-9]{1,6}")
NUMBER = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LONGEST_SOURCE = 200

T = TypeVar("T")


class EstateIdMalformed(Invalid):
    """An estate's number is copied from the list in the template."""

    code = "ESTATE_ID_MALFORMED"
    chinese = "小区编号不正确，请从模板的小区清单中复制。"


class StreetCodeMalformed(Invalid):
    """A street's code has nine digits."""

    code = "STREET_CODE_MALFORMED"
    chinese = "街道代码应为 9 位数字。"


class MarkMalformed(Invalid):
    """A score is a number from 0 to 100 with at most two decimals."""

    code = "MARK_MALFORMED"
    chinese = "得分应为 0—100 的数字，最多两位小数。"


class SampleSizeMalformed(Invalid):
    """The sample's size is a whole number."""

    code = "SAMPLE_SIZE_MALFORMED"
    chinese = "样本量应为整数。"


class SampleTooSmall(Invalid):
    """Too few owners were asked to make a figure of it."""

    code = "SAMPLE_TOO_SMALL"
    chinese = "业主满意度样本量过少，不能形成得分。"


class SampleSourceTooLong(Invalid):
    """A sample's number has at most 200 characters."""

    code = "SAMPLE_SOURCE_TOO_LONG"
    chinese = "样本编号不超过 200 字。"


class DayMalformed(Invalid):
    """A day is written like 2026-06-15."""

    code = "DAY_MALFORMED"
    chinese = "日期格式不正确，例如：2026-06-15。"


@dataclass(frozen=True)
class Row:
    """`company` is a credit code or an id, as given; `marks` are by dimension."""

    number: int
    estate_id: UUID | None
    street: str
    estate: str
    company: str
    period: str
    marks: Mapping[str, Decimal]
    sample_size: int
    sample_source: str
    evaluated_on: date


def columns(rules: Rules) -> tuple[Column, ...]:
    """The dimensions are those of the rulebook, in its order."""
    top = f"0—{rules.score_top} 分，最多两位小数"
    dimensions = (
        Column(
            f"{MARK}{code}",
            rules.third_party_names[code],
            filled=True,
            explained=f"{top}；权重 {weight:.0%}",
        )
        for code, weight in rules.third_party.items()
    )
    return (
        Column("estate_id", "小区编号", needed=False, explained="见“小区清单”；已填可不填下两项"),
        Column("street", "街道代码", needed=False, explained="9 位；与小区名称一起识别小区"),
        Column("estate", "小区名称", needed=False, explained="按名称识别，须与小区清单一致"),
        Column("company", "物业企业代码", filled=True, explained="统一社会信用代码或企业编号"),
        Column(
            "period", "评价周期", filled=True, explained="如 2026-H1（上半年）、2026-H2（下半年）"
        ),
        *dimensions,
        Column("sample_size", "满意度样本量", filled=True, explained="受访业主数，整数"),
        Column(
            "sample_source",
            "满意度样本编号",
            filled=True,
            explained="本机构自行抽样的编号；不得引用本平台的业主满意度测评",
        ),
        Column("evaluated_on", "评价日期", filled=True, explained="如 2026-06-15，须在评价周期内"),
    )


def rows_in(sheet: Sheet, rules: Rules) -> list[Row]:
    """The lines that can be understood; what is wrong with the others goes into the report."""
    read = (_row(sheet, line, rules) for line in sheet.rows)
    return [row for row in read if row is not None]


def _row(sheet: Sheet, line: SheetRow, rules: Rules) -> Row | None:
    faulty = False

    def taken(key: str, read: Callable[[str], T]) -> T | None:
        nonlocal faulty
        try:
            return read(line[key])
        except Invalid as error:
            sheet.fault(line, key, error)
            faulty = True
            return None

    marks = {
        code: taken(f"{MARK}{code}", lambda text: mark(text, rules.score_top))
        for code in rules.third_party
    }
    values: dict[str, Any] = {key: taken(key, read) for key, read in READERS.items()}
    size = values["sample_size"]
    if size is not None and size < rules.sample_at_least:
        sheet.fault(line, "sample_size", SampleTooSmall(at_least=rules.sample_at_least))
        faulty = True
    return None if faulty else Row(number=line.number, marks=marks, **values)  # type: ignore[arg-type]


def mark(text: str, top: Decimal) -> Decimal:
    """Raises MarkMalformed."""
    if not NUMBER.fullmatch(text) or Decimal(text) > top:
        raise MarkMalformed(top=str(top))
    return Decimal(text)


def _estate_id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise EstateIdMalformed from None


def _street(text: str) -> str:
    if text and not DIGITS.fullmatch(text):
        raise StreetCodeMalformed
    return text


def _company(text: str) -> str:
    """A credit code in its one form, or else an id."""
    try:
        return str(UUID(text))
    except ValueError:
        return credit_code(text)


def _period(text: str) -> str:
    half_year(text)
    return text


def _size(text: str) -> int:
    if not WHOLE.fullmatch(text):
        raise SampleSizeMalformed
    return int(text)


def _source(text: str) -> str:
    if len(text) > LONGEST_SOURCE:
        raise SampleSourceTooLong
    return text


def _day(text: str) -> date:
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise DayMalformed


READERS: Mapping[str, Callable[[str], Any]] = {
    "estate_id": _estate_id,
    "street": _street,
    "estate": str,
    "company": _company,
    "period": _period,
    "sample_size": _size,
    "sample_source": _source,
    "evaluated_on": _day,
}
