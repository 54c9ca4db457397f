"""Tencent Cloud SMS, API version 2021-01-11: SendSms, PullSmsSendStatus and its like by number."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Any, Self

import httpx

from shared.clock import Clock
from shared.sms.channel import (
    Accepted,
    Cause,
    Fate,
    NotAccepted,
    QueryFailed,
    Receipt,
    Report,
    Submission,
    Unknown,
)
from shared.sms.tc3 import CONTENT_TYPE, Tc3Key, Tc3Request, authorization
from shared.sms.tencent_codes import judge

BASE_URL = "https://sms.tencentcloudapi.com"
VERSION = "2021-01-11"
TIMEOUT = httpx.Timeout(connect=3, read=5, write=5, pool=3)
LIMITS = httpx.Limits(max_connections=50, max_keepalive_connections=0)
NOTHING_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
MOST_REPORTS = 100

Answer = dict[str, Any]


@dataclass(frozen=True)
class TencentAccount:
    """The key, the SMS application and the approved signature (签名) shown to the reader."""

    key: Tc3Key
    app_id: str
    sign_name: str
    region: str = "ap-guangzhou"


class TencentSms:
    """An SmsChannel. Keeps no connection between calls; `template` is a TemplateId."""

    def __init__(
        self,
        account: TencentAccount,
        clock: Clock,
        base_url: str = BASE_URL,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._account = account
        self._clock = clock
        self._url = httpx.URL(base_url.rstrip("/") + "/")
        self._http = httpx.AsyncClient(timeout=TIMEOUT, limits=LIMITS, transport=transport)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        await self._http.aclose()

    async def send(
        self, phone: str, template: str, params: Sequence[str], request_id: str
    ) -> Submission:
        body = {
            "PhoneNumberSet": [_international(phone)],
            "SmsSdkAppId": self._account.app_id,
            "SignName": self._account.sign_name,
            "TemplateId": template,
            "TemplateParamSet": list(params),
            "SessionContext": request_id,
        }
        try:
            answer = await self._post("SendSms", body)
        except NOTHING_SENT as error:
            return NotAccepted(Cause.UNREACHABLE, type(error).__name__)
        except (httpx.HTTPError, _NotUnderstood) as error:
            return Unknown(type(error).__name__)
        return _submission(answer)

    async def query(self, phone: str, request_id: str, since: datetime) -> Report:
        body = {
            "BeginTime": int(since.timestamp()),
            "EndTime": int(self._clock.now().timestamp()),
            "Offset": 0,
            "Limit": MOST_REPORTS,
            "PhoneNumber": _international(phone),
            "SmsSdkAppId": self._account.app_id,
        }
        for status in await self._statuses("PullSmsSendStatusByPhoneNumber", body):
            if status.get("SessionContext") == request_id:
                return _told(status)
        return Report(Fate.UNREPORTED)

    async def receipts(self) -> Sequence[Receipt]:
        """PullSmsSendStatus: a queue that the vendor switches on for an account; 100 a call."""
        body = {"Limit": MOST_REPORTS, "SmsSdkAppId": self._account.app_id}
        return [
            Receipt(str(status.get("SessionContext", "")), _told(status))
            for status in await self._statuses("PullSmsSendStatus", body)
        ]

    async def _statuses(self, action: str, body: Mapping[str, Any]) -> list[Answer]:
        try:
            answer = await self._post(action, body)
        except (httpx.HTTPError, _NotUnderstood) as error:
            raise QueryFailed(type(error).__name__) from None
        if code := _error_code(answer):
            raise QueryFailed(code)
        return answer.get("PullSmsSendStatusSet") or []

    async def _post(self, action: str, body: Mapping[str, Any]) -> Answer:
        content = json.dumps(body, ensure_ascii=False).encode()
        response = await self._http.post(
            self._url, content=content, headers=self._headers(action, content)
        )
        return _read(response)

    def _headers(self, action: str, content: bytes) -> dict[str, str]:
        timestamp = int(self._clock.now().timestamp())
        host = self._url.netloc.decode("ascii")
        request = Tc3Request("sms", host, action, timestamp, content)
        return {
            "Authorization": authorization(self._account.key, request),
            "Content-Type": CONTENT_TYPE,
            "Host": host,
            "X-TC-Action": action,
            "X-TC-Timestamp": str(timestamp),
            "X-TC-Version": VERSION,
            "X-TC-Region": self._account.region,
        }


class _NotUnderstood(Exception): ...


def _read(response: httpx.Response) -> Answer:
    try:
        answer = response.json()["Response"]
    except (ValueError, KeyError, TypeError):
        raise _NotUnderstood from None
    if response.status_code != httpx.codes.OK or not isinstance(answer, dict):
        raise _NotUnderstood
    return answer


def _submission(answer: Answer) -> Submission:
    if code := _error_code(answer):
        return judge(code)
    match answer.get("SendStatusSet"):
        case [{"Code": "Ok", "SerialNo": serial, **rest}]:
            return Accepted(str(serial), _billed(rest.get("Fee")))
        case [{"Code": code}]:
            return judge(str(code))
    return Unknown("no status in the answer")


def _error_code(answer: Answer) -> str | None:
    error = answer.get("Error")
    return str(error.get("Code")) if isinstance(error, dict) else None


def _told(status: Answer) -> Report:
    fate = Fate.DELIVERED if status.get("ReportStatus") == "SUCCESS" else Fate.FAILED
    return Report(fate, status.get("SerialNo"), status.get("Description"))


def _billed(fee: object) -> int | None:
    """`Fee` of a status: how many messages are billed."""
    return fee if isinstance(fee, int) and fee > 0 else None


def _international(phone: str) -> str:
    """E.164; a number without a country code is a Chinese one."""
    return phone if phone.startswith("+") else f"+86{phone}"
