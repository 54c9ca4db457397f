"""What courts read with their own token (A07)."""

from __future__ import annotations

from fastapi import APIRouter

from services.routing.court.guards import ApplicationToRead, PackageToRead
from services.routing.court.schemas import PackageOut
from services.routing.court.views import application_out, package_out
from services.routing.deed import OccasionDep
from services.routing.mediation.schemas import ApplicationOut

router = APIRouter(prefix="/court", tags=["courts"])


@router.get("/packages/{package_id}")
async def package(matter: PackageToRead, on: OccasionDep) -> PackageOut:
    """A hand-over package; every reading is written down."""
    return package_out(on, matter)


@router.get("/applications/{application_id}")
async def application(found: ApplicationToRead, on: OccasionDep) -> ApplicationOut:
    """A joint application for judicial confirmation with its agreement."""
    return await application_out(on, found)
