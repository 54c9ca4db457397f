"""An address of one file for a short while; intake takes it because routing has signed it."""

from __future__ import annotations

from uuid import UUID

from services.routing.attachments.schemas import AddressOut
from services.routing.attachments.views import the_file
from services.routing.cases.casefile import CaseFile
from services.routing.occasion import Occasion
from shared.contracts.files import READ_ATTACHMENT, granted_address
from shared.identity.grants import GrantIssuer


def address_of(on: Occasion, file: CaseFile, attachment_id: UUID) -> AddressOut:
    """A08: who looks at what is written down. Raises CaseFileNotFound."""
    attached = the_file(on, file, attachment_id)
    lifetime = on.runtime.rulebooks.in_force_at(on.now).files.address_lifetime
    grant = on.runtime.part(GrantIssuer).issue(READ_ATTACHMENT, attached.id, lifetime=lifetime)
    details = {"attachment": str(attached.id), "kind": attached.kind}
    on.audit("attachment.shown", "case", file.case.id, details)
    origin = on.runtime.settings.optional("PUBLIC_URL")
    return AddressOut(
        address=granted_address(origin, attached.id, grant), expires_at=on.now + lifetime
    )
