"""The fields of a form as pairs, urlencoded or multipart: for doors that others have defined."""

from __future__ import annotations

from urllib.parse import parse_qsl

from fastapi import Request
from starlette.exceptions import HTTPException as Unparsable
from starlette.requests import ClientDisconnect

from shared.errors import BadRequest

MULTIPART = "multipart/form-data"
FIELDS_AT_MOST = 500
OTHER_FORMATS = ("json", "xml")  # within a content type
OTHER_BEGINNINGS = (b"{", b"[", b"<")  # of a body; no field is called so
AS_BYTES = b"latin-1"  # the charset in which every byte is a character

Pairs = list[tuple[str, str]]


class FormMalformed(BadRequest):
    """The body is not a form, or has too many fields."""

    code = "FORM_MALFORMED"
    chinese = "请求正文不是合法的表单，或字段过多。"


class FormNotUtf8(BadRequest):
    """The text is not encoded in UTF-8."""

    code = "FORM_NOT_UTF8"
    chinese = "请求中的文字不是 UTF-8 编码，请转换后再提交。"


class FormNeeded(BadRequest):
    """The body must be form encoded: application/x-www-form-urlencoded or multipart/form-data."""

    code = "FORM_NEEDED"
    chinese = "请求正文须为表单编码（application/x-www-form-urlencoded）。"


async def pairs_of(request: Request) -> Pairs:
    """As sent, repetitions included; text is UTF-8 whatever the header says. Files are left out.

    Raises FormNeeded, FormNotUtf8 or FormMalformed.
    """
    kind = request.headers.get("content-type", "").lower()
    if any(each in kind.partition(";")[0] for each in OTHER_FORMATS):
        raise FormNeeded
    try:
        if kind.startswith(MULTIPART):
            return await _multipart(request)
        body = await request.body()
    except (Unparsable, ClientDisconnect):
        raise FormMalformed from None
    if body.lstrip().startswith(OTHER_BEGINNINGS):
        raise FormNeeded
    return pairs_in(body)


def pairs_in(encoded: bytes) -> Pairs:
    """Of a query or a body. Raises FormNotUtf8 or FormMalformed."""
    try:
        return parse_qsl(
            encoded.decode(),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=FIELDS_AT_MOST,
        )
    except UnicodeDecodeError:
        raise FormNotUtf8 from None
    except ValueError:
        raise FormMalformed from None


async def _multipart(request: Request) -> Pairs:
    """The framework takes what it cannot read for latin-1, so everything is read as that first."""
    headers = [
        (name, value + b"; charset=" + AS_BYTES if name == b"content-type" else value)
        for name, value in request.scope["headers"]
    ]
    plain = Request({**request.scope, "headers": headers}, request.receive)
    async with plain.form(max_files=20, max_fields=FIELDS_AT_MOST) as form:
        return [
            (_utf8(name), _utf8(value))
            for name, value in form.multi_items()
            if isinstance(value, str)
        ]


def _utf8(text: str) -> str:
    """Raises FormNotUtf8."""
    try:
        return text.encode(AS_BYTES.decode()).decode()
    except UnicodeDecodeError:
        raise FormNotUtf8 from None
