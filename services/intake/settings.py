"""What intake alone needs to know from its environment. No secret has a default."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from shared.settings import Settings
from shared.wechat.wire import BASE_URL

OWNER_SESSION_IDLE = timedelta(days=30)
OWNER_SESSION_LONGEST = timedelta(days=90)


@dataclass(frozen=True)
class IntakeSettings:
    """Without a hotline secret the hotline's door stays shut."""

    signing_key: str = field(repr=False)
    signing_key_id: str
    wechat_app_id: str
    wechat_app_secret: str = field(repr=False)
    wechat_url: str
    hotline_client_id: str
    hotline_client_secret: str = field(repr=False)

    @classmethod
    def read(cls, settings: Settings) -> IntakeSettings:
        """Raises SettingMissing."""
        return cls(
            signing_key=settings.text("SIGNING_KEY"),
            signing_key_id=settings.text("SIGNING_KEY_ID"),
            wechat_app_id=settings.text("WECHAT_APP_ID"),
            wechat_app_secret=settings.text("WECHAT_APP_SECRET"),
            wechat_url=settings.optional("WECHAT_URL") or BASE_URL,
            hotline_client_id=settings.optional("HOTLINE_CLIENT_ID"),
            hotline_client_secret=settings.optional("HOTLINE_CLIENT_SECRET"),
        )
