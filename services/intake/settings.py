"""What intake alone needs to know from its environment. No secret has a default."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from shared.settings import Settings
from shared.signatures import SharedSecret
from shared.wechat.wire import BASE_URL

OWNER_SESSION_IDLE = timedelta(days=30)
OWNER_SESSION_LONGEST = timedelta(days=90)


@dataclass(frozen=True)
class IntakeSettings:
    """Without a hotline secret the hotline's door stays shut. Any of `hotline_keys` may sign what
    the hotline sends, all of them sign what it is sent; without an address nothing is.
    """

    signing_key: str = field(repr=False)
    signing_key_id: str
    wechat_app_id: str
    wechat_app_secret: str = field(repr=False)
    wechat_url: str
    hotline_client_id: str
    hotline_client_secret: str = field(repr=False)
    hotline_keys: tuple[SharedSecret, ...] = field(repr=False)
    hotline_pull_url: str
    hotline_reply_url: str

    @classmethod
    def read(cls, settings: Settings) -> IntakeSettings:
        """Raises SettingMissing or MalformedKey."""
        return cls(
            signing_key=settings.text("SIGNING_KEY"),
            signing_key_id=settings.text("SIGNING_KEY_ID"),
            wechat_app_id=settings.text("WECHAT_APP_ID"),
            wechat_app_secret=settings.text("WECHAT_APP_SECRET"),
            wechat_url=settings.optional("WECHAT_URL") or BASE_URL,
            hotline_client_id=settings.optional("HOTLINE_CLIENT_ID"),
            hotline_client_secret=settings.optional("HOTLINE_CLIENT_SECRET"),
            hotline_keys=tuple(map(SharedSecret.parse, settings.optional("HOTLINE_KEYS").split())),
            hotline_pull_url=settings.optional("HOTLINE_PULL_URL"),
            hotline_reply_url=settings.optional("HOTLINE_REPLY_URL"),
        )
