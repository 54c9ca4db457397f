"""Who the person with the phone is, as WeChat says it (wechat.md 1 and 3), and which number is
theirs: by WeChat's word, or by a code that reached it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from structlog import get_logger

from services.intake.owners.contacts import Contacts
from services.intake.owners.domain.codes import CodePurpose
from services.intake.owners.domain.refusals import (
    LoginCodeExpired,
    LoginCodeUsed,
    NotTheSamePerson,
    PhoneCodeRefused,
    PhoneDataRefused,
    WeChatAccountBlocked,
    WeChatUnavailable,
)
from services.intake.owners.queries import own_account
from services.intake.owners.schemas import SignIn
from services.intake.owners.spending import spend_code
from services.intake.owners.tables import Owner
from services.intake.settings import IntakeSettings
from shared.errors import DomainError
from shared.identifiers import mobile_number
from shared.runtime import Runtime
from shared.wechat import Blocked, CodeSpent, Refused, Session, WeChatClient, WeChatError
from shared.wechat.user_data import UserDataRejected, open_user_data

CODE_USED = 40163

logger = get_logger(__name__)


@dataclass(frozen=True)
class Proof:
    """The session key WeChat gives with the openid has been dropped by now."""

    openid: str = field(repr=False)
    mobile: str | None = field(default=None, repr=False)


async def prove(runtime: Runtime, given: SignIn) -> Proof:
    """Spends the codes. Raises one of the refusals, after which the codes are gone."""
    session = await who_is(runtime, given.js_code)
    return Proof(session.openid, await _mobile(runtime, given, session))


async def who_is(runtime: Runtime, js_code: str) -> Session:
    """Nobody but the caller gets to see the session key."""
    try:
        return await runtime.part(WeChatClient).code_to_session(js_code)
    except CodeSpent as spent:
        refusal = LoginCodeUsed if spent.errcode == CODE_USED else LoginCodeExpired
        raise refusal from None
    except WeChatError as error:
        raise _refusal(error) from None


async def same_person(
    session: AsyncSession, runtime: Runtime, owner_id: UUID, openid: str
) -> Owner:
    """The account, locked, if this WeChat identity is its own. Raises NotTheSamePerson."""
    owner = await own_account(session, owner_id, lock=True)
    if owner.openid_index not in runtime.part(Contacts).candidates(openid, "openid"):
        raise NotTheSamePerson
    return owner


async def _mobile(runtime: Runtime, given: SignIn, session: Session) -> str | None:
    if given.phone_code is not None:
        return await _by_button(runtime.part(WeChatClient), given.phone_code, session.openid)
    if given.encrypted_data is not None and given.iv is not None:
        return _by_data(runtime, given.encrypted_data, given.iv, session.session_key)
    if given.mobile is not None and given.sms_code is not None:
        mobile = mobile_number(given.mobile)
        await spend_code(runtime, mobile, given.sms_code, CodePurpose.ACCOUNT)
        return mobile
    return None


async def _by_button(wechat: WeChatClient, phone_code: str, openid: str) -> str:
    try:
        return mobile_number((await wechat.phone_number(phone_code, openid)).number)
    except Refused:
        raise PhoneCodeRefused from None
    except WeChatError as error:
        raise _refusal(error) from None


def _by_data(runtime: Runtime, encrypted: str, iv: str, session_key: str) -> str:
    """The older way. Raises PhoneDataRefused, or InvalidMobileNumber for one from abroad."""
    appid, now = runtime.part(IntakeSettings).wechat_app_id, runtime.clock.now()
    try:
        data = open_user_data(session_key, iv, encrypted, appid)
        made_at = datetime.fromtimestamp(int(data["watermark"]["timestamp"]), UTC)
        number = f"+{data['countryCode']}{data['purePhoneNumber']}"
    except (UserDataRejected, KeyError, TypeError, ValueError, OverflowError, OSError):
        raise PhoneDataRefused from None
    allowed = timedelta(minutes=runtime.rulebooks.in_force_at(now).accounts.phone_data_minutes)
    if abs(now - made_at) > allowed:
        raise PhoneDataRefused
    return mobile_number(number)


def _refusal(error: WeChatError) -> DomainError:
    if isinstance(error, Blocked):
        return WeChatAccountBlocked()
    logger.warning("wechat_failed", path=error.path, errcode=error.errcode, rid=error.rid)
    return WeChatUnavailable()
