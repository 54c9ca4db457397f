"""Bodies of appointments (E09). No names anywhere: an account is an opaque id."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.survey.ratings.domain.kinds import RepresentativeKind
from services.survey.ratings.domain.representatives import Ending, RepresentativeStatus
from services.survey.times import Moment
from shared.web.body import Body


class AppointmentIn(Body):
    """`ends_on` is the last day of the term."""

    estate_id: UUID
    kind: RepresentativeKind
    ends_on: date


class CodeIn(Body):
    """As it stands on the slip of paper; hyphens and small letters do not matter."""

    code: Annotated[str, Field(min_length=1, max_length=60)]


class ReleaseIn(Body):
    reason: Annotated[str, Field(min_length=1, max_length=500)]


class RepresentativeOut(BaseModel):
    id: UUID
    kind: RepresentativeKind
    estate_id: UUID
    estate_name: str
    ends_on: date
    status: RepresentativeStatus
    appointed_at: Moment
    taken_up_at: Moment | None
    ended_at: Moment | None
    ended_because: Ending | None


class AppointedOut(RepresentativeOut):
    """`code` is shown this once; sent again, the same request answers without it."""

    code: str | None
    code_until: Moment | None

    def kept(self) -> AppointedOut:
        return self.model_copy(update={"code": None})
