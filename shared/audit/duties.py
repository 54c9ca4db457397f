"""What a worker does for the audit log: seal every second, sign a checkpoint every minute."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from shared.audit.checkpoints import CheckpointSigner
from shared.audit.sealing import seal_all
from shared.audit.witness import witness
from shared.identity.keys import TrustedKey, TrustedKeys, signing_key
from shared.settings import Settings

if TYPE_CHECKING:
    from shared.runtime import Runtime

INTERVAL = 1.0  # seconds
ROUNDS_PER_CHECKPOINT = 60


class AuditDuties:
    """Checkpoints also go to the folder `LIUDUAN_AUDIT_WITNESS`, best on another disk."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        settings = runtime.settings
        self._signer = CheckpointSigner(
            settings.text("AUDIT_SIGNING_KEY"), audit_key_id(runtime.name), runtime.name
        )
        folder = settings.optional("AUDIT_WITNESS")
        self._folder = Path(folder) if folder else None

    async def run(self) -> None:
        """Seal and sign until cancelled."""
        while True:
            for _ in range(ROUNDS_PER_CHECKPOINT):
                await self.seal()
                await asyncio.sleep(INTERVAL)
            await self.sign()

    async def seal(self) -> int:
        return await seal_all(self._runtime.database)

    async def sign(self) -> None:
        await witness(
            self._runtime.database, self._signer, at=self._runtime.clock.now(), folder=self._folder
        )


def trusted_keys(settings: Settings) -> TrustedKeys:
    """The key by which the checkpoints of this service's log are verified."""
    public = signing_key(settings.text("AUDIT_SIGNING_KEY")).public_key()
    return TrustedKeys([TrustedKey(audit_key_id(settings.service), settings.service, public)])


def audit_key_id(service: str) -> str:
    return f"{service}-audit"
