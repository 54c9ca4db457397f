"""Logs never carry personal data or secrets (P23, T25)."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
import structlog

from shared.identity import new_signing_key
from shared.ids import new_id
from shared.privacy import KeyRing, Sealer, redact, redacted

JWT = "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJub2JvZHkifQ.c2lnbmF0dXJlLXNpZ25hdHVyZQ"
REFRESH = "ldr_Zm9yIHRlc3RzIG9ubHksIG5vIHNlc3Npb24gYXQgYWxs"
WEBHOOK = "whsec_Zm9yIHRlc3RzIG9ubHksIG5vdCBhIHNlY3JldA=="
OPENID = "oGZUI0egBJY1zhBYw2KhdUfwVJJE"
IN_ANY_TEXT = [
    "13900000001",
    "421202190001010001",
    "6222020000000000000",
    "鄂L12345",
    "zhang.san@example.com",
    JWT,
    REFRESH,
    WEBHOOK,
    OPENID,
]
UNDER_ITS_NAME = {
    "password": "correct horse",
    "new_password": "correct horse",
    "otp": "123456",
    "Authorization": "Basic c29tZWJvZHk6c2VjcmV0",
    "Set-Cookie": "session=1",
    "session_key": "tiihtNczf5v6AKRyjwEUhQ==",
    "jsCode": "023abc",
    "webhookSecret": "plain words",
    "id_card": "4212",
    "latitude": 29.83,
    "gps": [29.83, 114.32],
    "address": "示例小区3栋",
    "text": "楼上漏水",
    "reporter_name": "张三丰",
    "openid": "o-short",
    "contactPhone": 13900000001,
    "private_key": "MC4CAQ",
}


def logged(**fields: Any) -> str:
    """What a line of the log looks like, with a traceback of an error that repeats the values."""
    output = io.StringIO()
    log = structlog.wrap_logger(
        structlog.PrintLogger(output),
        processors=[
            structlog.processors.format_exc_info,
            redact,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=repr),
        ],
    )
    try:
        raise ValueError(f"[parameters: {fields.get('value')!r}]")
    except ValueError:
        log.error("failed", exc_info=True, **fields)
    return output.getvalue()


@pytest.mark.parametrize("canary", IN_ANY_TEXT)
@pytest.mark.parametrize("shape", ["plain", "sentence", "nested", "key", "object"])
def test_t25_no_canary_in_a_log_line(canary: str, shape: str) -> None:
    value: Any = {
        "plain": canary,
        "sentence": f"用户{canary}提交",
        "nested": {"a": [{"b": (canary,)}]},
        "key": {canary: 1},
        "object": ValueError(canary),
    }[shape]
    assert canary not in logged(value=value)


@pytest.mark.parametrize(("name", "value"), UNDER_ITS_NAME.items())
@pytest.mark.parametrize("depth", [0, 1])
def test_t25_a_telling_name_is_enough(name: str, value: Any, depth: int) -> None:
    fields = {name: value} if depth == 0 else {"inner": {name: value}}
    line = logged(**fields)
    shown = json.dumps(value, ensure_ascii=False) if isinstance(value, list) else str(value)
    assert shown not in line
    assert name in line


def test_t25_keys_and_addresses_with_passwords_are_hidden() -> None:
    pem = new_signing_key()
    line = logged(value=f"{pem} postgresql://liuduan:hunter2hunter2@db/intake Bearer abcdefghijk")
    assert pem.splitlines()[1] not in line
    assert "hunter2" not in line
    assert "abcdefghijk" not in line
    assert "@db/intake" in line


def test_sealed_values_are_logged_as_ciphertext_at_most() -> None:
    sealer = Sealer({"routing": KeyRing.generate()})
    assert "13900000001" not in logged(
        value=sealer.seal("13900000001", audience="routing", subject="x")
    )


def test_what_an_operator_needs_stays() -> None:
    fields = {
        "request_id": str(new_id()),
        "event_id": new_id(),
        "status": 409,
        "code": "CONFLICT",
        "duration": 0.0123,
        "grid_code": "421202450201001",
        "case_number": "XN421202-20260302-00017",
        "token_id": "t1",
        "house_id": "h1",
        "room_count": 3,
        "retry_at": "2026-03-02T09:00:00+08:00",
        "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "done": True,
        "nothing": None,
    }
    assert redacted(fields) == fields


def test_a_structure_without_end_is_cut() -> None:
    endless: dict[str, Any] = {}
    endless["again"] = endless
    assert "[removed]" in json.dumps(redacted(endless))
