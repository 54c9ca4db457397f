"""What the room brings into the runtime."""

from __future__ import annotations

from services.intake.attachments.store import FileStore
from services.intake.attachments.workbench import Workbench
from services.intake.settings import IntakeSettings
from shared.identity import Issuer, TrustedKeys
from shared.identity.grants import GrantIssuer, GrantVerifier
from shared.runtime import Runtime

# the parts and the whole as the rulebook may allow them, and the form around them
FORM_AROUND = 65_536
UPLOADS = {
    "/attachments/{attachment_id}/parts/{number}": 4 * 1024 * 1024 + FORM_AROUND,
    "/attachments/whole": 10 * 1024 * 1024 + FORM_AROUND,
}


def put_tools(runtime: Runtime, settings: IntakeSettings) -> None:
    """Raises SettingMissing."""
    trusted = TrustedKeys.parse(runtime.settings.text("TRUSTED_KEYS"))
    issuer = GrantIssuer(
        settings.signing_key, settings.signing_key_id, Issuer.INTAKE, runtime.clock
    )
    runtime.put(issuer)
    runtime.put(GrantVerifier(trusted, runtime.clock))
    runtime.put(FileStore.read(runtime.settings))
    runtime.put(Workbench())
