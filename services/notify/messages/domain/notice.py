"""What a notice is made of; the notices themselves stand in the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from shared.contracts.event import Event


class Template(StrEnum):
    """What a person subscribes to in WeChat; each is one template of the mini-program."""

    PROGRESS = "PROGRESS"
    FEEDBACK = "FEEDBACK"
    MEDIATION = "MEDIATION"
    TASK = "TASK"
    NOTICE = "NOTICE"


def always(event: Event) -> bool:
    return True


@dataclass(frozen=True)
class Notice:
    """`phrase` has at most five characters: it is the state that WeChat shows on its card. `when`
    says of which events of the kind people are told. `date` names the fact that a text message says
    beside number and state: who reads nothing else must know that.
    """

    code: str
    trigger: str
    event: type[Event]
    template: Template
    title: str
    phrase: str
    sentences: Mapping[str, str]
    when: Callable[[Any], bool] = always
    date: str | None = None

    @property
    def text(self) -> str:
        return "".join(self.sentences.values())
