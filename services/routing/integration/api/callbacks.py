"""Where departments and courts call back: Standard Webhooks, signed by the organisation."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from services.routing.integration.acting import act_for_court, act_for_department
from services.routing.integration.guards import SignedCallbackDep
from services.routing.integration.once import answered_once
from services.routing.integration.reading import documented, read_message
from services.routing.integration.schemas import (
    COURT_SAYS,
    DEPARTMENT_SAYS,
    CallbackOut,
    CourtCallback,
    DepartmentCallback,
)

router = APIRouter(prefix="/callbacks", tags=["integration"])


def said_by_department(callback: SignedCallbackDep) -> DepartmentCallback:
    return read_message(callback.body, DEPARTMENT_SAYS)


def said_by_court(callback: SignedCallbackDep) -> CourtCallback:
    return read_message(callback.body, COURT_SAYS)


SaidByDepartment = Annotated[DepartmentCallback, Depends(said_by_department)]
SaidByCourt = Annotated[CourtCallback, Depends(said_by_court)]


@router.post("/department", response_model=CallbackOut, openapi_extra=documented(DEPARTMENT_SAYS))
async def department(callback: SignedCallbackDep, message: SaidByDepartment) -> Response:
    """T11, T22, T24 of a department, by its own system."""
    return await answered_once(callback, lambda: act_for_department(callback, message))


@router.post("/court", response_model=CallbackOut, openapi_extra=documented(COURT_SAYS))
async def court(callback: SignedCallbackDep, message: SaidByCourt) -> Response:
    """T35, T36, T39, T41, T42 of a court, by its own system."""
    return await answered_once(callback, lambda: act_for_court(callback, message))
