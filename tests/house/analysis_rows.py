"""Who may call the doors of analysis (C08, C10)."""

from __future__ import annotations

from collections.abc import Mapping

from shared.identity import End

CENTRE = frozenset({End.CENTRE})
ANYBODY = frozenset(End) - {End.SYSTEM}

ANALYSIS: Mapping[str, frozenset[End]] = {
    """
    GET /survey/analysis/categories
    GET /survey/analysis/trends
    GET /survey/analysis/hot-spots
    GET /survey/analysis/repeat-reporters
    GET /survey/analysis/clocks
    GET /survey/analysis/dispatch-objections
    """: CENTRE | {End.GRID, End.DEPARTMENT},
    """
    GET /survey/monthly-analyses
    GET /survey/monthly-analyses/{analysis_id}
    POST /survey/monthly-analyses/{analysis_id}/measures/{measure_id}/completion
    """: ANYBODY,
    """
    POST /survey/monthly-analyses/{analysis_id}/measures
    PUT /survey/monthly-analyses/{analysis_id}/measures/{measure_id}
    POST /survey/monthly-analyses/{analysis_id}/conclusion
    """: CENTRE,
}
