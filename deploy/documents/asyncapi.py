"""The AsyncAPI 3 document and the event catalogue, generated from the contract classes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from shared.contracts import Event, catalogue, heard_by
from shared.messaging.transport import SERVICES

DOCS = Path(__file__).parents[2] / "docs"

PUBLISHERS = ("intake", "routing", "survey", "notify")


def documents() -> dict[Path, str]:
    return {
        DOCS / "events" / "asyncapi.json": json.dumps(asyncapi(), indent=2, ensure_ascii=False)
        + "\n",
        DOCS / "events" / "README.md": catalogue_page(),
    }


def asyncapi() -> dict[str, Any]:
    """AsyncAPI 3.0.0: one channel per event type, sent by one service, received by its audience."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "六端互通 liuduan",
            "version": "1",
            "description": "Events between the four services. Payloads travel as CloudEvents 1.0.",
        },
        "defaultContentType": "application/cloudevents+json",
        "channels": {event.name: _channel(event) for event in catalogue()},
        "operations": _operations(),
        "components": {"messages": {_key(event): _message(event) for event in catalogue()}},
    }


def _key(event: type[Event]) -> str:
    return f"{event.name}.{event.version}"


def _channel(event: type[Event]) -> dict[str, Any]:
    return {
        "address": event.name,
        "messages": {_key(event): {"$ref": f"#/components/messages/{_key(event)}"}},
        "bindings": {
            "amqp": {"is": "routingKey", "exchange": {"name": "liuduan", "type": "topic"}}
        },
    }


def _message(event: type[Event]) -> dict[str, Any]:
    return {
        "name": event.name,
        "summary": _summary(event),
        "contentType": "application/cloudevents+json",
        "payload": {
            "schemaFormat": "application/schema+json;version=draft-2020-12",
            "schema": {"$ref": f"../../shared/contracts/schemas/{_key(event)}.json"},
        },
    }


def _operations() -> dict[str, Any]:
    sent = {
        f"{_publisher(event)}.sends.{event.name}": _operation("send", event)
        for event in catalogue()
    }
    received = {
        f"{service}.receives.{event.name}": _operation("receive", event)
        for service in SERVICES
        for event in heard_by(service)
    }
    return sent | received


def _operation(action: str, event: type[Event]) -> dict[str, Any]:
    return {"action": action, "channel": {"$ref": f"#/channels/{event.name}"}}


def catalogue_page() -> str:
    """The same facts for a reader."""
    parts = [
        "# Events",
        "",
        "Generated from `shared/contracts/` by `liuduan documents generate`; do not edit.",
        "Every event travels in a CloudEvents 1.0 envelope"
        " ([schema](../../shared/contracts/schemas/envelope.1.json)) and carries the public state"
        " of its aggregate after the fact, with the aggregate's version.",
    ]
    for publisher in PUBLISHERS:
        events = [event for event in catalogue() if _publisher(event) == publisher]
        if events:
            parts += ["", f"## {publisher}", "", *_rows(events)]
    return "\n".join(parts) + "\n"


def _rows(events: Sequence[type[Event]]) -> list[str]:
    rows = [
        f"| [`{event.name}`](../../shared/contracts/schemas/{_key(event)}.json) | {event.version} |"
        f" {_summary(event)} | {', '.join(event.audience) or '–'} |"
        for event in events
    ]
    return ["| event | version | meaning | heard by |", "|---|---|---|---|", *rows]


def _publisher(event: type[Event]) -> str:
    return event.name.split(".", 1)[0]


def _summary(event: type[Event]) -> str:
    return " ".join((event.__doc__ or "").split()).replace("|", "\\|")
