"""The table of targets (D15) and streets' yearly assessments (A17)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Response

from services.survey.deed import DeedDep
from services.survey.targets.commands import assess
from services.survey.targets.guards import OverseerDep, StreetToAssess, StreetToSee
from services.survey.targets.schemas import AssessmentIn, AssessmentOut, TargetsOut
from services.survey.targets.views import assessment_out, targets_out

router = APIRouter(tags=["targets"])

IfMatch = Annotated[
    str, Header(max_length=100, description='The version that is replaced, e.g. "0"; * for any')
]


@router.get("/targets")
async def list_targets(_: OverseerDep, deed: DeedDep) -> TargetsOut:
    """What the city has set itself, until when, and where it stands today."""
    return await targets_out(deed)


@router.get("/street-assessments/{street}/{year}")
async def show_assessment(wanted: StreetToSee, deed: DeedDep, response: Response) -> AssessmentOut:
    """The weight of property work in the street's year, and its figures of that year."""
    shown = await assessment_out(deed, wanted)
    response.headers["ETag"] = f'"{shown.version}"'
    return shown


@router.put("/street-assessments/{street}/{year}")
async def set_assessment(
    wanted: StreetToAssess, body: AssessmentIn, if_match: IfMatch, deed: DeedDep, response: Response
) -> AssessmentOut:
    """A17: at least a tenth; by the centre or housing bureau of county or city."""
    await assess(deed, wanted.street, wanted.year, body.weight, if_match)
    shown = await assessment_out(deed, wanted)
    response.headers["ETag"] = f'"{shown.version}"'
    return shown
