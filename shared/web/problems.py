"""The one way an error becomes a response: RFC 9457, Chinese and English, with a stable `code`.

Where a service speaks somebody else's protocol, the addresses below a prefix have a `Dialect`: a
function that says the same error in the words of that protocol.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException as RoutingFailure
from starlette.types import Scope
from structlog import get_logger

from shared import errors
from shared.database import database_is_away
from shared.tracing import current_trace

STATUS: Mapping[type[errors.DomainError], int] = {
    errors.BadRequest: 400,
    errors.Unauthenticated: 401,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.TooLarge: 413,
    errors.Invalid: 422,
    errors.TooMany: 429,
    errors.Unavailable: 503,
    errors.TryLater: 503,
}
RETRY_AFTER = 2  # seconds
IDEMPOTENCY_KEY = "Idempotency-Key"
KEY_DESCRIPTION = "Unique for what is to happen once; the same again gets the first answer."

Dialect = Callable[[Scope, errors.DomainError, int], Response]

logger = get_logger(__name__)


class MalformedJson(errors.BadRequest):
    """The body is not JSON."""

    code = "MALFORMED_JSON"
    chinese = "请求正文不是合法的 JSON。"


class InvalidFields(errors.Invalid):
    """Some fields are missing or malformed; `errors` lists them."""

    code = "INVALID_FIELDS"
    chinese = "部分字段缺失或格式不正确。"


class TextNotStorable(errors.Invalid):
    """A text contains the NUL character."""

    code = "TEXT_NOT_STORABLE"
    chinese = "文本中含有空字符（NUL），无法保存。"


class TextNotUnicode(errors.Invalid):
    """A text contains half of a surrogate pair."""

    code = "TEXT_NOT_UNICODE"
    chinese = "文本不是合法的 Unicode。"


class IdempotencyKeyMissing(errors.BadRequest):
    """This request needs an Idempotency-Key header."""

    code = "IDEMPOTENCY_KEY_MISSING"
    chinese = "缺少 Idempotency-Key 请求头。"


class PathNotFound(errors.NotFound):
    """There is no such address."""

    code = "PATH_NOT_FOUND"
    chinese = "没有这个地址。"


class MethodNotAllowed(errors.DomainError):
    """This address does not take that method."""

    code = "METHOD_NOT_ALLOWED"
    chinese = "此地址不支持该请求方法。"


class InternalFailure(errors.DomainError):
    """Something went wrong on our side; it has been logged."""

    code = "INTERNAL_FAILURE"
    chinese = "系统内部错误，已记录。"


SPECIAL_FIELD_ERRORS: Mapping[str, type[errors.DomainError]] = {
    "json_invalid": MalformedJson,
    "nul_character": TextNotStorable,
    "lone_surrogate": TextNotUnicode,
    "string_unicode": TextNotUnicode,
}


def status_of(error: errors.DomainError) -> int:
    kinds = (STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    return next(kinds, 500)


def answer(scope: Scope, error: errors.DomainError, *, status: int | None = None) -> Response:
    """The response for `error` in the dialect of the address that was asked."""
    speak = _dialect_of(scope)
    if speak is None:
        return problem(error, status=status)
    return speak(scope, error, status or status_of(error))


def _dialect_of(scope: Scope) -> Dialect | None:
    spoken: Mapping[str, Dialect] = getattr(scope["app"].state, "dialects", {})
    path = path_within(scope)
    found = (speak for prefix, speak in spoken.items() if f"{path}/".startswith(f"{prefix}/"))
    return next(found, None)


def path_within(scope: Scope) -> str:
    """Without what the service is mounted under."""
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", ""))


def problem(error: errors.DomainError, *, status: int | None = None) -> JSONResponse:
    """The response for `error`."""
    code = status or status_of(error)
    return JSONResponse(
        members_of(error, status=code),
        status_code=code,
        headers=_headers(code, error.details.get("retry_after_seconds", RETRY_AFTER)),
        media_type="application/problem+json",
    )


def members_of(error: errors.DomainError, *, status: int | None = None) -> dict[str, Any]:
    """What a problem says; the details of the error become members of it."""
    return error.details | {
        "type": f"/problems/{error.code}",
        "title": error.chinese,
        "detail": error.english,
        "status": status or status_of(error),
        "code": error.code,
        "request_id": str(current_trace().correlation_id),
    }


def install(app: FastAPI) -> None:
    app.add_exception_handler(errors.DomainError, _domain_error)
    app.add_exception_handler(RequestValidationError, _invalid_request)
    app.add_exception_handler(RoutingFailure, _routing_failure)


async def _domain_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, errors.DomainError)
    return answer(request.scope, error)


async def _invalid_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return answer(request.scope, fields_error(error.errors()))


def fields_error(found: Sequence[Any]) -> errors.DomainError:
    """The one error that says what is wrong with fields, from what pydantic found."""
    if any(_is_missing_key(field) for field in found):
        return IdempotencyKeyMissing()
    for field in found:
        if special := SPECIAL_FIELD_ERRORS.get(field["type"]):
            return special()
    return InvalidFields(errors=[_field(field) for field in found])


def _is_missing_key(field: Mapping[str, Any]) -> bool:
    return bool(field["type"] == "missing" and field["loc"] == ("header", IDEMPOTENCY_KEY))


def _field(field: Mapping[str, Any]) -> dict[str, str]:
    """Where and what, never the value: it may be personal."""
    place = "/".join(str(part) for part in field["loc"])
    return {"pointer": f"/{place}", "code": field["type"], "detail": _plain(field)}


def _plain(field: Mapping[str, Any]) -> str:
    return str(field["msg"]).encode("utf-8", "replace").decode()


async def path_not_found(_: Request, __: Exception) -> JSONResponse:
    """For the origin itself, outside of any service."""
    return problem(PathNotFound())


async def _routing_failure(request: Request, error: Exception) -> Response:
    assert isinstance(error, RoutingFailure)
    if error.status_code == 404:
        return answer(request.scope, PathNotFound())
    if error.status_code == 405:
        return answer(request.scope, MethodNotAllowed(), status=405)
    return answer(request.scope, errors.BadRequest(), status=error.status_code)


def unexpected(scope: Scope, error: Exception) -> Response:
    """For what nobody foresaw: logged here, told without a detail."""
    if database_is_away(error):
        logger.warning("database_away", error=type(error).__name__)
        return answer(scope, errors.Unavailable())
    logger.error("unexpected_failure", error=type(error).__name__, exc_info=error)
    return answer(scope, InternalFailure(), status=500)


def _headers(status: int, wait: int) -> dict[str, str]:
    if status == 401:
        return {"WWW-Authenticate": "Bearer"}
    return {"Retry-After": str(wait)} if status in (429, 503) else {}
