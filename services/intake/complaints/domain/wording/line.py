"""A line of the timeline, and the table of who writes it for which event."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from services.intake.complaints.domain.promises import due
from services.intake.complaints.domain.words import in_words
from shared.contracts.routing import CaseEvent, CaseState
from shared.rulebook import ClockKind

E = TypeVar("E", bound=CaseEvent)

HUB = "综治中心"
RESULT_CLOCKS = (
    ClockKind.FEEDBACK,
    ClockKind.SMALL_RESOLVE,
    ClockKind.MEDIUM_RESOLVE,
    ClockKind.MAJOR_RESULT,
)


@dataclass(frozen=True)
class Line:
    """What happened, in one word and in a sentence; who acts, and until when."""

    title: str
    text: str
    who: str | None = None
    until: datetime | None = None


Writer = Callable[[Any, str | None], Line | None]

WRITERS: dict[type[CaseEvent], Writer] = {}


def writes(event: type[E]) -> Callable[[Callable[[E, str | None], Line | None]], Writer]:
    """The decorated function writes the line; its second argument is the opened reply or note."""

    def register(writer: Callable[[E, str | None], Line | None]) -> Writer:
        WRITERS[event] = writer
        return writer

    return register


def handler(case: CaseState) -> str:
    return case.handler.display_name if case.handler else HUB


def before(moment: datetime | None, what: str) -> str:
    """E.g. 将于3月9日 24:00前反馈结果; nothing is promised without a clock."""
    return f"，将于{in_words(moment)}前{what}" if moment else ""


def result_due(case: CaseState) -> datetime | None:
    return due(case, *RESULT_CLOCKS)
