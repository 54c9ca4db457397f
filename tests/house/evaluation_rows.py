"""Who may call the doors of agencies, imports, assessments and composite runs (E15-E22)."""

from __future__ import annotations

from collections.abc import Mapping

from shared.identity import End

CENTRE = frozenset({End.CENTRE})
BUREAU = frozenset({End.DEPARTMENT})
RUN = CENTRE | BUREAU
COMMUNITY = frozenset({End.GRID})
ANYBODY = frozenset(End) - {End.SYSTEM}  # what concerns them, which may be nothing

EVALUATIONS: Mapping[str, frozenset[End]] = {
    """
    GET /survey/agency-contracts
    GET /survey/third-party-evaluations
    GET /survey/community-assessments
    GET /survey/community-assessments/form
    GET /survey/evaluation-runs
    GET /survey/evaluations
    """: ANYBODY,
    """
    POST /survey/agency-contracts
    POST /survey/agency-contracts/{contract_id}/ending
    """: BUREAU,
    """
    GET /survey/evaluation-imports/template
    GET /survey/evaluation-imports
    POST /survey/evaluation-imports
    GET /survey/evaluation-imports/{import_id}
    POST /survey/evaluation-imports/{import_id}/confirmation
    """: CENTRE,
    """
    POST /survey/community-assessments
    """: COMMUNITY,
    """
    GET /survey/community-assessments/{assessment_id}
    """: RUN | COMMUNITY,
    """
    POST /survey/community-assessments/{assessment_id}/confirmation
    POST /survey/community-assessments/{assessment_id}/return
    POST /survey/community-assessments/{assessment_id}/voiding
    """: CENTRE,
    """
    POST /survey/evaluation-runs
    POST /survey/evaluation-runs/{run_id}/approval
    POST /survey/evaluation-runs/{run_id}/publication
    POST /survey/evaluation-runs/{run_id}/discarding
    """: RUN,
    """
    GET /survey/evaluation-runs/{run_id}
    GET /survey/evaluation-runs/{run_id}/results
    """: RUN | COMMUNITY,
    """
    GET /survey/evaluations/{evaluation_id}
    """: RUN | COMMUNITY | {End.PROPERTY},
}
# What an evaluator may do: sign in and out, the own account, import (E22).
OF_EVALUATORS = """
    GET /routing/me
    POST /routing/me/password
    POST /routing/me/second-factor
    POST /routing/me/second-factor/confirmation
    POST /routing/me/second-factor/removal
    DELETE /routing/sessions/current
    GET /routing/me/interests
    POST /routing/me/interests
    GET /survey/evaluation-imports/template
    GET /survey/evaluation-imports
    POST /survey/evaluation-imports
"""
# What everybody with a token reads, and the own settings: nothing in it concerns anybody else.
OF_EVERYBODY = """
    GET /routing/statistics/street-offices
    GET /survey/answer-form
    GET /survey/questionnaires
    GET /survey/questionnaires/{version}
    GET /survey/rating-forms
    GET /survey/rating-forms/{version}
    GET /survey/community-assessments/form
    GET /notify/inbox/counts
    POST /notify/inbox/reading
    GET /notify/stream
    GET /notify/subscriptions
    POST /notify/subscriptions
    GET /notify/preferences
    PUT /notify/preferences
    PUT /notify/calendar/feed
    DELETE /notify/calendar/feed
"""
