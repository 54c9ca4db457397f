"""The runtime that a request is served by.

An app knows no runtime: it is made once in a process, because FastAPI works out for every app anew
what each endpoint asks for. Whoever serves it brings a runtime with the request.
"""

from __future__ import annotations

from dataclasses import dataclass

from starlette.types import ASGIApp, Receive, Scope, Send

from shared.runtime import Runtime

RUNTIME = "liuduan.runtime"


@dataclass(frozen=True)
class Served:
    """An app, served by one runtime."""

    app: ASGIApp
    runtime: Runtime

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope[RUNTIME] = self.runtime
        await self.app(scope, receive, send)


def runtime_in(scope: Scope) -> Runtime:
    found: Runtime = scope[RUNTIME]
    return found
