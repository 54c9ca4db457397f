"""What notify alone needs to know from its environment. No secret has a default."""

from __future__ import annotations

from dataclasses import dataclass, field

from services.notify.channels import texts
from services.notify.channels.templates import TemplateBook
from services.notify.messages.domain.catalogue import CATALOGUE
from services.notify.messages.domain.digest import DIGEST
from shared import sms
from shared.settings import Settings
from shared.signatures import PrivateKey
from shared.sms.tencent import BASE_URL as SMS_URL
from shared.wechat import Credentials
from shared.wechat.wire import BASE_URL as WECHAT_URL


@dataclass(frozen=True)
class TextMessageSettings:
    """`templates` maps a notification (N03 …, DIGEST) to the provider's template."""

    account: sms.TencentAccount
    url: str
    templates: texts.Texts


@dataclass(frozen=True)
class NotifySettings:
    """Without `text_messages` the channel is left out and messages go the next way.

    The platform signs webhooks with all of `signing_keys`: two while its key changes. `public_url`
    is the origin that links in webhooks begin with; `simulators_url` that of the stand-ins of the
    demo world. `webhook_authorities` is a file of further authorities that may certify endpoints
    (PEM), e.g. that of a city's own network.
    """

    wechat: Credentials
    wechat_url: str
    templates: TemplateBook
    text_messages: TextMessageSettings | None
    signing_keys: tuple[PrivateKey, ...] = field(repr=False)
    public_url: str
    simulators_url: str
    webhook_authorities: str = ""

    @classmethod
    def read(cls, settings: Settings) -> NotifySettings:
        """Raises SettingMissing, or ValueError for a malformed value."""
        return cls(
            wechat=Credentials(settings.text("WECHAT_APP_ID"), settings.text("WECHAT_APP_SECRET")),
            wechat_url=settings.optional("WECHAT_URL") or WECHAT_URL,
            templates=_templates(settings),
            text_messages=_text_messages(settings),
            signing_keys=_signing_keys(settings),
            public_url=settings.text("PUBLIC_URL").rstrip("/"),
            simulators_url=settings.optional("SIMULATORS_URL").rstrip("/"),
            webhook_authorities=settings.optional("WEBHOOK_AUTHORITIES"),
        )


def _signing_keys(settings: Settings) -> tuple[PrivateKey, ...]:
    """The key, and the one before or after it while both sign."""
    keys = [settings.text("WEBHOOK_SIGNING_KEY"), settings.optional("WEBHOOK_OTHER_SIGNING_KEY")]
    return tuple(PrivateKey.parse(each) for each in keys if each)


def _templates(settings: Settings) -> TemplateBook:
    given = settings.optional("WECHAT_TEMPLATES")
    return TemplateBook.embedded() if settings.embedded and not given else TemplateBook.parse(given)


def _text_messages(settings: Settings) -> TextMessageSettings | None:
    if not settings.optional("SMS_SECRET_ID"):
        return None
    key = sms.Tc3Key(settings.text("SMS_SECRET_ID"), settings.text("SMS_SECRET_KEY"))
    account = sms.TencentAccount(key, settings.text("SMS_APP_ID"), settings.text("SMS_SIGN_NAME"))
    url = settings.optional("SMS_URL") or SMS_URL
    return TextMessageSettings(account, url, _text_templates(settings))


def _text_templates(settings: Settings) -> texts.Texts:
    given = settings.optional("SMS_TEMPLATES")
    if settings.embedded and not given:
        return texts.embedded([*(notice.code for notice in CATALOGUE), DIGEST])
    return texts.parse(given)
