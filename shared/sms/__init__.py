"""Text messages: what a channel promises, and Tencent Cloud's wire format."""

from shared.sms.channel import (
    Accepted,
    Cause,
    Fate,
    NotAccepted,
    QueryFailed,
    Receipt,
    Report,
    SmsChannel,
    Submission,
    Unknown,
)
from shared.sms.tc3 import Tc3Key
from shared.sms.tencent import TencentAccount, TencentSms

__all__ = [
    "Accepted",
    "Cause",
    "Fate",
    "NotAccepted",
    "QueryFailed",
    "Receipt",
    "Report",
    "SmsChannel",
    "Submission",
    "Tc3Key",
    "TencentAccount",
    "TencentSms",
    "Unknown",
]
