"""Where an organisation is, as routing has told."""

from __future__ import annotations

from uuid import UUID

from services.notify.copies.tables import OrganisationCopy
from services.notify.deed import Deed


async def place_of(deed: Deed, organisation_id: UUID) -> str:
    """Its division; the city while nothing is known of it."""
    known = await deed.session.get(OrganisationCopy, organisation_id)
    if known is not None:
        return known.division
    return deed.runtime.rulebooks.in_force_at(deed.at).header.city_code
