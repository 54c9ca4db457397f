"""Dependencies that load a case for those who supervise it, or answer for it."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends

from services.routing.cases.casefile import CaseFile
from services.routing.cases.guards import case_for
from services.routing.supervision.domain import policies

CaseToSupervise = Annotated[CaseFile, Depends(case_for(policies.may_supervise))]
CaseToAnswerFor = Annotated[CaseFile, Depends(case_for(policies.may_answer))]
