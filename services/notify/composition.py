"""The only place that picks concrete channels and clients for notify."""

from __future__ import annotations

from contextlib import AsyncExitStack

import httpx

from services.notify.channels.channel import Channel
from services.notify.channels.inbox import InboxChannel
from services.notify.channels.sms import TextMessages
from services.notify.channels.unconfigured import Unconfigured
from services.notify.channels.wechat import WeChatChannel
from services.notify.messages.domain.course import INBOX, SMS, WECHAT
from services.notify.messages.domain.wording import refuse_silent_rows
from services.notify.messages.sending.sender import MessageSender
from services.notify.publications.telling import OwnersTeller
from services.notify.settings import NotifySettings
from services.notify.stream.hub import Hub
from services.notify.webhooks.sending.posting import Posting
from services.notify.webhooks.sending.sender import WebhookSender
from shared.runtime import Runtime
from shared.sms import TencentSms
from shared.wechat import DatabaseTokenStore, WeChatClient, Wire

Network = httpx.AsyncBaseTransport | None


class Lines(AsyncExitStack):
    """The open connections to the outside, closed together."""


async def compose(runtime: Runtime, network: Network = None) -> None:
    """`network` None is the real one.

    Raises SettingMissing, or SilentNotice when the rulebook asks for what no text says.
    """
    for version in runtime.rulebooks.versions:
        refuse_silent_rows(runtime.rulebooks.named(version).notifications)
    settings, lines = NotifySettings.read(runtime.settings), Lines()
    channels = {
        INBOX: InboxChannel(),
        WECHAT: await _wechat(runtime, settings, lines, network),
        SMS: await _sms(runtime, settings, lines, network),
    }
    webhooks = WebhookSender(runtime, settings.signing_key, Posting(network))
    lines.push_async_callback(webhooks.close)
    hub = Hub(runtime)
    lines.push_async_callback(hub.close)
    senders = (OwnersTeller(runtime), MessageSender(runtime, channels), webhooks)
    for tool in (settings, lines, settings.templates, hub, *senders):
        runtime.put(tool)


async def release(runtime: Runtime) -> None:
    await runtime.part(Lines).aclose()


async def _wechat(
    runtime: Runtime, settings: NotifySettings, lines: Lines, network: Network
) -> Channel:
    wire = Wire(settings.wechat_url, transport=network)
    store = DatabaseTokenStore(runtime.database, runtime.cipher, settings.wechat.appid)
    client = WeChatClient(wire, settings.wechat, store, runtime.clock)
    return WeChatChannel(await lines.enter_async_context(client), settings.templates)


async def _sms(
    runtime: Runtime, settings: NotifySettings, lines: Lines, network: Network
) -> Channel:
    if settings.text_messages is None:
        return Unconfigured()
    told = settings.text_messages
    provider = TencentSms(told.account, runtime.clock, told.url, network)
    return TextMessages(await lines.enter_async_context(provider), told.templates)
