"""The text messages that the operator has had approved, by our names for them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from pydantic import BaseModel, ConfigDict, Field

STANDARD = "您的事项{1}有新进展：{2}。详情请打开微信小程序查看。"
DATED = "您的事项{1}有新进展：{2}，{3}。详情请打开微信小程序查看。"


class TextTemplate(BaseModel):
    """`text` is what was approved, with {1} for the number of the matter, {2} for its state and {3}
    for the date, where the notice has one: it is counted to know what a message will cost.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    template_id: str = Field(min_length=1)
    text: str = Field(default=STANDARD, min_length=1)

    def filled(self, *words: str) -> str:
        dated = self.text == STANDARD and len(words) > STANDARD.count("{")
        text = DATED if dated else self.text
        for number, word in enumerate(words, start=1):
            text = text.replace(f"{{{number}}}", word)
        return text


Texts = Mapping[str, TextTemplate]


def parse(given: str) -> Texts:
    """Reads `{"N03": "<template id>", "N11": {"template_id": "…", "text": "…"}}`; the first has the
    standard text. Raises ValueError.
    """
    return {str(code): _template(entry) for code, entry in json.loads(given or "{}").items()}


def embedded(codes: Iterable[str]) -> Texts:
    """The embedded provider takes every template."""
    return {code: TextTemplate(template_id=f"embedded-{code}") for code in codes}


def _template(entry: object) -> TextTemplate:
    if isinstance(entry, str):
        return TextTemplate(template_id=entry)
    return TextTemplate.model_validate(entry)
