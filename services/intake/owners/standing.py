"""What an account has and what it lacks, under the rules of the moment."""

from __future__ import annotations

from datetime import datetime

from services.intake.houses.queries import Dwellings
from services.intake.owners.domain.missing import Missing, what_is_missing
from services.intake.owners.tables import Owner
from shared.runtime import Runtime


def missing_of(runtime: Runtime, owner: Owner, dwellings: Dwellings, at: datetime) -> list[Missing]:
    rulebook = runtime.rulebooks.in_force_at(at)
    return what_is_missing(
        consented=owner.privacy_version == rulebook.privacy.notice_version,
        guardian_missing=owner.guardian_missing,
        mobile=owner.mobile is not None,
        home=bool(dwellings.houses),
    )
