"""The templates that the operator has added in WeChat, by our names for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter

from services.notify.messages.domain.catalogue import Template
from services.notify.messages.domain.wording import Card
from shared.wechat import message_data

LINES: Mapping[str, str] = {
    "number": "character_string1",
    "matter": "thing2",
    "phrase": "phrase3",
    "time": "time4",
    "note": "thing5",
}


def _known_lines(fields: dict[str, str]) -> dict[str, str]:
    if not fields or not set(fields) <= set(LINES):
        raise ValueError(f"lines are some of {', '.join(LINES)}")
    return fields


class WeChatTemplate(BaseModel):
    """`fields` says in which field of the vendor's template each line of our card stands.

    `long_term` templates (政务民生 category) need no acceptance per message.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    template_id: str = Field(min_length=1)
    fields: Annotated[dict[str, str], AfterValidator(_known_lines)] = dict(LINES)
    long_term: bool = False

    @property
    def content(self) -> str:
        return "\n".join(f"{{{{{field}.DATA}}}}" for field in self.fields.values())

    def data(self, card: Card) -> dict[str, dict[str, str]]:
        """Raises FieldError when a line cannot be made to fit."""
        lines = card.lines()
        return message_data(
            self.content, {field: lines[line] for line, field in self.fields.items()}
        )


_TEMPLATES = TypeAdapter(dict[Template, WeChatTemplate])


@dataclass(frozen=True)
class TemplateBook:
    """Which templates are set up; a message whose template is not goes by another channel."""

    templates: Mapping[Template, WeChatTemplate]

    @classmethod
    def parse(cls, text: str) -> TemplateBook:
        """Reads `{"PROGRESS": {"template_id": "…"}, …}`; raises ValueError."""
        return cls(_TEMPLATES.validate_json(text) if text else {})

    @classmethod
    def embedded(cls) -> TemplateBook:
        """Those of the simulator that comes with the embedded system."""
        return cls(
            {
                template: WeChatTemplate(template_id=f"embedded-{template.lower()}")
                for template in Template
            }
        )

    def find(self, template: str) -> WeChatTemplate | None:
        return self.templates.get(Template(template))

    def named(self, template_id: str) -> Template | None:
        """Our name for a template of the vendor's."""
        found = (name for name, each in self.templates.items() if each.template_id == template_id)
        return next(found, None)

    def id_of(self, template: Template) -> str | None:
        found = self.templates.get(template)
        return found.template_id if found else None
