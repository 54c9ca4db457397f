"""The notify service: what it is made of."""

from __future__ import annotations

from pathlib import Path

from services.notify.calendar.api import router as calendar
from services.notify.composition import compose, release
from services.notify.consents.api import router as subscriptions_api
from services.notify.exceptions.api import router as exceptions
from services.notify.handlers import subscriptions
from services.notify.inbox.api import router as inbox
from services.notify.messages.api import router as messages
from services.notify.messages.sending.receipts import ReceiptCollector
from services.notify.messages.sending.sender import MessageSender
from services.notify.phoning.api import router as phone_tasks
from services.notify.preferences.api import router as preferences
from services.notify.publications.api.public import router as public_notices
from services.notify.publications.api.staff import router as notices
from services.notify.publications.telling import OwnersTeller
from services.notify.seeds import seed
from services.notify.stream.api import router as stream
from services.notify.tables import Table
from services.notify.webhooks.api import router as endpoints
from services.notify.webhooks.api_deliveries import router as deliveries
from services.notify.webhooks.api_event_types import router as event_types
from services.notify.webhooks.forgetting import forget_deliveries
from services.notify.webhooks.sending.sender import WebhookSender
from shared.definition import Definition
from shared.runtime import Runtime
from shared.web.front import Front


async def send_messages(runtime: Runtime) -> None:
    await runtime.part(MessageSender).run()


async def collect_receipts(runtime: Runtime) -> None:
    await runtime.part(ReceiptCollector).run()


async def send_webhooks(runtime: Runtime) -> None:
    await runtime.part(WebhookSender).run()


async def tell_owners(runtime: Runtime) -> None:
    await runtime.part(OwnersTeller).run()


service = Definition(
    name="notify",
    front=Front(
        title="六端互通 · 通知 (notify)",
        routers=(
            *(inbox, stream, messages, phone_tasks, subscriptions_api, preferences),
            *(notices, public_notices, calendar),
            *(endpoints, deliveries, event_types, exceptions),
        ),
    ),
    metadata=Table.metadata,
    migrations=Path(__file__).parent / "migrations",
    subscriptions=subscriptions,
    compose=compose,
    release=release,
    demo=seed,
    loops=(send_messages, collect_receipts, send_webhooks, forget_deliveries, tell_owners),
)
