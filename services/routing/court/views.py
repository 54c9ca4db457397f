"""What a court reads: its package, or an application with the agreement it is about."""

from __future__ import annotations

import json

from services.routing.cases.tables import Case
from services.routing.court.commands.hand_over import PACKAGES
from services.routing.court.schemas import PackageOut
from services.routing.court.tables import JudicialMatter
from services.routing.mediation.domain.consent import Side
from services.routing.mediation.schemas import ApplicationOut
from services.routing.mediation.tables import Agreement, Application, Mediation
from services.routing.mediation.views import agreement_out
from services.routing.occasion import Occasion


def package_out(on: Occasion, matter: JudicialMatter) -> PackageOut:
    assert matter.package is not None
    assert matter.package_number is not None
    on.audit("judicial.package_read", "judicial_matter", matter.id, {})
    return PackageOut(
        id=matter.id,
        number=matter.package_number,
        stage=matter.stage,
        handed_over_at=matter.handed_over_at,
        court_case_number=matter.court_case_number,
        content=json.loads(on.reveal(matter.package, PACKAGES, matter.id, "package")),
    )


async def application_out(on: Occasion, application: Application) -> ApplicationOut:
    on.audit("confirmation.application_read", "confirmation_application", application.id, {})
    agreement = await on.session.get_one(Agreement, application.agreement_id)
    mediation = await on.session.get_one(Mediation, agreement.mediation_id)
    case = await on.session.get_one(Case, application.case_id)
    return ApplicationOut(
        id=application.id,
        number=application.number,
        case_number=case.number,
        stage=application.stage,
        applied_at=application.applied_at,
        consents=sorted(map(Side, application.consents)),
        mediation_file_number=mediation.file_number,
        agreement=await agreement_out(on, agreement),
    )
