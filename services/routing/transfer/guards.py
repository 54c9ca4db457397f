"""Dependencies that load a case for the desk that hands it over."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends

from services.routing.cases.casefile import CaseFile
from services.routing.cases.guards import case_for
from services.routing.transfer.domain.policies import may_transfer

CaseToTransfer = Annotated[CaseFile, Depends(case_for(may_transfer))]
