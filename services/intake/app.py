"""The intake service: what it is made of, and its own tools."""

from __future__ import annotations

from pathlib import Path

from services.intake.attachments import api as attachments
from services.intake.attachments.cleaning import clean as clean_attachments
from services.intake.attachments.tools import UPLOADS
from services.intake.attachments.tools import put_tools as put_attachment_tools
from services.intake.channels import api as channels
from services.intake.complaints import api as complaints
from services.intake.complaints import handlers as complaint_handlers
from services.intake.complaints.filing import FilingDesk
from services.intake.complaints.front import filed_by_owner
from services.intake.drafts import api as drafts
from services.intake.drafts.clearing import clear_drafts
from services.intake.erasure import api as erasure
from services.intake.flags import api as flags
from services.intake.guidance import api as guidance
from services.intake.houses import api as houses
from services.intake.houses import handlers as house_handlers
from services.intake.houses.lapsing import keep_homes
from services.intake.ledger import api as ledger
from services.intake.ledger import handlers as ledger_handlers
from services.intake.lookups import api as lookups
from services.intake.neighbours import api as neighbours
from services.intake.open311 import api as open311
from services.intake.open311 import locations
from services.intake.open311.writing import dialect as open311_dialect
from services.intake.owners import api as owners
from services.intake.owners import handlers as owner_handlers
from services.intake.owners.contacts import Contacts
from services.intake.owners.texting import SmsLine
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
from shared.sms import TencentSms
from shared.web.shortcut import Shortcut
from shared.wechat import Credentials, MemoryTokenStore, WeChatClient, Wire

HEARING = (owner_handlers, house_handlers, complaint_handlers, ledger_handlers)


async def compose(runtime: Runtime) -> None:
    settings = IntakeSettings.read(runtime.settings)
    runtime.put(settings)
    runtime.put(Contacts(runtime.cipher, runtime.blind_index, runtime.sealer))
    runtime.put(_issuer(runtime, settings))
    runtime.put(_sessions(runtime))
    runtime.put(_wechat(runtime, settings))
    runtime.put(_sms(runtime, settings))
    runtime.put(FilingDesk(runtime.database, runtime.sealer))
    put_attachment_tools(runtime, settings)


async def release(runtime: Runtime) -> None:
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
    """A stable token is the same for every process, so each may remember it on its own."""
    credentials = Credentials(settings.wechat_app_id, settings.wechat_app_secret)
    wire = Wire(settings.wechat_url)
    return WeChatClient(wire, credentials, MemoryTokenStore(), runtime.clock)


def _sms(runtime: Runtime, settings: IntakeSettings) -> SmsLine:
    account, template = settings.sms_account, settings.sms_template
    if account is None or not template:
        return SmsLine(None, "")
    return SmsLine(TencentSms(account, runtime.clock, settings.sms_url), template)


service = Definition(
    name="intake",
    title="六端互通 · 受理 (intake)",
    metadata=Table.metadata,
    migrations=Path(__file__).parent / "migrations",
    routers=(
        complaints.router,
        *owners.routers,
        *houses.routers,
        erasure.router,
        channels.router,
        attachments.router,
        attachments.of_complaints,
        guidance.router,
        neighbours.router,
        drafts.router,
        lookups.router,
        ledger.router,
        flags.router,
        locations.router,
        open311.router,
    ),
    subscriptions=subscriptions,
    compose=compose,
    release=release,
    shortcuts=(Shortcut("POST", "/complaints", filed_by_owner),),
    demo=seed,
    loops=(clean_attachments, clear_drafts, keep_homes),
    uploads=UPLOADS,
    dialects={"/open311": open311_dialect},
)
