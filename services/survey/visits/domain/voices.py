"""How an answer came, and why there is none: both are counted (X33, facts 2.11)."""

from __future__ import annotations

from enum import StrEnum


class Through(StrEnum):
    OWNER = "OWNER"  # 小程序回访
    INTAKE = "INTAKE"  # 诉求详情中确认
    PHONE = "PHONE"  # 电话回访，由回访人员代为登记


class Silence(StrEnum):
    ATTEMPTS = "ATTEMPTS"  # 多次拨打未接通
    REFUSED = "REFUSED"  # 拒绝评价
    TIME = "TIME"  # 回访期限届满
    CLOSED = "CLOSED"  # 案件已办结，不再拨打
