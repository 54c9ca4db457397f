"""The only place that picks concrete channels and clients for notify."""

from __future__ import annotations

from contextlib import AsyncExitStack

import httpx

from services.notify.channels.channel import Channel
from services.notify.channels.inbox import InboxChannel
from services.notify.channels.phone import PhoneTasks
from services.notify.channels.sms import TextMessages
from services.notify.channels.unconfigured import Unconfigured
from services.notify.channels.wechat import WeChatChannel
from services.notify.messages.domain.course import INBOX, PHONE_TASK, SMS, WECHAT
from services.notify.messages.domain.wording import refuse_silent_rows
from services.notify.messages.sending.receipts import ReceiptCollector
from services.notify.messages.sending.sender import MessageSender
from services.notify.publications.telling import OwnersTeller
from services.notify.settings import NotifySettings
from services.notify.stream.hub import Hub
from services.notify.webhooks.sending.posting import Posting, Way
from services.notify.webhooks.sending.sender import WebhookSender
from services.notify.webhooks.sending.ways import Egress, Given
from shared.egress import SystemResolver, tls
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
    texting = await _texting(runtime, settings, lines, network)
    channels = {
        INBOX: InboxChannel(),
        WECHAT: await _wechat(runtime, settings, lines, network),
        SMS: texting or Unconfigured(),
        PHONE_TASK: PhoneTasks(),
    }
    posting = Posting(_way(runtime, settings, lines, network))
    webhooks = WebhookSender(runtime, settings.signing_keys, posting)
    lines.push_async_callback(webhooks.close)
    hub = Hub(runtime)
    lines.push_async_callback(hub.close)
    receipts = ReceiptCollector(runtime, texting.provider if texting else None)
    senders = (OwnersTeller(runtime), MessageSender(runtime, channels), receipts, webhooks)
    for tool in (settings, lines, settings.templates, hub, *senders):
        runtime.put(tool)


async def release(runtime: Runtime) -> None:
    await runtime.part(Lines).aclose()


def _way(runtime: Runtime, settings: NotifySettings, lines: Lines, network: Network) -> Way:
    """Only the embedded mode may call this machine: its stand-ins live there."""
    if network is not None:
        return Given(network)
    resolver = SystemResolver()
    lines.callback(resolver.close)
    context = tls(settings.webhook_authorities)
    return Egress(resolver, context, this_machine=runtime.settings.embedded)


async def _wechat(
    runtime: Runtime, settings: NotifySettings, lines: Lines, network: Network
) -> Channel:
    wire = Wire(settings.wechat_url, transport=network)
    store = DatabaseTokenStore(runtime.database, runtime.cipher, settings.wechat.appid)
    client = WeChatClient(wire, settings.wechat, store, runtime.clock)
    line = await lines.enter_async_context(client)
    return WeChatChannel(line, settings.templates, runtime.clock)


async def _texting(
    runtime: Runtime, settings: NotifySettings, lines: Lines, network: Network
) -> TextMessages | None:
    if settings.text_messages is None:
        return None
    told = settings.text_messages
    provider = TencentSms(told.account, runtime.clock, told.url, network)
    line = await lines.enter_async_context(provider)
    return TextMessages(line, told.templates, told.account.sign_name)
