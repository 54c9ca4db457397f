"""What the OpenAPI document says of the facade, and how an address is given with and without
extension. The bodies are others' forms, read leniently, so the framework cannot tell them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from fastapi import APIRouter, Response

Endpoint = Callable[..., Awaitable[Response]]
Json = dict[str, Any]

EXTENSION: Json = {
    "name": "format",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "enum": ["json", "xml"]},
}
ERRORS: Json = {
    "description": "What is wrong, as a list",
    "content": {
        "application/json": {
            "schema": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["code", "description"],
                    "properties": {
                        "code": {"type": "integer"},
                        "description": {"type": "string"},
                    },
                },
            }
        },
        "text/xml": {},
    },
}
RESPONSES: dict[int | str, Json] = {"4XX": ERRORS}

PERIOD = ("start_date", "end_date")
SENT = (
    *("api_key", "jurisdiction_id", "service_code", "lat", "long", "address_string", "address_id"),
    *("email", "device_id", "account_id", "first_name", "last_name", "phone", "description"),
    "media_url",
)
SENT_IN_UPDATES = (
    *("api_key", "jurisdiction_id", "service_request_id", "update_id", "status"),
    *("updated_datetime", "description", "email", "first_name", "last_name", "phone"),
    *("account_id", "media_url"),
)


def listed(*names: str) -> Json:
    return {"type": "array", "items": described(*names)}


def described(*names: str) -> Json:
    return {"type": "object", "required": list(names)}


def serve(
    router: APIRouter,
    method: str,
    path: str,
    answer: Json,
    *,
    query: Sequence[str] = (),
    sent: Sequence[str] = (),
) -> Callable[[Endpoint], Endpoint]:
    """The same under `path.xml` and `path.json`, and under `path` alone (Accept, else JSON)."""

    def register(endpoint: Endpoint) -> Endpoint:
        for address, extension in ((f"{path}.{{format}}", [EXTENSION]), (path, [])):
            router.add_api_route(
                address,
                endpoint,
                methods=[method],
                response_class=Response,
                responses={200: _answered(answer), **RESPONSES},
                openapi_extra=_extra([*extension, *_queried(query), *_in_path(path)], sent),
            )
        return endpoint

    return register


def _answered(answer: Json) -> Json:
    return {"content": {"application/json": {"schema": answer}, "text/xml": {}}}


def _queried(names: Sequence[str]) -> list[Json]:
    asked = ("jurisdiction_id", *names)
    return [{"name": name, "in": "query", "schema": {"type": "string"}} for name in asked]


def _in_path(path: str) -> list[Json]:
    names = [part.strip("{}") for part in path.split("/") if part.startswith("{")]
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in names
    ]


def _extra(parameters: list[Json], sent: Sequence[str]) -> Json:
    extra: Json = {"parameters": [{"required": False, **each} for each in parameters]}
    if sent:
        form = {
            "type": "object",
            "properties": {name: {"type": "string"} for name in sent},
            "additionalProperties": {"type": "string"},
        }
        kinds = ("application/x-www-form-urlencoded", "multipart/form-data")
        extra["requestBody"] = {"content": {kind: {"schema": form} for kind in kinds}}
    return extra
