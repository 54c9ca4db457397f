"""The JSON schema of every published event version: written once, never changed afterwards."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from shared.contracts import Envelope, Event, catalogue

FOLDER = Path(__file__).parents[2] / "shared" / "contracts" / "schemas"


def schema_of(event: type[Event]) -> dict[str, Any]:
    """The schema of the event's `data`, with everything it refers to."""
    schema = event.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": event.name} | schema


def documents() -> dict[Path, str]:
    """Every schema file and what must stand in it."""
    files = {
        FOLDER / f"{event.name}.{event.version}.json": schema_of(event) for event in catalogue()
    }
    files[FOLDER / "envelope.1.json"] = Envelope.model_json_schema(mode="serialization")
    return {path: _text(schema) for path, schema in files.items()}


def _text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
