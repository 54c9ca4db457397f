"""What a person gets who asks for everything, or leaves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from services.intake.erasure.domain.promises import ERASED, KEPT


class Part(BaseModel):
    """What one table keeps; `source` is its service and name."""

    source: str
    title: str
    items: list[dict[str, Any]]


class Elsewhere(BaseModel):
    """What another service keeps, and what it is called with to show it."""

    source: str
    title: str
    call: str | None


class ExportOut(BaseModel):
    made_at: datetime
    parts: list[Part]
    elsewhere: list[Elsewhere]


class Kept(BaseModel):
    what: str
    why: str


class ErasureOut(BaseModel):
    """What is gone from now on, and what has to stay without leading to the person."""

    erased: list[str]
    kept: list[Kept]

    @classmethod
    def promised(cls) -> ErasureOut:
        return cls(
            erased=list(ERASED), kept=[Kept(what=what, why=why) for what, why in KEPT.items()]
        )


ELSEWHERE: Sequence[Elsewhere] = (
    Elsewhere(source="notify.owner_copy", title="用于通知的微信身份标识和手机号", call=None),
    Elsewhere(source="notify.message", title="站内消息", call="GET /notify/inbox"),
    Elsewhere(source="notify.wechat_consent", title="订阅记录", call="GET /notify/subscriptions"),
    Elsewhere(source="survey.visit", title="回访和评价", call="GET /survey/visits"),
    Elsewhere(source="routing.case_complaint", title="办理单位看到的诉求内容", call=None),
)
