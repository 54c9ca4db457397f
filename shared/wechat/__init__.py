"""The WeChat mini-program server API, in the vendor's wire format (wechat.md)."""

from shared.wechat.access_tokens import AccessTokens, Credentials
from shared.wechat.client import PhoneNumber, Session, SubscribeMessage, WeChatClient
from shared.wechat.database_token_store import DatabaseTokenStore
from shared.wechat.errors import (
    Blocked,
    Busy,
    CodeSpent,
    LongLimit,
    Malformed,
    Misconfigured,
    NotSubscribed,
    OutcomeUnknown,
    Refused,
    ShortLimit,
    TokenRejected,
    Unlisted,
    Unreachable,
    WeChatError,
)
from shared.wechat.fields import FieldError, fit, fits, message_data, placeholders
from shared.wechat.token_store import MemoryTokenStore, StoredToken, TokenStore
from shared.wechat.wire import Wire

__all__ = [
    "AccessTokens",
    "Blocked",
    "Busy",
    "CodeSpent",
    "Credentials",
    "DatabaseTokenStore",
    "FieldError",
    "LongLimit",
    "Malformed",
    "MemoryTokenStore",
    "Misconfigured",
    "NotSubscribed",
    "OutcomeUnknown",
    "PhoneNumber",
    "Refused",
    "Session",
    "ShortLimit",
    "StoredToken",
    "SubscribeMessage",
    "TokenRejected",
    "TokenStore",
    "Unlisted",
    "Unreachable",
    "WeChatClient",
    "WeChatError",
    "Wire",
    "fit",
    "fits",
    "message_data",
    "placeholders",
]
