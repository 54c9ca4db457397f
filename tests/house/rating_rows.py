"""Who may call the doors of representatives, ratings and panels (E09, E13)."""

from __future__ import annotations

from collections.abc import Mapping

from shared.identity import End

OWNER = frozenset({End.OWNER})
CENTRE = frozenset({End.CENTRE})
DESKS = CENTRE | {End.GRID}
PANEL = DESKS | OWNER | {End.COMMUNITY}
ANYBODY = frozenset(End) - {End.SYSTEM}

RATINGS: Mapping[str, frozenset[End]] = {
    """
    GET /survey/representatives
    GET /survey/rating-forms
    GET /survey/rating-forms/{version}
    GET /survey/ratings
    GET /survey/committee-ratings
    """: ANYBODY,
    """
    POST /survey/representatives
    POST /survey/representatives/{representative_id}/code
    POST /survey/representatives/{representative_id}/release
    POST /survey/ratings
    POST /survey/ratings/{rating_id}/opening
    POST /survey/ratings/{rating_id}/closing
    """: DESKS,
    """
    POST /survey/representatives/acceptance
    PUT /survey/ratings/{rating_id}/marks
    """: OWNER,
    """
    GET /survey/ratings/{rating_id}
    """: DESKS | OWNER | {End.PROPERTY},
    """
    GET /survey/committee-ratings/{rating_id}
    """: PANEL,
    """
    POST /survey/ratings/{rating_id}/publication
    POST /survey/ratings/{rating_id}/voiding
    POST /survey/committee-ratings
    POST /survey/committee-ratings/{rating_id}/opening
    POST /survey/committee-ratings/{rating_id}/closing
    POST /survey/committee-ratings/{rating_id}/publication
    POST /survey/committee-ratings/{rating_id}/voiding
    POST /survey/committee-ratings/{rating_id}/seats
    DELETE /survey/committee-ratings/{rating_id}/seats/{seat_id}
    """: CENTRE,
    """
    PUT /survey/committee-ratings/{rating_id}/seat
    PUT /survey/committee-ratings/{rating_id}/marks
    """: PANEL,
}
