"""Quotas of the paths, their resets, and what became of a request (wechat.md 0)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from deploy.simulators.wechat.refusal import Refusal
from shared.clock import BEIJING

DAILY = 1_000_000
LIMITS: Mapping[str, tuple[int, int]] = {  # a day, a minute
    "/cgi-bin/stable_token": (500_000, 10_000),
    "/wxa/msg_sec_check": (2_000_000, 4_000),
    "/wxa/media_check_async": (200_000, 2_000),
    "/wxa/getwxacodeunlimit": (DAILY, 5_000),
    "/cgi-bin/message/subscribe/send": (10_000_000, 10_000),
}
RESETS_A_MONTH = 10
KEPT = timedelta(days=7)
OK = {"errcode": 0, "errmsg": "ok"}


class Quotas:
    """`used` counts calls since the last reset; `refusals` are kept by their rid."""

    def __init__(self, used: Counter[str]) -> None:
        self._used = used
        self._before: Counter[str] = Counter()
        self._resets: list[datetime] = []
        self._refusals: dict[str, tuple[datetime, str, int]] = {}

    def note(self, rid: str, path: str, errcode: int, now: datetime) -> None:
        self._refusals[rid] = (now, path, errcode)

    def of(self, body: Mapping[str, Any]) -> dict[str, Any]:
        path = str(body.get("cgi_path", ""))
        if not path.startswith("/"):
            raise Refusal(76021)
        daily, a_minute = LIMITS.get(path, (DAILY, 1_000))
        used = self._used[path] - self._before[path]
        quota = {"daily_limit": daily, "used": used, "remain": max(daily - used, 0)}
        rate = {"call_count": a_minute, "refresh_second": 60}
        return OK | {"quota": quota, "rate_limit": rate}

    def clear(self, now: datetime) -> dict[str, Any]:
        month = now.astimezone(BEIJING).strftime("%Y-%m")
        spent = [
            each for each in self._resets if each.astimezone(BEIJING).strftime("%Y-%m") == month
        ]
        if len(spent) >= RESETS_A_MONTH:
            raise Refusal(48006)
        self._resets.append(now)
        self._before = Counter(self._used)
        return dict(OK)

    def request(self, body: Mapping[str, Any], now: datetime) -> dict[str, Any]:
        rid = body.get("rid")
        if not isinstance(rid, str) or not rid:
            raise Refusal(76001)
        found = self._refusals.get(rid)
        if found is None or now - found[0] > KEPT:
            raise Refusal(76003)
        at, path, errcode = found
        request = {"invoke_time": int(at.timestamp()), "cost_in_ms": 1, "request_url": path,
                   "request_body": "", "response_body": f'{{"errcode":{errcode}}}',
                   "client_ip": "127.0.0.1"}  # fmt: skip
        return OK | {"request": request}
