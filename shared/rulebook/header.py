"""The title page of a rulebook: version, city, validity."""

from __future__ import annotations

from datetime import datetime

from pydantic import AwareDatetime, BaseModel, ConfigDict


class Header(BaseModel):
    """`amends` names the folder beside this one whose rules stay unless repeated here."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str
    title: str
    city_code: str
    city_name: str
    in_force_from: AwareDatetime
    in_force_until: AwareDatetime | None = None
    amends: str | None = None

    def in_force_at(self, moment: datetime) -> bool:
        """From the first instant on, up to but not including the last."""
        until = self.in_force_until
        return self.in_force_from <= moment and (until is None or moment < until)
