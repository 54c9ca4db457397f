"""In the embedded mode every simulated department and court has a key from the start."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from deploy.demo.integration import integration_key
from services.routing.directory.tables import Organisation
from services.routing.integration.keys import install_key
from services.routing.occasion import Occasion
from shared.contracts.reference import reference_id
from shared.contracts.vocabulary import OrganisationKind

KINDS = (OrganisationKind.DEPARTMENT.value, OrganisationKind.COURT.value)


async def seed_demo_keys(on: Occasion) -> None:
    """The same keys as the simulators', from the same seed of this installation."""
    seed = on.runtime.settings.text("DEMO_INTEGRATION_SEED")
    for organisation_id in await _organisations(on):
        await install_key(
            on.session,
            on.runtime.cipher,
            organisation_id,
            integration_key(seed, organisation_id),
            at=on.now,
            id=reference_id("demo", "integration-key", str(organisation_id)),
        )


async def _organisations(on: Occasion) -> Sequence[UUID]:
    rows = await on.session.execute(
        select(col(Organisation.id)).where(col(Organisation.kind).in_(KINDS))
    )
    return rows.scalars().all()
