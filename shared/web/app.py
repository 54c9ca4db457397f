"""Builds the HTTP side of a service the same way for all four."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from fastapi import APIRouter, FastAPI, Response
from fastapi.telemetry import TelemetryConfig
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel
from sqlalchemy import text

from shared.errors import Unavailable
from shared.runtime import Runtime
from shared.web import problems
from shared.web.dependencies import CurrentRuntime
from shared.web.edge import Edge
from shared.web.problems import Dialect
from shared.web.shortcut import Shortcut

NOWHERE: Mapping[str, int] = MappingProxyType({})
NONE_ELSE: Mapping[str, Dialect] = MappingProxyType({})

operations = APIRouter(tags=["operations"])


class Health(BaseModel):
    status: str
    service: str
    database: str | None = None
    transport: str | None = None


@operations.get("/health")
async def health(current: CurrentRuntime) -> Health:
    """Alive: the process answers. Depends on nothing else."""
    return Health(status="ok", service=current.name)


@operations.get("/ready")
async def ready(current: CurrentRuntime) -> Health:
    """Ready for traffic: not draining, and the database answers."""
    if current.draining:
        raise Unavailable
    async with current.database.transaction() as session:
        await session.execute(text("SELECT 1"))
    return Health(
        status="ok", service=current.name, database="ok", transport=current.transport.name
    )


@operations.get("/metrics", include_in_schema=False)
async def metrics() -> Response:
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


# FastAPI would ask the environment for providers in every request, and log texts of exceptions
WITHOUT_TELEMETRY: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False}


def build_app(
    runtime: Runtime,
    *,
    title: str,
    routers: Sequence[APIRouter],
    uploads: Mapping[str, int] = NOWHERE,
    shortcuts: Sequence[Shortcut] = (),
    dialects: Mapping[str, Dialect] = NONE_ELSE,
) -> FastAPI:
    app = FastAPI(
        telemetry=None if _wants_telemetry(runtime) else WITHOUT_TELEMETRY,
        title=title,
        version="1",
        root_path_in_servers=False,
        responses={"4XX": _problem_response(), "5XX": _problem_response()},
    )
    app.state.runtime = runtime
    app.state.dialects = dialects
    for router in (*routers, operations):
        app.include_router(router)
    problems.install(app)
    app.add_middleware(Edge, service=runtime.name, uploads=uploads, shortcuts=shortcuts)
    return app


def _wants_telemetry(runtime: Runtime) -> bool:
    """The switch by which FastAPI sets up OpenTelemetry from the environment."""
    return runtime.settings.environment.get("FASTAPI_OTEL_AUTO_CONFIGURE", "").lower() == "true"


class Problem(BaseModel):
    """RFC 9457 problem details; `code` is stable, `title` Chinese, `detail` English."""

    type: str
    title: str
    detail: str
    status: int
    code: str
    request_id: str


def _problem_response() -> dict[str, Any]:
    return {
        "description": "RFC 9457 problem",
        "content": {"application/problem+json": {"schema": Problem.model_json_schema()}},
    }
