"""What intake alone needs to know from its environment. No secret has a default."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from shared.settings import Settings
from shared.wechat.push import PushAccount
from shared.wechat.wire import BASE_URL

OWNER_SESSION_IDLE = timedelta(days=30)
OWNER_SESSION_LONGEST = timedelta(days=90)


@dataclass(frozen=True)
class IntakeSettings:
    """Without a hotline secret the hotline's door stays shut, without a push token WeChat's."""

    signing_key: str = field(repr=False)
    signing_key_id: str
    wechat_app_id: str
    wechat_app_secret: str = field(repr=False)
    wechat_url: str
    hotline_client_id: str
    hotline_client_secret: str = field(repr=False)
    wechat_push: PushAccount | None = None

    @classmethod
    def read(cls, settings: Settings) -> IntakeSettings:
        """Raises SettingMissing, or ValueError for an EncodingAESKey that is none."""
        return cls(
            signing_key=settings.text("SIGNING_KEY"),
            signing_key_id=settings.text("SIGNING_KEY_ID"),
            wechat_app_id=settings.text("WECHAT_APP_ID"),
            wechat_app_secret=settings.text("WECHAT_APP_SECRET"),
            wechat_url=settings.optional("WECHAT_URL") or BASE_URL,
            hotline_client_id=settings.optional("HOTLINE_CLIENT_ID"),
            hotline_client_secret=settings.optional("HOTLINE_CLIENT_SECRET"),
            wechat_push=_push(settings),
        )


def _push(settings: Settings) -> PushAccount | None:
    """With an EncodingAESKey nothing plain is taken; the one before it during a rotation."""
    token = settings.optional("WECHAT_PUSH_TOKEN")
    names = ("WECHAT_PUSH_AES_KEY", "WECHAT_PUSH_AES_KEY_PREVIOUS")
    keys = [key for key in map(settings.optional, names) if key]
    if not token:
        return None
    return PushAccount(settings.text("WECHAT_APP_ID"), token, keys)
