"""What is wrong with a sheet, row by row: all of it at once, so that it is corrected once."""

from __future__ import annotations

from dataclasses import dataclass, field

from shared.errors import DomainError, Invalid

TOLD = 500


class SheetHasFaults(Invalid):
    """Nothing was taken over: `errors` names what is wrong, row by row."""

    code = "SHEET_HAS_FAULTS"
    chinese = "未导入任何数据，请按逐行报告修改后重新上传。"


@dataclass(frozen=True)
class Fault:
    """`row` is the number that the office program shows; `field` the heading, if it is one cell."""

    row: int
    field: str | None
    code: str
    title: str
    detail: str


@dataclass
class Report:
    """Any domain error can be a row's fault: its code and sentences are told, with the place."""

    faults: list[Fault] = field(default_factory=list)
    faulty_rows: set[int] = field(default_factory=set)

    def add(self, row: int, heading: str | None, error: DomainError) -> None:
        self.faults.append(Fault(row, heading, error.code, error.chinese, error.english))
        self.faulty_rows.add(row)

    def refuse_faults(self, rows: int) -> None:
        """Raises SheetHasFaults: all of a sheet is taken, or nothing."""
        if not self.faults:
            return
        told = sorted(self.faults, key=lambda fault: (fault.row, fault.field or ""))[:TOLD]
        raise SheetHasFaults(
            rows=rows,
            faulty=len(self.faulty_rows),
            errors=[vars(fault) for fault in told],
            left_out=len(self.faults) - len(told),
        )
