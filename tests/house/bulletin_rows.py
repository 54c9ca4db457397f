"""The operations of bulletins, and of what survey shows to everybody (D10, E23)."""

from __future__ import annotations

OPEN = """
    GET /survey/public/bulletins
    GET /survey/public/bulletins/{bulletin_id}
    GET /survey/public/bulletins/{bulletin_id}/editions/{number}
    GET /survey/public/bulletins/{bulletin_id}/editions/{number}/{rendering}
    GET /survey/public/figures
    GET /survey/public/surveys
    GET /survey/public/ratings
    GET /survey/public/evaluations
    GET /survey/public/credit-grades
"""
DESKS = """
    GET /survey/bulletins
    POST /survey/bulletins
    GET /survey/bulletins/{edition_id}
    GET /survey/bulletins/{edition_id}/{rendering}
    PUT /survey/bulletins/{edition_id}/notes
    POST /survey/bulletins/{edition_id}/computation
    POST /survey/bulletins/{edition_id}/approval
    POST /survey/bulletins/{edition_id}/return
    POST /survey/bulletins/{edition_id}/withdrawal
    POST /survey/bulletins/{edition_id}/publication
"""
