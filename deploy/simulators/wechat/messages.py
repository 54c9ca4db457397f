"""Subscribe messages: templates, allowances per person and template, and what was sent."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from datetime import datetime
from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from deploy.simulators.wechat.field_rules import is_accepted
from deploy.simulators.wechat.refusal import Refusal

FIRST_MSGID = 4226302311221346304


class Template(BaseModel):
    """As `gettemplate` shows it; `content` holds the placeholders, e.g. `{{thing1.DATA}}`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    template_id: str
    content: str
    type: Literal["one_time", "long_term"] = "one_time"
    enums: dict[str, list[str]] = Field(default_factory=dict)

    def names(self) -> list[str]:
        return re.findall(r"\{\{(\w+)\.DATA\}\}", self.content)


class SentMessage(BaseModel):
    """A message as it lies in the person's service notifications."""

    model_config = ConfigDict(frozen=True)

    msgid: int
    openid: str
    template_id: str
    page: str | None
    data: dict[str, str]
    miniprogram_state: str
    sent_at: AwareDatetime


class Messages:
    """`pages` are those of the released version; None lets every page pass."""

    def __init__(self, templates: Collection[Template], pages: Collection[str] | None) -> None:
        self.templates = {each.template_id: each for each in templates}
        self.sent: list[SentMessage] = []
        self._pages = None if pages is None else frozenset(pages)
        self._allowance: Counter[tuple[str, str]] = Counter()

    def subscribe(self, openid: str, template_id: str, prompts: int) -> int:
        """The person accepted `prompts` prompts; answers the allowance after that."""
        self._template(template_id)
        self._allowance[openid, template_id] += prompts
        return self._allowance[openid, template_id]

    def unsubscribe(self, openid: str, template_id: str) -> None:
        """The person switched the template off in the settings."""
        self._allowance[openid, template_id] = 0

    def send(self, body: dict[str, Any], now: datetime) -> int:
        """Records the message and answers its msgid; raises Refusal. Only success spends."""
        openid = str(body.get("touser"))
        template = self._template(body.get("template_id"))
        self._check_page(body.get("page"))
        data = _checked(template, body.get("data"))
        self._spend(openid, template)
        message = SentMessage(
            msgid=FIRST_MSGID + len(self.sent),
            openid=openid,
            template_id=template.template_id,
            page=body.get("page"),
            data=data,
            miniprogram_state=body.get("miniprogram_state", "formal"),
            sent_at=now,
        )
        self.sent.append(message)
        return message.msgid

    def _template(self, template_id: object) -> Template:
        template = self.templates.get(str(template_id))
        if template is None:
            raise Refusal(40037)
        return template

    def _check_page(self, page: str | None) -> None:
        if not page or self._pages is None:
            return
        if page.partition("?")[0] not in self._pages:
            raise Refusal(41030)

    def _spend(self, openid: str, template: Template) -> None:
        key = (openid, template.template_id)
        if self._allowance[key] <= 0:
            raise Refusal(43101)
        if template.type == "one_time":
            self._allowance[key] -= 1


def _checked(template: Template, data: object) -> dict[str, str]:
    """The values by field; 47003 names the first bad one, as the vendor does."""
    fields = data if isinstance(data, dict) else {}
    values: dict[str, str] = {}
    for name in template.names():
        value = fields[name].get("value") if isinstance(fields.get(name), dict) else None
        if not is_accepted(name, value, template.enums):
            problem = "is empty" if not value else "invalid"
            raise Refusal(47003, f" data.{name}.value {problem}")
        values[name] = str(value)
    return values
