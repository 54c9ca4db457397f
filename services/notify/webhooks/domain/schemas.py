"""The JSON schema and an example of every event type, made from the payloads themselves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from services.notify.webhooks.domain.event_types import EventType
from services.notify.webhooks.domain.payload import (
    ApplicationPayload,
    CasePayload,
    PackagePayload,
    Payload,
    TestPayload,
)
from shared.clock import BEIJING
from shared.contracts.vocabulary import CaseStatus, Grade

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ORIGIN = "https://hub.example.org"

_TIME = datetime(2026, 3, 2, 9, 0, tzinfo=BEIJING)
_CASE = UUID("019cabcd-0000-7000-8000-000000000001")
_PAPER = UUID("019cabcd-0000-7000-8000-000000000002")
_ENDPOINT = UUID("019cabcd-0000-7000-8000-000000000003")
_ABOUT_THE_CASE: Mapping[str, Any] = {
    "time": _TIME,
    "case_id": _CASE,
    "case_number": "XN421202-20260302-00017",
    "state": CaseStatus.DISPATCHED,
    "grade": Grade.SMALL,
}
_EXAMPLES: Mapping[type[Payload], Mapping[str, Any]] = {
    CasePayload: {
        **_ABOUT_THE_CASE,
        "due": {"SMALL_RESOLVE": _TIME + timedelta(days=1)},
        "link": f"{ORIGIN}/routing/cases/{_CASE}",
    },
    PackagePayload: {
        **_ABOUT_THE_CASE,
        "due": {},
        "package_id": _PAPER,
        "package_number": "DJ-2026-00001",
        "link": f"{ORIGIN}/routing/court/packages/{_PAPER}",
    },
    ApplicationPayload: {
        **_ABOUT_THE_CASE,
        "due": {},
        "application_id": _PAPER,
        "application_number": "SQ-2026-00001",
        "link": f"{ORIGIN}/routing/court/applications/{_PAPER}",
    },
    TestPayload: {
        "time": _TIME,
        "endpoint_id": _ENDPOINT,
        "link": f"{ORIGIN}/notify/webhooks/endpoints/{_ENDPOINT}",
    },
}


def schema_of(kind: EventType) -> dict[str, Any]:
    """JSON Schema 2020-12 of the body. Members may be added to a body later; none is taken away."""
    schema = kind.shape.model_json_schema()
    schema["properties"]["type"] |= {"const": kind.name}
    head = {"$schema": DIALECT, "$id": f"urn:liuduan:webhook:{kind.name}", "title": kind.name}
    return head | {key: value for key, value in schema.items() if key != "title"}


def example_of(kind: EventType) -> dict[str, Any]:
    """A body of this type, about an invented case."""
    body = kind.shape.model_validate({"type": kind.name, **_EXAMPLES[kind.shape]}).written()
    example: dict[str, Any] = json.loads(body)
    return example
