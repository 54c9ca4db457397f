"""Many cases at once: what was shown is what happens, case by case."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from shared.errors import Conflict, Invalid, NotFound

MOST_CASES = 200
SHOWN_FOR = timedelta(hours=1)


class Verdict(StrEnum):
    """WOULD_APPLY is of a preview, APPLIED of an execution; CONFLICT: the case has changed."""

    WOULD_APPLY = "WOULD_APPLY"
    APPLIED = "APPLIED"
    REFUSED = "REFUSED"
    CONFLICT = "CONFLICT"
    NOT_VISIBLE = "NOT_VISIBLE"


class UnknownBulkAction(Invalid):
    """This cannot be done to many cases at once."""

    code = "UNKNOWN_BULK_ACTION"
    chinese = "不支持批量执行该操作。"


class BulkParametersInvalid(Invalid):
    """The parameters do not fit the action; `errors` lists them."""

    code = "BULK_PARAMETERS_INVALID"
    chinese = "批量操作的参数缺失或格式不正确。"


class TooManyCases(Invalid):
    """At most 200 cases at once: narrow the filter down."""

    code = "TOO_MANY_CASES"
    chinese = "一次最多处理 200 件，请缩小筛选范围。"


class BulkPreviewNotFound(NotFound):
    """There is no such preview, or it is somebody else's."""

    code = "BULK_PREVIEW_NOT_FOUND"
    chinese = "没有这个批量预览，或它不属于您。"


class BulkPreviewExpired(Conflict):
    """The preview is older than an hour: ask for another one."""

    code = "BULK_PREVIEW_EXPIRED"
    chinese = "批量预览已超过一小时，请重新预览。"


class CaseMovedOn(Conflict):
    """The case is no longer as it was shown."""

    code = "CASE_MOVED_ON"
    chinese = "案件在预览后已有变化，请重新预览。"


@dataclass(frozen=True)
class Item:
    """`version` is that of the case when it was shown; `code` is the problem's, if there is one."""

    case_id: UUID
    verdict: Verdict
    number: str | None = None
    version: int | None = None
    code: str | None = None

    @property
    def row(self) -> dict[str, Any]:
        return asdict(self) | {"case_id": str(self.case_id)}

    @staticmethod
    def of(row: dict[str, Any]) -> Item:
        return Item(**row | {"case_id": UUID(row["case_id"]), "verdict": Verdict(row["verdict"])})


def refuse_expired(created_at: datetime, now: datetime) -> None:
    """Raises BulkPreviewExpired."""
    if now > created_at + SHOWN_FOR:
        raise BulkPreviewExpired


def refuse_changed(item: Item, version: int) -> None:
    """Raises CaseMovedOn."""
    if item.version != version:
        raise CaseMovedOn
