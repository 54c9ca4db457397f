"""What owners are told of a public notice about their estate (N16)."""

from __future__ import annotations

from collections.abc import Mapping

from services.notify.messages.domain.notice import Notice, Template
from shared.contracts.notify import NoticePublished

TRIGGERS: Mapping[str, str] = {
    "SURVEY_RESULT": "E05",
    "BULLETIN": "D10",
    "QUALITY_REPORT": "E23",
    "OTHER": "NOTICE",
}


def _of_kind(kind: str, trigger: str) -> Notice:
    return Notice(
        "N16",
        trigger,
        NoticePublished,
        Template.NOTICE,
        title="小区公示",
        phrase="已公示",
        sentences={
            "about": "{category}：《{title}》已发布。",
            "link": "查看全文：{link}",
        },
        when=lambda published: published.notice.kind == kind,
    )


NOTICES: tuple[Notice, ...] = tuple(_of_kind(*each) for each in TRIGGERS.items())
