"""The vocabulary of a work order of 12345 (facts 2.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum


class OrderSource(StrEnum):
    """How it reached the hotline."""

    PHONE = "PHONE"
    WEB = "WEB"
    APP = "APP"
    WECHAT = "WECHAT"
    MAIL = "MAIL"
    OTHER = "OTHER"


class RequestType(StrEnum):
    CONSULTATION = "CONSULTATION"
    HELP = "HELP"
    COMPLAINT = "COMPLAINT"
    REPORT = "REPORT"
    SUGGESTION = "SUGGESTION"
    PRAISE = "PRAISE"


REQUEST_TYPES: Mapping[RequestType, str] = {
    RequestType.CONSULTATION: "咨询",
    RequestType.HELP: "求助",
    RequestType.COMPLAINT: "投诉",
    RequestType.REPORT: "举报",
    RequestType.SUGGESTION: "建议",
    RequestType.PRAISE: "表扬",
}


class Urgency(StrEnum):
    NORMAL = "NORMAL"
    URGENT = "URGENT"
    VERY_URGENT = "VERY_URGENT"


class Gender(StrEnum):
    FEMALE = "FEMALE"
    MALE = "MALE"


def corrected_words(before: Sequence[str | None], now: Sequence[str | None]) -> str | None:
    """What an order says otherwise than before: of title, text and place. None for nothing."""
    names = ("标题", "内容", "地点")
    said = [
        f"{name}更正为：{after}"
        for name, earlier, after in zip(names, before, now, strict=True)
        if after and after != earlier
    ]
    return "；".join(said) or None
