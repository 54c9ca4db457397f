"""The fields of a form as pairs, urlencoded or multipart: for doors that others have defined."""

from __future__ import annotations

from urllib.parse import parse_qsl

from fastapi import Request
from starlette.exceptions import HTTPException as Unparsable
from starlette.requests import ClientDisconnect

from shared.errors import BadRequest

MULTIPART = "multipart/form-data"
FIELDS_AT_MOST = 500

Pairs = list[tuple[str, str]]


class FormMalformed(BadRequest):
    """The body is not a form, or has too many fields."""

    code = "FORM_MALFORMED"
    chinese = "请求正文不是合法的表单，或字段过多。"


async def pairs_of(request: Request) -> Pairs:
    """As sent, repetitions included; text is UTF-8 whatever the header says. Files are left out.

    Raises FormMalformed.
    """
    try:
        if request.headers.get("content-type", "").lower().startswith(MULTIPART):
            return await _multipart(request)
        return pairs_in(await request.body())
    except (Unparsable, ClientDisconnect):
        raise FormMalformed from None


def pairs_in(encoded: bytes) -> Pairs:
    """Of a query or a body. Raises FormMalformed."""
    try:
        return parse_qsl(
            encoded.decode("utf-8", "replace"),
            keep_blank_values=True,
            max_num_fields=FIELDS_AT_MOST,
        )
    except ValueError:
        raise FormMalformed from None


async def _multipart(request: Request) -> Pairs:
    async with request.form(max_files=20, max_fields=FIELDS_AT_MOST) as form:
        return [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
