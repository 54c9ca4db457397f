"""A call as Tencent Cloud API 3.0 takes it: signature, time, version and parameters."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from shared.sms.tc3 import Tc3Key, Tc3Request, authorization

SKEW = timedelta(minutes=5)
VERSION = "2021-01-11"
PARAMETERS = {
    "PullSmsSendStatus": {"Limit", "SmsSdkAppId"},
    "SendSms": {"PhoneNumberSet", "SmsSdkAppId", "TemplateId"},
    "PullSmsSendStatusByPhoneNumber": {
        *("BeginTime", "Offset", "Limit", "PhoneNumber", "SmsSdkAppId"),
    },
}


class SmsRefusal(Exception):
    """Raised inside the simulator; becomes `Response.Error` or the `Code` of a status."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        self.message = message
        super().__init__(code)


@dataclass(frozen=True)
class SignedCall:
    """Headers (lower case) and body as they arrived; the host is part of what is signed."""

    headers: Mapping[str, str]
    content: bytes

    @property
    def action(self) -> str:
        return self.headers.get("x-tc-action", "")


def check_signature(call: SignedCall, key: Tc3Key, now: datetime) -> None:
    """Raises SmsRefusal with the vendor's AuthFailure codes."""
    timestamp = call.headers.get("x-tc-timestamp", "")
    if not timestamp.isdecimal():
        raise SmsRefusal("MissingParameter", "X-TC-Timestamp")
    if abs(now.timestamp() - int(timestamp)) > SKEW.total_seconds():
        raise SmsRefusal("AuthFailure.SignatureExpire", "the signature has expired")
    given = call.headers.get("authorization", "")
    if f"Credential={key.secret_id}/" not in given:
        raise SmsRefusal("AuthFailure.SecretIdNotFound", "no such SecretId")
    host = call.headers.get("host", "")
    request = Tc3Request("sms", host, call.action, int(timestamp), call.content)
    if not secrets.compare_digest(given, authorization(key, request)):
        raise SmsRefusal("AuthFailure.SignatureFailure", "the signature is wrong")


def body_of(call: SignedCall) -> dict[str, Any]:
    """The parameters of a known action; raises SmsRefusal."""
    if call.action not in PARAMETERS:
        raise SmsRefusal("InvalidAction", "no such action")
    if call.headers.get("x-tc-version") != VERSION:
        raise SmsRefusal("NoSuchVersion", "no such version")
    try:
        body = json.loads(call.content)
    except ValueError:
        raise SmsRefusal("FailedOperation.JsonParseFail", "no JSON") from None
    missing = PARAMETERS[call.action] - set(body)
    if missing:
        raise SmsRefusal("MissingParameter", ", ".join(sorted(missing)))
    return dict(body)
