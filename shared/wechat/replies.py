"""Reads what the server API answers: leniently in form, strictly in meaning (wechat.md 0)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

import httpx

from shared.wechat.errors import OutcomeUnknown, error_class
from shared.wechat.redaction import scrub

Reply = dict[str, Any]

_RID = re.compile(r"[,\s]*rid: ([0-9a-f]{8}(?:-[0-9a-f]{8}){2})")


def read_reply(path: str, response: httpx.Response, hidden: Iterable[str]) -> Reply:
    """The reply of a successful call, whatever its content type says.

    Raises OutcomeUnknown when it cannot be understood, else the class of its `errcode`.
    """
    if response.status_code != httpx.codes.OK:
        raise OutcomeUnknown(path, f"HTTP {response.status_code}")
    reply = _json_object(path, response.content)
    errcode = _errcode(path, reply)
    if errcode != 0:
        errmsg, rid = _words(str(reply.get("errmsg", "")))
        raise error_class(path, errcode)(path, scrub(errmsg, hidden), errcode, rid)
    return reply


def read_picture(path: str, response: httpx.Response, hidden: Iterable[str]) -> bytes:
    """The picture, told from an error by the content type. Raises WeChatError."""
    if response.is_success and response.headers.get("content-type", "").startswith("image/"):
        return response.content
    read_reply(path, response, hidden)
    raise OutcomeUnknown(path, "the reply is no picture")


def text_of(path: str, reply: Reply, name: str) -> str:
    """A field without which the reply is worthless; numbers are taken as text."""
    value = reply.get(name)
    if not isinstance(value, str | int) or value == "":
        raise OutcomeUnknown(path, f"the reply has no {name}")
    return str(value)


def _json_object(path: str, content: bytes) -> Reply:
    try:
        reply = json.loads(content.decode("utf-8-sig"), strict=False)
    except ValueError:
        raise OutcomeUnknown(path, "the reply is not JSON") from None
    if not isinstance(reply, dict):
        raise OutcomeUnknown(path, "the reply is not a JSON object")
    return reply


def _errcode(path: str, reply: Reply) -> int:
    """Missing means 0 (tokens, jscode2session); some endpoints write it as a string."""
    try:
        return int(reply.get("errcode") or 0)
    except (TypeError, ValueError):
        raise OutcomeUnknown(path, "the reply has an errcode that is no number") from None


def _words(errmsg: str) -> tuple[str, str | None]:
    """What the vendor says, and its request id, which it appends to most messages."""
    found = _RID.search(errmsg)
    return (_RID.sub("", errmsg), found[1]) if found else (errmsg, None)
