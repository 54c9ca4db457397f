"""What intake alone needs to know from its environment. No secret has a default."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta

from shared.settings import Settings
from shared.signatures import SharedSecret
from shared.sms import Tc3Key, TencentAccount
from shared.sms.tencent import BASE_URL as SMS_URL
from shared.wechat.push import PushAccount
from shared.wechat.wire import BASE_URL

CODE = "CODE"  # its name among LIUDUAN_SMS_TEMPLATES
OWNER_SESSION_IDLE = timedelta(days=30)
OWNER_SESSION_LONGEST = timedelta(days=90)


@dataclass(frozen=True)
class IntakeSettings:
    """Without a hotline secret the hotline's door stays shut, without a push token WeChat's;
    without an SMS account or a template no codes are sent. Any of `hotline_keys` may sign what the
    hotline sends, all of them sign what it is sent; without an address nothing is.
    """

    signing_key: str = field(repr=False)
    signing_key_id: str
    wechat_app_id: str
    wechat_app_secret: str = field(repr=False)
    wechat_url: str
    hotline_client_id: str
    hotline_client_secret: str = field(repr=False)
    sms_account: TencentAccount | None
    sms_url: str
    sms_template: str
    wechat_push: PushAccount | None
    hotline_keys: tuple[SharedSecret, ...] = field(repr=False)
    hotline_pull_url: str
    hotline_reply_url: str

    @classmethod
    def read(cls, settings: Settings) -> IntakeSettings:
        """Raises SettingMissing, MalformedKey, or ValueError for templates that are no JSON or an
        EncodingAESKey that is none.
        """
        return cls(
            signing_key=settings.text("SIGNING_KEY"),
            signing_key_id=settings.text("SIGNING_KEY_ID"),
            wechat_app_id=settings.text("WECHAT_APP_ID"),
            wechat_app_secret=settings.text("WECHAT_APP_SECRET"),
            wechat_url=settings.optional("WECHAT_URL") or BASE_URL,
            hotline_client_id=settings.optional("HOTLINE_CLIENT_ID"),
            hotline_client_secret=settings.optional("HOTLINE_CLIENT_SECRET"),
            sms_account=_sms_account(settings),
            sms_url=settings.optional("SMS_URL") or SMS_URL,
            sms_template=_code_template(settings),
            wechat_push=_push(settings),
            hotline_keys=tuple(map(SharedSecret.parse, settings.optional("HOTLINE_KEYS").split())),
            hotline_pull_url=settings.optional("HOTLINE_PULL_URL"),
            hotline_reply_url=settings.optional("HOTLINE_REPLY_URL"),
        )


def _sms_account(settings: Settings) -> TencentAccount | None:
    if not settings.optional("SMS_SECRET_ID"):
        return None
    key = Tc3Key(settings.text("SMS_SECRET_ID"), settings.text("SMS_SECRET_KEY"))
    return TencentAccount(key, settings.text("SMS_APP_ID"), settings.text("SMS_SIGN_NAME"))


def _code_template(settings: Settings) -> str:
    """Of the templates the one for codes; the embedded provider takes every template."""
    given = settings.optional("SMS_TEMPLATES")
    if settings.embedded and not given:
        return f"embedded-{CODE}"
    return str(json.loads(given or "{}").get(CODE, ""))


def _push(settings: Settings) -> PushAccount | None:
    """With an EncodingAESKey nothing plain is taken; the one before it during a rotation."""
    token = settings.optional("WECHAT_PUSH_TOKEN")
    names = ("WECHAT_PUSH_AES_KEY", "WECHAT_PUSH_AES_KEY_PREVIOUS")
    keys = [key for key in map(settings.optional, names) if key]
    if not token:
        return None
    return PushAccount(settings.text("WECHAT_APP_ID"), token, keys)
