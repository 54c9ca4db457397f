"""The intake service: what it is made of, and its own tools."""

from __future__ import annotations

from pathlib import Path

from services.intake.channels.desk import api as desk
from services.intake.channels.hotline import api as hotline
from services.intake.channels.hotline import replying
from services.intake.channels.hotline.pulling import OrderPuller
from services.intake.channels.hotline.sending import ReplySender
from services.intake.channels.hotline.wire import HotlineWire, HttpPull
from services.intake.channels.letters import api as letters
from services.intake.complaints import api as complaints
from services.intake.complaints import handlers as complaint_handlers
from services.intake.complaints.filing import FilingDesk
from services.intake.complaints.front import filed_by_owner
from services.intake.houses import api as houses
from services.intake.houses import handlers as house_handlers
from services.intake.owners import api as owners
from services.intake.owners import handlers as owner_handlers
from services.intake.owners.contacts import Contacts
from services.intake.seeds import seed
from services.intake.settings import (
    OWNER_SESSION_IDLE,
    OWNER_SESSION_LONGEST,
    IntakeSettings,
)
from services.intake.subscriptions import subscriptions
from services.intake.tables import Table
from shared.definition import Definition
from shared.identity import Issuer, RefreshSessions, TokenIssuer
from shared.runtime import Runtime
from shared.web.shortcut import Shortcut
from shared.wechat import Credentials, MemoryTokenStore, WeChatClient, Wire

HEARING = (owner_handlers, house_handlers, complaint_handlers, replying)


async def compose(runtime: Runtime) -> None:
    settings = IntakeSettings.read(runtime.settings)
    runtime.put(settings)
    runtime.put(Contacts(runtime.cipher, runtime.blind_index, runtime.sealer))
    runtime.put(_issuer(runtime, settings))
    runtime.put(_sessions(runtime))
    runtime.put(_wechat(runtime, settings))
    runtime.put(FilingDesk(runtime.database, runtime.sealer))
    _hotline(runtime, settings)


async def release(runtime: Runtime) -> None:
    await runtime.part(HotlineWire).close()
    await runtime.part(FilingDesk).close()
    await runtime.part(WeChatClient).close()


def _issuer(runtime: Runtime, settings: IntakeSettings) -> TokenIssuer:
    return TokenIssuer(settings.signing_key, settings.signing_key_id, Issuer.INTAKE, runtime.clock)


def _sessions(runtime: Runtime) -> RefreshSessions:
    return RefreshSessions(
        runtime.revocations, idle=OWNER_SESSION_IDLE, absolute=OWNER_SESSION_LONGEST
    )


def _wechat(runtime: Runtime, settings: IntakeSettings) -> WeChatClient:
    """A stable token is the same for every process, so each may remember it on its own."""
    credentials = Credentials(settings.wechat_app_id, settings.wechat_app_secret)
    wire = Wire(settings.wechat_url)
    return WeChatClient(wire, credentials, MemoryTokenStore(), runtime.clock)


def _hotline(runtime: Runtime, settings: IntakeSettings) -> None:
    """Without keys nothing can be signed, so nothing is fetched or sent."""
    account, keys = settings.hotline_client_id, settings.hotline_keys
    wire = HotlineWire(account, keys, runtime.clock)
    pull_url, reply_url = (
        url if keys else "" for url in (settings.hotline_pull_url, settings.hotline_reply_url)
    )
    runtime.put(wire)
    runtime.put(ReplySender(runtime, wire, reply_url))
    runtime.put(OrderPuller(runtime, account, HttpPull(wire, pull_url) if pull_url else None))


async def send_replies(runtime: Runtime) -> None:
    await runtime.part(ReplySender).run()


async def fetch_orders(runtime: Runtime) -> None:
    await runtime.part(OrderPuller).run()


service = Definition(
    name="intake",
    title="六端互通 · 受理 (intake)",
    metadata=Table.metadata,
    migrations=Path(__file__).parent / "migrations",
    routers=(
        complaints.router,
        owners.router,
        houses.router,
        hotline.router,
        desk.router,
        letters.router,
    ),
    subscriptions=subscriptions,
    compose=compose,
    release=release,
    shortcuts=(Shortcut("POST", "/complaints", filed_by_owner),),
    demo=seed,
    loops=(send_replies, fetch_orders),
    uploads=letters.UPLOADS,
)
