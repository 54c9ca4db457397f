"""Where departments and courts call back: Standard Webhooks, signed by the organisation."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.routing.integration.acting import act_for_court, act_for_department
from services.routing.integration.guards import SignedCallbackDep
from services.routing.integration.once import answered_once
from services.routing.integration.schemas import (
    CallbackOut,
    CourtCallback,
    DepartmentCallback,
)

router = APIRouter(prefix="/callbacks", tags=["integration"])


@router.post("/department", response_model=CallbackOut)
async def department(callback: SignedCallbackDep, message: DepartmentCallback) -> Response:
    """T11, T22, T24 of a department, by its own system."""
    return await answered_once(callback, lambda: act_for_department(callback, message))


@router.post("/court", response_model=CallbackOut)
async def court(callback: SignedCallbackDep, message: CourtCallback) -> Response:
    """T35, T36, T39, T41, T42 of a court, by its own system."""
    return await answered_once(callback, lambda: act_for_court(callback, message))
