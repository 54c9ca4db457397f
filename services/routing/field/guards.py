"""Who comes in by the field app's door, and who reads what was recorded there."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import Depends

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.policies import may_read_handling
from services.routing.cases.guards import case_for
from services.routing.deed import OccasionDep
from services.routing.field.domain.policies import in_the_field, may_record, refuse_others
from services.routing.occasion import Occasion
from shared.identity import Actor
from shared.web.dependencies import CurrentActor


async def field_worker(actor: CurrentActor) -> Actor:
    """Raises FieldWorkersOnly."""
    refuse_others(actor)
    return actor


FieldWorker = Annotated[Actor, Depends(field_worker)]


async def field_occasion(actor: FieldWorker, on: OccasionDep) -> Occasion:
    return replace(on, actor=in_the_field(actor))


FieldOccasion = Annotated[Occasion, Depends(field_occasion)]

CaseToRecord = Annotated[CaseFile, Depends(case_for(may_record))]
RecordsToRead = Annotated[CaseFile, Depends(case_for(may_read_handling, for_update=False))]
