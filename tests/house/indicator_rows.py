"""Who may call the doors of indicators (A18, A19)."""

from __future__ import annotations

from collections.abc import Mapping

from shared.identity import End

DESKS = frozenset({End.CENTRE, End.GRID})
HOUSING = frozenset({End.DEPARTMENT})  # of departments, the housing bureau

INDICATORS: Mapping[str, frozenset[End]] = {
    """
    GET /survey/indicators
    GET /survey/indicators/{indicator}/cases
    """: DESKS | HOUSING | {End.PROPERTY},
    """
    GET /survey/estates/{estate_id}/figures
    """: DESKS | {End.PROPERTY},
    """
    GET /survey/street-offices
    """: DESKS | HOUSING,
}
