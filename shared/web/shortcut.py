"""A way past the framework for the few endpoints that a whole city calls at once.

The endpoint is declared as a route like any other, so that it stands in the OpenAPI document. The
edge takes it before the router does, with the same size limits, request ids, log lines, metrics and
problems.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.types import Receive, Scope, Send

from shared.errors import DomainError
from shared.web.problems import fields_error, problem

Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Shortcut:
    """`path` within the service, without parameters."""

    method: str
    path: str
    endpoint: Endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["route"] = self
        response = await self._answer(Request(scope, receive, send))
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        try:
            return await self.endpoint(request)
        except DomainError as error:
            return problem(error)
        except RequestValidationError as invalid:
            return problem(fields_error(invalid.errors()))
