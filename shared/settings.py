"""What a process reads from its environment, once, at start. No secret has a default.

Every variable is explained in `.env.example`; `LIUDUAN_<SERVICE>_…` wins over `LIUDUAN_…`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

RULEBOOKS = Path(__file__).parent.parent / "deploy" / "rulebooks"
RETRY_DELAYS = (0.0, 1.0, 10.0, 60.0, 600.0)  # seconds before attempts 1 to 5


class SettingMissing(Exception):
    """A variable without which the process must not start."""


@dataclass(frozen=True)
class Settings:
    """`retry_delays`: the wait before each attempt at a message; as many attempts as delays."""

    service: str
    environment: Mapping[str, str] = field(repr=False)
    retry_delays: tuple[float, ...] = RETRY_DELAYS
    reconcile_after: float = 60.0

    def text(self, name: str) -> str:
        """Raises SettingMissing, naming the variable and never a value."""
        value = self.optional(name)
        if not value:
            raise SettingMissing(f"set {self._own(name)} or LIUDUAN_{name}")
        return value

    def optional(self, name: str) -> str:
        return self.environment.get(self._own(name)) or self.environment.get(f"LIUDUAN_{name}", "")

    @property
    def database_url(self) -> str:
        """The service's own, or the common address with the service's name as the database."""
        own = self.environment.get(self._own("DATABASE_URL"))
        if own:
            return own
        return f"{self.text('DATABASE_URL').rstrip('/')}/liuduan_{self.service}"

    @property
    def rulebooks(self) -> Path:
        return Path(self.optional("RULEBOOKS") or RULEBOOKS)

    @property
    def embedded(self) -> bool:
        return self.optional("EMBEDDED") == "1"

    def _own(self, name: str) -> str:
        return f"LIUDUAN_{self.service.upper()}_{name}"


def from_environment(service: str, environment: Mapping[str, str] | None = None) -> Settings:
    values = dict(os.environ if environment is None else environment)
    delays = values.get("LIUDUAN_RETRY_DELAYS")
    return Settings(
        service=service,
        environment=values,
        retry_delays=tuple(float(d) for d in delays.split(",")) if delays else RETRY_DELAYS,
        reconcile_after=float(values.get("LIUDUAN_RECONCILE_AFTER") or 60),
    )
