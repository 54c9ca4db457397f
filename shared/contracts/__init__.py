"""The contracts between the services: every event, who publishes it and who hears it."""

from __future__ import annotations

import inspect

from shared.contracts import directory, intake, notify, routing, subscribing, survey
from shared.contracts.event import Envelope, Event, PublicState

__all__ = ["Envelope", "Event", "PublicState", "catalogue", "event_class", "heard_by"]


def catalogue() -> tuple[type[Event], ...]:
    """Every published event class, in the order of its declaration."""
    return tuple(_CATALOGUE.values())


def event_class(name: str, version: int) -> type[Event] | None:
    return _CATALOGUE.get((name, version))


def known_name(name: str) -> bool:
    return name in _NAMES


def heard_by(service: str) -> tuple[type[Event], ...]:
    """The events whose audience names `service`."""
    return tuple(event for event in catalogue() if service in event.audience)


def _collect() -> dict[tuple[str, int], type[Event]]:
    found: dict[tuple[str, int], type[Event]] = {}
    for module in (intake, subscribing, directory, routing, survey, notify):
        for _, member in inspect.getmembers(module, inspect.isclass):
            if issubclass(member, Event) and "name" in vars(member):
                found[member.name, member.version] = member
    return found


_CATALOGUE = _collect()
_NAMES = frozenset(name for name, _ in _CATALOGUE)
