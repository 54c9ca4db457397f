"""Builds the HTTP side of a service the same way for all four."""

from __future__ import annotations

from functools import cache
from typing import Any

from fastapi import APIRouter, FastAPI, Response
from fastapi.telemetry import TelemetryConfig
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel
from sqlalchemy import text

from shared.errors import Unavailable
from shared.settings import Settings
from shared.web import problems
from shared.web.anybody import ForAnybody
from shared.web.dependencies import CurrentRuntime
from shared.web.edge import Edge
from shared.web.front import Front

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


@cache
def app_of(front: Front, *, telemetry: bool) -> FastAPI:
    """The one app of this front in this process; `Served` brings it a runtime."""
    app = FastAPI(
        telemetry=None if telemetry else WITHOUT_TELEMETRY,
        title=front.title,
        version="1",
        root_path_in_servers=False,
        responses={"4XX": _problem_response(), "5XX": _problem_response()},
    )
    app.state.dialects = front.dialects
    for router in (*front.routers, operations):
        app.include_router(router)
    problems.install(app)
    app.add_middleware(Edge, uploads=front.uploads, shortcuts=front.shortcuts)
    app.add_middleware(ForAnybody, below=front.for_anybody)  # outermost: of all that is answered
    return app


def wants_telemetry(settings: Settings) -> bool:
    """The switch by which FastAPI sets up OpenTelemetry from the environment."""
    return settings.environment.get("FASTAPI_OTEL_AUTO_CONFIGURE", "").lower() == "true"


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
