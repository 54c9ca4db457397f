"""Charts as drawings (SVG) that are the same bytes for the same numbers.

Our own, for what draws charts elsewhere puts random ids, dates or scripts into its output, or
needs a numerics library; none marks a hidden value.
"""

from __future__ import annotations

from services.survey.bulletins.domain.content import Chart, ChartKind
from services.survey.rendering.charts.bars import bars
from services.survey.rendering.charts.lines import lines


def drawn(chart: Chart, name: str) -> str:
    """The chart as markup; `name` begins the ids within it and is unique on the page."""
    return lines(chart, name) if chart.kind is ChartKind.LINE else bars(chart, name)
