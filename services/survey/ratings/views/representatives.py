"""An appointment as staff and the representative see it."""

from __future__ import annotations

from services.survey.deed import Deed
from services.survey.ratings.commands.appointing import status
from services.survey.ratings.schemas.representatives import AppointedOut, RepresentativeOut
from services.survey.ratings.tables import Representative

PLAIN = set(RepresentativeOut.model_fields) - {"status"}


def representative_out(deed: Deed, row: Representative) -> RepresentativeOut:
    plain = {name: getattr(row, name) for name in PLAIN}
    return RepresentativeOut(**plain, status=status(deed, row))


def appointed_out(deed: Deed, row: Representative, code: str) -> AppointedOut:
    shown = representative_out(deed, row)
    return AppointedOut(**dict(shown), code=code, code_until=row.code_until)
