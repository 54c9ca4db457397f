"""Which figures may be shown without telling what a household or a representative answered.

Everybody is shown the same figures, so that no two readers can put theirs together: one score, and
one average per dimension over all answers. Neither mode, building nor time divides them.
"""

from __future__ import annotations

from services.survey.surveys.domain.scoring import Averages
from shared.rulebook.sections.survey import Scale


def averages_to_show(
    averages: Averages, answers: int, scale: Scale, cell_at_least: int
) -> Averages | None:
    """All of them or none: a single one left out would follow from the score and the others.

    None for fewer answers than a cell needs, and where a dimension stands at an end of the scale:
    then everybody gave that level.
    """
    if answers < cell_at_least:
        return None
    if any(each in (scale.bottom, scale.top) for each in averages.values()):
        return None
    return averages
