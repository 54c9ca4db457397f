"""The templates of the mini-program as its administrators handle them (wechat.md 4)."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from typing import Any

from deploy.simulators.wechat.messages import Template
from deploy.simulators.wechat.refusal import Refusal

MOST, LONGEST_SCENE = 50, 15
CATEGORY = {"id": 616, "name": "政务民生"}
TITLES: Mapping[str, str] = {"1001": "业务办理进度提醒", "1002": "投诉处理结果通知"}
KEYWORDS: Mapping[int, tuple[str, str]] = {
    1: ("办理事项", "thing"),
    2: ("办理进度", "phrase"),
    3: ("办理时间", "time"),
    4: ("单号", "character_string"),
    5: ("备注", "thing"),
}
OK = {"errcode": 0, "errmsg": "ok"}
TYPES = {"one_time": 2, "long_term": 3}


class TemplateBox:
    """Works on the very templates that messages are sent with."""

    def __init__(self, templates: dict[str, Template]) -> None:
        self._templates = templates

    def categories(self) -> dict[str, Any]:
        return OK | {"data": [CATEGORY]}

    def titles(self, query: Mapping[str, str]) -> dict[str, Any]:
        start, limit = int(query.get("start", 0)), min(int(query.get("limit", 30)), 30)
        rows = [{"tid": int(tid), "title": title, "type": 3, "categoryId": str(CATEGORY["id"])}
                for tid, title in TITLES.items()]  # fmt: skip
        return OK | {"count": len(rows), "data": rows[start : start + limit]}

    def keywords(self, query: Mapping[str, str]) -> dict[str, Any]:
        if query.get("tid") not in TITLES:
            raise Refusal(200014)
        rows = [{"kid": kid, "name": name, "example": name, "rule": rule}
                for kid, (name, rule) in KEYWORDS.items()]  # fmt: skip
        return OK | {"count": len(rows), "data": rows}

    def add(self, body: Mapping[str, Any]) -> dict[str, Any]:
        kinds = [int(str(each)) for each in _listed(body.get("kidList")) if str(each).isdecimal()]
        if str(body.get("tid")) not in TITLES:
            raise Refusal(200014)
        if not 2 <= len(kinds) <= 5 or not set(kinds) <= set(KEYWORDS):
            raise Refusal(200020)
        if not 0 < len(str(body.get("sceneDesc", ""))) <= LONGEST_SCENE:
            raise Refusal(200021)
        if len(self._templates) >= MOST:
            raise Refusal(200012)
        content = "\n".join(
            f"{KEYWORDS[kid][0]}:{{{{{KEYWORDS[kid][1]}{kid}.DATA}}}}" for kid in kinds
        )
        if any(each.content == content for each in self._templates.values()):
            raise Refusal(200022)
        template = Template(
            template_id=secrets.token_urlsafe(32), content=content, type="long_term"
        )
        self._templates[template.template_id] = template
        return OK | {"priTmplId": template.template_id}

    def listed(self) -> dict[str, Any]:
        return OK | {"data": [_shown(each) for each in self._templates.values()]}

    def delete(self, body: Mapping[str, Any]) -> dict[str, Any]:
        if self._templates.pop(str(body.get("priTmplId")), None) is None:
            raise Refusal(40037)
        return dict(OK)


def _shown(template: Template) -> dict[str, Any]:
    example = re.sub(r"\{\{\w+\.DATA\}\}", "示例", template.content)
    shown: dict[str, Any] = {
        "priTmplId": template.template_id,
        "title": "业务办理进度提醒",
        "content": template.content,
        "example": example,
        "type": TYPES[template.type],
    }
    if template.enums:
        shown["keywordEnumValueList"] = [
            {"keywordCode": f"{name}.DATA", "enumValueList": values}
            for name, values in template.enums.items()
        ]
    return shown


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else [value]
