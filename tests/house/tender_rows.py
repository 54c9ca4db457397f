"""Who may call the doors of tenders: staff of streets and housing bureaus; results are public.

The housing officer of a bureau sits at the department's end, whose other people are refused: that
one is tested with the service.
"""

from __future__ import annotations

from collections.abc import Mapping

from shared.identity import End

CENTRE = frozenset({End.CENTRE})
ANYBODY = frozenset(End) - {End.SYSTEM}

TENDERS: Mapping[str, frozenset[End]] = {
    """
    GET /survey/tenders
    GET /survey/tenders/{tender_id}
    """: ANYBODY,
    """
    POST /survey/tenders
    """: CENTRE | {End.DEPARTMENT},
    """
    PUT /survey/tenders/{tender_id}/document
    PUT /survey/tenders/{tender_id}/panel
    POST /survey/tenders/{tender_id}/bids
    DELETE /survey/tenders/{tender_id}/bids/{bid_id}
    PUT /survey/tenders/{tender_id}/bids/{bid_id}/indicators
    PUT /survey/tenders/{tender_id}/vote
    POST /survey/tenders/{tender_id}/opening
    POST /survey/tenders/{tender_id}/publication
    POST /survey/tenders/{tender_id}/voiding
    """: CENTRE,
}
