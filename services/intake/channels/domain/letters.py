"""Letters on a sheet: how a line is known again, and what can be wrong with it (B03)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from shared.errors import Conflict, Invalid, NotFound


class SheetNotFound(NotFound):
    """There is no such import among yours."""

    code = "LETTERS_NOT_FOUND"
    chinese = "未找到该导入批次。"


class SheetExpired(Conflict):
    """This preview is too old; please upload the sheet again."""

    code = "LETTERS_EXPIRED"
    chinese = "预览已过期，请重新上传。"


class SheetHasFaultyRows(Conflict):
    """Please correct the rows that the preview names, and upload the sheet again."""

    code = "LETTERS_HAVE_FAULTS"
    chinese = "表格仍有错误，请按预览修改后重新上传。"


class LetterNumberMalformed(Invalid):
    """A register number has 1 to 40 letters, digits, Chinese characters, hyphens or brackets."""

    code = "LETTER_NUMBER_MALFORMED"
    chinese = "登记号为 1—40 位字母、数字、汉字、短横线或括号。"


class LetterTwice(Invalid):
    """The register number stands on this sheet twice."""

    code = "LETTER_TWICE"
    chinese = "登记号在表中重复。"


class LetterDiffers(Invalid):
    """This register number was imported with other words."""

    code = "LETTER_DIFFERS"
    chinese = "该登记号已导入过，且内容不同；如需补充，请在原诉求上补充。"


class YesOrNo(Invalid):
    """Please enter 是 or 否."""

    code = "YES_OR_NO"
    chinese = "请填写“是”或“否”。"


class EstateNotFound(Invalid):
    """No estate in your area has this name, or several have it."""

    code = "LETTER_ESTATE_NOT_FOUND"
    chinese = "辖区内没有这个小区，或有多个同名小区。"


class BuildingNotFound(Invalid):
    """The estate has no building of this number."""

    code = "LETTER_BUILDING_NOT_FOUND"
    chinese = "该小区没有这个楼栋。"


class Outcome(StrEnum):
    NEW = "NEW"
    KNOWN = "KNOWN"
    FILED = "FILED"
    REFUSED = "REFUSED"


@dataclass(frozen=True)
class Letter:
    """A line that can be filed; `row` is the one that the office program shows."""

    row: int
    number: str
    estate_id: UUID
    building_id: UUID | None
    confidential: bool
    title: str | None = field(repr=False)
    text: str = field(repr=False)
    place: str | None = field(repr=False)
    category: str | None
    name: str | None = field(repr=False)
    mobile: str | None = field(repr=False)


def external_number(organisation_id: UUID | None, person_id: UUID, number: str) -> str:
    """Register numbers are an office's own; a colon keeps them apart from the hotline's."""
    return f"letter:{organisation_id or person_id}:{number}"
