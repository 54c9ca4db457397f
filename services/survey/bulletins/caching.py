"""Public answers that may be kept for a while, and asked for again by their tag (RFC 9110)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from pydantic import BaseModel

from shared.web.dependencies import CurrentRuntime, Now

JSON = "application/json"
UNCHANGED: dict[int | str, dict[str, Any]] = {304: {"description": "unchanged"}}


@dataclass(frozen=True)
class Reader:
    """Who asks: what is kept already, and for how long an answer is good."""

    kept: str
    max_age: int
    accept: str

    def json(self, found: BaseModel, *, vary: str | None = None) -> Response:
        headers = {"Vary": vary} if vary else {}
        return self.answer(Body(found.model_dump_json().encode(), JSON, headers))

    def answer(self, body: Body) -> Response:
        """304 for whoever has it by its tag."""
        tag = f'"{hashlib.sha256(body.content).hexdigest()[:32]}"'
        headers = {
            "ETag": tag,
            "Cache-Control": f"public, max-age={self.max_age}",
            **body.headers,
        }
        if self._has(tag):
            return Response(status_code=304, headers=headers)
        return Response(body.content, media_type=body.media_type, headers=headers)

    def prefers_a_page(self) -> bool:
        """Browsers name HTML; programs name JSON, or take anything."""
        return "text/html" in self.accept

    def _has(self, tag: str) -> bool:
        tags = [each.strip().removeprefix("W/") for each in self.kept.split(",")]
        return tag in tags or "*" in tags


@dataclass(frozen=True)
class Body:
    content: bytes
    media_type: str
    headers: Mapping[str, str] = field(default_factory=dict)


async def reader(request: Request, runtime: CurrentRuntime, now: Now) -> Reader:
    rules = runtime.rulebooks.in_force_at(now).transparency
    return Reader(
        kept=request.headers.get("If-None-Match", ""),
        max_age=rules.max_age_seconds,
        accept=request.headers.get("Accept", ""),
    )


PublicReader = Annotated[Reader, Depends(reader)]
