"""What companies report of the fees they are owed and paid (facts 2.11)."""

from __future__ import annotations

from pydantic import Field

from shared.rulebook.section import RuleLength, Section


class Fees(Section):
    """Per estate and quarter. `report_within` counts from the last day of the quarter."""

    cycle: str
    report_within: RuleLength
    received_at_most_due: bool
    amount_at_most_fen: int = Field(gt=0)
