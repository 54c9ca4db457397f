"""Who may call the doors of fee reports (facts 2.11)."""

from __future__ import annotations

from collections.abc import Mapping

from shared.identity import End

PROPERTY = frozenset({End.PROPERTY})
READERS = PROPERTY | {End.CENTRE}

FEES: Mapping[str, frozenset[End]] = {
    """
    GET /survey/fee-reports
    GET /survey/fee-reports/missing
    """: READERS | {End.DEPARTMENT},
    """
    GET /survey/fee-reports/{report_id}
    """: READERS,
    """
    POST /survey/fee-reports
    POST /survey/fee-reports/{report_id}/corrections
    """: PROPERTY,
}
