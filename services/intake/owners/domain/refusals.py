"""Why somebody could not sign in as an owner."""

from __future__ import annotations

from shared.errors import Conflict, Forbidden, Invalid, Unauthenticated, Unavailable


class LoginCodeUsed(Unauthenticated):
    """This login code was used before; call wx.login again."""

    code = "LOGIN_CODE_USED"
    chinese = "登录凭证已被使用，请重新登录。"


class LoginCodeExpired(Unauthenticated):
    """This login code is unknown or has expired; call wx.login again."""

    code = "LOGIN_CODE_EXPIRED"
    chinese = "登录凭证无效或已过期，请重新登录。"


class PhoneCodeRefused(Invalid):
    """This phone code was used before, has expired, or belongs to another person."""

    code = "PHONE_CODE_REFUSED"
    chinese = "手机号授权码无效或已过期，请重新授权。"


class PhoneDataRefused(Invalid):
    """The encrypted number cannot be opened with this sign-in, is too old, or is not for us."""

    code = "PHONE_DATA_REFUSED"
    chinese = "手机号授权数据无效或已过期，请重新授权。"


class NoticeOutdated(Conflict):
    """Another version of the privacy notice is in force; `version` names it."""

    code = "NOTICE_OUTDATED"
    chinese = "隐私保护指引已更新，请阅读最新版本后再确认。"


class NotTheSamePerson(Forbidden):
    """The login code belongs to another WeChat account than this one."""

    code = "NOT_THE_SAME_PERSON"
    chinese = "微信身份与当前账号不一致，不能执行此操作。"


class WeChatAccountBlocked(Forbidden):
    """WeChat has blocked this account."""

    code = "WECHAT_ACCOUNT_BLOCKED"
    chinese = "该微信账号已被微信限制，无法登录。"


class WeChatUnavailable(Unavailable):
    """WeChat does not answer now; call wx.login again and retry."""

    code = "WECHAT_UNAVAILABLE"
    chinese = "微信服务暂时不可用，请稍后重新登录。"


class AccountClosed(Forbidden):
    """This account has been closed."""

    code = "ACCOUNT_CLOSED"
    chinese = "该账号已注销。"


class ConsentRequired(Forbidden):
    """Please read the privacy notice and agree to it first; `version` is the one in force."""

    code = "CONSENT_REQUIRED"
    chinese = "请先阅读并同意《隐私保护指引》。"


class OwnersOnly(Forbidden):
    """Only an owner may do this."""

    code = "OWNERS_ONLY"
    chinese = "仅业主可以执行此操作。"
