"""The rooms of intake: what each serves, hears and keeps doing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fastapi import APIRouter

from services.intake.attachments import api as attachments
from services.intake.attachments.cleaning import clean as clean_attachments
from services.intake.attachments.tools import UPLOADS as FILES
from services.intake.channels.desk import api as desk
from services.intake.channels.forgetting import forget_papers
from services.intake.channels.hotline import api as hotline
from services.intake.channels.hotline import replying
from services.intake.channels.hotline.pulling import OrderPuller
from services.intake.channels.hotline.sending import ReplySender
from services.intake.channels.letters import api as letters
from services.intake.complaints import api as complaints
from services.intake.complaints import handlers as complaint_handlers
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
from services.intake.owners.telling_again import tell_owners_again
from services.intake.screening import api as screening
from services.intake.screening.screener import Screener
from services.intake.sweeping import sweep_counts
from shared.definition import Loop
from shared.runtime import Runtime
from shared.web.problems import Dialect
from shared.web.shortcut import Shortcut

HEARING = (owner_handlers, house_handlers, complaint_handlers, ledger_handlers, replying)

ROUTERS: Sequence[APIRouter] = (
    *owners.routers,
    *houses.routers,
    erasure.router,
    guidance.router,
    neighbours.router,
    drafts.router,
    complaints.router,
    attachments.router,
    attachments.of_complaints,
    lookups.router,
    hotline.router,
    desk.router,
    letters.router,
    open311.router,
    locations.router,
    screening.router,
    flags.router,
    ledger.router,
)
SHORTCUTS = (Shortcut("POST", "/complaints", filed_by_owner),)
UPLOADS: Mapping[str, int] = {**FILES, **letters.UPLOADS}
DIALECTS: Mapping[str, Dialect] = {"/open311": open311_dialect}


async def screen_content(runtime: Runtime) -> None:
    await runtime.part(Screener).run()


async def send_replies(runtime: Runtime) -> None:
    await runtime.part(ReplySender).run()


async def fetch_orders(runtime: Runtime) -> None:
    await runtime.part(OrderPuller).run()


LOOPS: Sequence[Loop] = (
    clean_attachments,
    clear_drafts,
    forget_papers,
    keep_homes,
    sweep_counts,
    tell_owners_again,
    screen_content,
    send_replies,
    fetch_orders,
)
