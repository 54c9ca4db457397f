"""Filing a complaint: the notice to agree to, and how much may be filed in which time."""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field

from shared.rulebook.section import Section


class Privacy(Section):
    """The privacy notice in force; another version asks everybody again (A04, facts 2.13)."""

    notice_version: str = Field(min_length=1)


class FilingLimit(Section):
    """So many complaints within so many hours."""

    times: int = Field(ge=1)
    within_hours: int = Field(ge=1)

    @property
    def window(self) -> timedelta:
        return timedelta(hours=self.within_hours)


class FilingLimits(Section):
    """What an account, a home and a network address may file (T01). What tells of danger counts by
    `danger` alone, which is high: of all that the account filed (X31).
    """

    account: FilingLimit
    danger: FilingLimit
    home: FilingLimit
    address: FilingLimit
