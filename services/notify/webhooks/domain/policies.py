"""Who may look at the webhooks of their organisation."""

from __future__ import annotations

from shared.identity import Actor, End

RECEIVERS = frozenset({End.DEPARTMENT, End.COURT})


def may_receive_webhooks(actor: Actor) -> bool:
    return actor.end in RECEIVERS and actor.organisation_id is not None
