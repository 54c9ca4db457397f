"""Who the person with the phone is, as WeChat says it (wechat.md 1 and 3)."""

from __future__ import annotations

from dataclasses import dataclass, field

from structlog import get_logger

from services.intake.owners.domain.refusals import (
    LoginCodeExpired,
    LoginCodeUsed,
    PhoneCodeRefused,
    WeChatAccountBlocked,
    WeChatUnavailable,
)
from shared.errors import DomainError
from shared.identifiers import mobile_number
from shared.wechat import Blocked, CodeSpent, Refused, WeChatClient, WeChatError

CODE_USED = 40163

logger = get_logger(__name__)


@dataclass(frozen=True)
class Proof:
    """The session key WeChat gives with the openid is dropped: nothing here needs it."""

    openid: str = field(repr=False)
    mobile: str | None = field(default=None, repr=False)


async def prove(wechat: WeChatClient, js_code: str, phone_code: str | None) -> Proof:
    """Spends the codes. Raises one of the refusals, after which both codes are gone."""
    openid = await _openid(wechat, js_code)
    if phone_code is None:
        return Proof(openid)
    return Proof(openid, await _mobile(wechat, phone_code, openid))


async def _openid(wechat: WeChatClient, js_code: str) -> str:
    try:
        return (await wechat.code_to_session(js_code)).openid
    except CodeSpent as spent:
        refusal = LoginCodeUsed if spent.errcode == CODE_USED else LoginCodeExpired
        raise refusal from None
    except WeChatError as error:
        raise _refusal(error) from None


async def _mobile(wechat: WeChatClient, phone_code: str, openid: str) -> str:
    try:
        return mobile_number((await wechat.phone_number(phone_code, openid)).number)
    except Refused:
        raise PhoneCodeRefused from None
    except WeChatError as error:
        raise _refusal(error) from None


def _refusal(error: WeChatError) -> DomainError:
    if isinstance(error, Blocked):
        return WeChatAccountBlocked()
    logger.warning("wechat_failed", path=error.path, errcode=error.errcode, rid=error.rid)
    return WeChatUnavailable()
