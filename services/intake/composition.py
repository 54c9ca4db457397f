"""The only place that picks concrete clients and tools for intake."""

from __future__ import annotations

from functools import partial

from services.intake.attachments.addresses import signed_address
from services.intake.attachments.tools import put_tools as put_attachment_tools
from services.intake.channels.hotline.pulling import OrderPuller
from services.intake.channels.hotline.sending import ReplySender
from services.intake.channels.hotline.wire import HotlineWire, HttpPull
from services.intake.complaints.filing import FilingDesk
from services.intake.owners.contacts import Contacts
from services.intake.owners.texting import SmsLine
from services.intake.screening.domain.timing import RESULT_WITHIN
from services.intake.screening.screener import Screener
from services.intake.settings import (
    OWNER_SESSION_IDLE,
    OWNER_SESSION_LONGEST,
    IntakeSettings,
)
from shared.identity import Issuer, RefreshSessions, TokenIssuer
from shared.runtime import Runtime
from shared.sms import TencentSms
from shared.wechat import Credentials, DatabaseTokenStore, WeChatClient, Wire


async def compose(runtime: Runtime) -> None:
    """Raises SettingMissing."""
    settings = IntakeSettings.read(runtime.settings)
    runtime.put(settings)
    runtime.put(Contacts(runtime.cipher, runtime.blind_index, runtime.sealer))
    runtime.put(_issuer(runtime, settings))
    runtime.put(_sessions(runtime))
    runtime.put(_wechat(runtime, settings))
    runtime.put(_sms(runtime, settings))
    runtime.put(FilingDesk(runtime.database, runtime.sealer))
    put_attachment_tools(runtime, settings)
    # long enough for WeChat to fetch the file, once it gets to it
    runtime.put(Screener(runtime, partial(signed_address, runtime, lifetime=RESULT_WITHIN)))
    _put_hotline(runtime, settings)


async def release(runtime: Runtime) -> None:
    await runtime.part(HotlineWire).close()
    await runtime.part(FilingDesk).close()
    await runtime.part(WeChatClient).close()
    channel = runtime.part(SmsLine).channel
    if isinstance(channel, TencentSms):
        await channel.close()


def _issuer(runtime: Runtime, settings: IntakeSettings) -> TokenIssuer:
    return TokenIssuer(settings.signing_key, settings.signing_key_id, Issuer.INTAKE, runtime.clock)


def _sessions(runtime: Runtime) -> RefreshSessions:
    return RefreshSessions(
        runtime.revocations, idle=OWNER_SESSION_IDLE, absolute=OWNER_SESSION_LONGEST
    )


def _wechat(runtime: Runtime, settings: IntakeSettings) -> WeChatClient:
    credentials = Credentials(settings.wechat_app_id, settings.wechat_app_secret)
    wire = Wire(settings.wechat_url)
    store = DatabaseTokenStore(runtime.database, runtime.cipher, settings.wechat_app_id)
    return WeChatClient(wire, credentials, store, runtime.clock)


def _sms(runtime: Runtime, settings: IntakeSettings) -> SmsLine:
    account, template = settings.sms_account, settings.sms_template
    if account is None or not template:
        return SmsLine(None, "")
    return SmsLine(TencentSms(account, runtime.clock, settings.sms_url), template)


def _put_hotline(runtime: Runtime, settings: IntakeSettings) -> None:
    """Without keys nothing can be signed, so nothing is fetched or sent."""
    account, keys = settings.hotline_client_id, settings.hotline_keys
    wire = HotlineWire(account, keys, runtime.clock)
    pull_url, reply_url = (
        url if keys else "" for url in (settings.hotline_pull_url, settings.hotline_reply_url)
    )
    runtime.put(wire)
    runtime.put(ReplySender(runtime, wire, reply_url))
    runtime.put(OrderPuller(runtime, account, HttpPull(wire, pull_url) if pull_url else None))
