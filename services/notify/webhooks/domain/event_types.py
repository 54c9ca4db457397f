"""The catalogue: everything an organisation can be told, what it means, and for whom it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.notify.webhooks.domain.audience import FOR_COURTS, FOR_DEPARTMENTS
from services.notify.webhooks.domain.meanings import MEANINGS, Meaning
from services.notify.webhooks.domain.payload import TEST, Payload, TestPayload, shape_of
from shared.contracts.routing import CaseEvent
from shared.errors import Invalid, NotFound
from shared.identity import End


class EventTypeUnknown(Invalid):
    """There is no such event type, or it never reaches an organisation of your kind."""

    code = "EVENT_TYPE_UNKNOWN"
    chinese = "没有这种事件类型，或该类型不会推送给本单位。"


class NoSuchEventType(NotFound):
    """There is no such event type."""

    code = "EVENT_TYPE_NOT_FOUND"
    chinese = "没有这种事件类型。"


@dataclass(frozen=True)
class EventType:
    """`ends` are those whose organisations can be told; `shape` is what the body says."""

    name: str
    meaning: Meaning
    ends: tuple[End, ...]
    shape: type[Payload]


def _case_event(event: type[CaseEvent], end: End) -> EventType:
    return EventType(event.name, MEANINGS[event], (end,), shape_of(event))


TEST_TYPE = EventType(
    name=TEST,
    meaning=Meaning(
        "测试事件",
        "本单位自己要求发送的测试推送，与任何案件无关，不受事件筛选限制。",
        "A delivery that your organisation asked for, to see that it arrives. No filter stops it.",
    ),
    ends=(End.DEPARTMENT, End.COURT),
    shape=TestPayload,
)

CATALOGUE: Sequence[EventType] = (
    *(_case_event(event, End.DEPARTMENT) for event in FOR_DEPARTMENTS),
    *(_case_event(event, End.COURT) for event in FOR_COURTS),
    TEST_TYPE,
)


def refuse_unknown_types(asked: Sequence[str], end: End) -> None:
    """Tests are for everybody, so nobody asks for them. Raises EventTypeUnknown."""
    known = {each.name for each in CATALOGUE if end in each.ends and each is not TEST_TYPE}
    unknown = sorted(set(asked) - known)
    if unknown:
        raise EventTypeUnknown(unknown=unknown)


def event_type(name: str) -> EventType:
    """Raises NoSuchEventType."""
    for each in CATALOGUE:
        if each.name == name:
            return each
    raise NoSuchEventType
