"""Who may call the doors of calls to owners, satisfaction surveys and the credit file (E01-E07)."""

from __future__ import annotations

from collections.abc import Mapping

from shared.identity import End
from tests.house.analysis_rows import ANALYSIS
from tests.house.fee_rows import FEES
from tests.house.target_rows import TARGETS

OWNER = frozenset({End.OWNER})
CENTRE = frozenset({End.CENTRE})
DESKS = CENTRE | {End.GRID}
FIELD = frozenset({End.COMMUNITY, End.GRID})
STAFF = FIELD | CENTRE
ANYBODY = frozenset(End) - {End.SYSTEM}

SURVEYS: Mapping[str, frozenset[End]] = {
    """
    GET /survey/calls
    GET /survey/calls/{visit_id}
    POST /survey/calls/{visit_id}/claim
    DELETE /survey/calls/{visit_id}/claim
    POST /survey/calls/{visit_id}/number
    POST /survey/calls/{visit_id}/attempts
    """: STAFF,
    """
    GET /survey/coverage
    """: DESKS | {End.DEPARTMENT},
    """
    GET /survey/surveys
    GET /survey/credit-entries
    GET /survey/questionnaires
    GET /survey/questionnaires/{version}
    """: ANYBODY,
    """
    GET /survey/surveys/{survey_id}
    GET /survey/surveys/{survey_id}/notice
    """: STAFF | OWNER | {End.PROPERTY},
    """
    GET /survey/surveys/{survey_id}/households
    """: STAFF,
    """
    POST /survey/surveys
    POST /survey/surveys/{survey_id}/opening
    POST /survey/surveys/{survey_id}/closing
    """: DESKS,
    """
    POST /survey/surveys/{survey_id}/voiding
    POST /survey/surveys/{survey_id}/publications
    """: CENTRE,
    """
    POST /survey/surveys/visits
    """: FIELD,
    """
    POST /survey/surveys/{survey_id}/answers
    """: OWNER,
    **FEES,
    **TARGETS,
    **ANALYSIS,
}
