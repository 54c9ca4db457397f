"""Who may call the doors of webhooks and keys: who has them, and the centre that looks on."""

from __future__ import annotations

from collections.abc import Mapping

from shared.identity import End

COURT = frozenset({End.COURT})
CENTRE = frozenset({End.CENTRE})
DEPARTMENT = frozenset({End.DEPARTMENT})

WEBHOOKS: Mapping[str, frozenset[End]] = {
    """
    GET /notify/webhooks/event-types
    GET /notify/webhooks/event-types/{name}/schema
    GET /notify/webhooks/endpoints
    GET /notify/webhooks/endpoints/{endpoint_id}
    GET /notify/webhooks/deliveries
    GET /notify/webhooks/deliveries/{delivery_id}
    """: DEPARTMENT | COURT | CENTRE,
    """
    POST /notify/webhooks/endpoints
    PATCH /notify/webhooks/endpoints/{endpoint_id}
    DELETE /notify/webhooks/endpoints/{endpoint_id}
    POST /notify/webhooks/endpoints/{endpoint_id}/secret
    POST /notify/webhooks/endpoints/{endpoint_id}/test
    POST /notify/webhooks/endpoints/{endpoint_id}/resumption
    POST /notify/webhooks/endpoints/{endpoint_id}/replay
    POST /notify/webhooks/deliveries/{delivery_id}/replay
    """: DEPARTMENT | COURT,
    """
    GET /routing/integration/keys
    POST /routing/integration/keys
    DELETE /routing/integration/keys/{key_id}
    """: DEPARTMENT | COURT,
    """
    GET /notify/webhooks/endpoints/{endpoint_id}/exceptions
    POST /notify/webhooks/endpoints/{endpoint_id}/exceptions
    POST /notify/webhooks/exceptions/{exception_id}/revocation
    """: DEPARTMENT | COURT | CENTRE,
    """
    POST /notify/webhooks/exceptions/{exception_id}/approval
    """: CENTRE,
}
