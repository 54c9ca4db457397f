"""Who may appoint, release, and take up an appointment."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends

from services.survey.deed import DeedDep
from services.survey.ratings.commands.appointing import count_guess
from services.survey.ratings.domain.policies import may_conduct, refuse_unless_owner
from services.survey.ratings.queries.places import Place, place_of
from services.survey.ratings.queries.representatives import representative_of
from services.survey.ratings.schemas.representatives import AppointmentIn
from services.survey.ratings.tables import Representative
from services.survey.surveys.guards import NotYourPlace, conductor
from shared.web.dependencies import CurrentActor, CurrentRuntime

Conductor = Annotated[None, Depends(conductor)]


async def place_to_appoint(_: Conductor, deed: DeedDep, body: AppointmentIn) -> Place:
    """Raises ConductorsOnly, EstateUnknown, EstateWithoutHouses or NotYourPlace."""
    place = await place_of(deed.session, body.estate_id, deed.at)
    if not may_conduct(deed.actor, place.community, place.companies):
        raise NotYourPlace
    return place


async def representative_to_change(
    representative_id: UUID, _: Conductor, deed: DeedDep
) -> Representative:
    """Whoever of those sees it is in charge. Raises ConductorsOnly or RepresentativeNotFound."""
    return await representative_of(deed.session, deed.actor, representative_id)


async def guess_counted(runtime: CurrentRuntime, actor: CurrentActor) -> None:
    """Before the request takes a connection of its own. Raises OwnerEndOnly or
    AppointmentGuessedAt.
    """
    refuse_unless_owner(actor)
    await count_guess(runtime, actor.id)


PlaceToAppoint = Annotated[Place, Depends(place_to_appoint)]
RepresentativeToChange = Annotated[Representative, Depends(representative_to_change)]
GuessCounted = Annotated[None, Depends(guess_counted)]
