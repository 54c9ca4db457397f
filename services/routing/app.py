"""The routing service: what it is made of, and its own tools."""

from __future__ import annotations

from pathlib import Path

from services.routing import handlers
from services.routing.acceptance import handlers as acceptance_handlers
from services.routing.acceptance.api import desk
from services.routing.attachments.api import router as attachments
from services.routing.cases.api import handling, proposing, reading, recusals
from services.routing.clocks.api import reading as clock_reading
from services.routing.clocks.sweeping import ON_THE_DOT, on_tick
from services.routing.court.api import courts, handing_over
from services.routing.desks.api import bulk, saved_views, standard_texts, worklists
from services.routing.directory import api as directory
from services.routing.directory import handlers as directory_handlers
from services.routing.directory.sessions.tools import put_tools
from services.routing.directory.turning import follow_the_days
from services.routing.dispatching.api import rules as dispatch_rules
from services.routing.dispatching.shelf import RuleShelf
from services.routing.field.api import app as field_app
from services.routing.field.api import records as field_records
from services.routing.field.store import PhotoStore
from services.routing.forgetting import handlers as forgetting_handlers
from services.routing.governance import handlers as governance_handlers
from services.routing.governance.api import joint_work, rectifications
from services.routing.governance.meeting_ticking import follow_the_convenors
from services.routing.integration.api import callbacks
from services.routing.integration.api import keys as integration_keys
from services.routing.joint.api import departments
from services.routing.limits.api import extensions, pauses, returns
from services.routing.mediation.api import agreements, table
from services.routing.seeds import seed_demo_world, seed_installation
from services.routing.statistics.api import figures
from services.routing.subscriptions import subscriptions
from services.routing.supervision.api import orders
from services.routing.tables import Table
from services.routing.transfer.api import centre as transfers
from services.routing.voices.api import duplicates
from shared.definition import Definition
from shared.runtime import Runtime
from shared.web.front import Front

UPLOADS = {"/field/photos": 9 * 1024 * 1024}  # what the rulebook allows, and the form around it
HEARING = (
    directory_handlers,
    acceptance_handlers,
    governance_handlers,
    handlers,
    forgetting_handlers,
)


async def compose(runtime: Runtime) -> None:
    put_tools(runtime)
    runtime.put(RuleShelf())
    runtime.put(PhotoStore.read(runtime.settings))


async def release(runtime: Runtime) -> None:
    """Nothing is held open beyond the runtime itself."""


service = Definition(
    name="routing",
    front=Front(
        title="六端互通 · 分流处置 (routing)",
        routers=(
            *directory.routers,
            desk.router,
            reading.router,
            handling.router,
            proposing.router,
            recusals.router,
            attachments,
            clock_reading.router,
            dispatch_rules.router,
            returns.router,
            pauses.router,
            extensions.router,
            orders.router,
            transfers.router,
            joint_work.router,
            rectifications.router,
            figures.router,
            table.router,
            agreements.router,
            departments.router,
            handing_over.router,
            courts.router,
            duplicates.router,
            callbacks.router,
            integration_keys.router,
            worklists.router,
            saved_views.router,
            bulk.router,
            standard_texts.router,
            field_app.router,
            field_records.router,
        ),
        uploads=UPLOADS,
    ),
    metadata=Table.metadata,
    migrations=Path(__file__).parent / "migrations",
    subscriptions=subscriptions,
    compose=compose,
    release=release,
    reference=seed_installation,
    demo=seed_demo_world,
    on_tick=on_tick,
    on_the_dot=ON_THE_DOT,
    loops=(follow_the_days, follow_the_convenors),
)
