"""The contracts: published schemas never change, and everybody hears what they said they hear."""

from __future__ import annotations

import importlib

import pytest

from deploy.documents import schemas
from shared.contracts import catalogue, heard_by
from shared.definition import Definition
from shared.messaging.transport import SERVICES


def test_every_published_schema_is_as_it_was_published() -> None:
    wanted = schemas.documents()
    present = {path: path.read_text(encoding="utf-8") for path in schemas.FOLDER.glob("*.json")}
    assert {path.name for path in wanted} == {path.name for path in present}
    assert [path.name for path in wanted if present[path] != wanted[path]] == []


@pytest.mark.parametrize("service", SERVICES)
def test_the_handlers_of_a_service_are_its_part_of_the_audience(service: str) -> None:
    definition: Definition = importlib.import_module(f"services.{service}.app").service
    handled = set(definition.subscriptions.by_type)
    assert handled == {event.name for event in heard_by(service)}


@pytest.mark.parametrize("event", catalogue(), ids=lambda event: event.name)
def test_an_event_is_named_after_its_publisher_in_the_past_tense(event: type) -> None:
    publisher, _, fact = event.name.partition(".")  # type: ignore[attr-defined]
    assert publisher in SERVICES
    assert fact.rsplit("_", 1)[-1] not in {"create", "update", "send"}
    assert event.__doc__
