"""Who may look at webhooks, who may work with them, and who decides where they go.

Where an organisation is told things is a matter of trust, and so are its secrets: that is for
whoever keeps the accounts of the organisation. Who handles its cases sees everything, and may test
and repeat: that reaches only addresses decided upon. The centre looks, to help, and never sees a
secret.
"""

from __future__ import annotations

from shared.identity import Actor, End, Role

RECEIVERS = frozenset({End.DEPARTMENT, End.COURT})
OPERATORS = frozenset({Role.STAFF_ADMINISTRATOR, Role.DEPARTMENT_OFFICER, Role.COURT_CLERK})


def may_receive_webhooks(actor: Actor) -> bool:
    """Staff of departments and courts see those of their own organisation (A06, A07)."""
    return actor.end in RECEIVERS and actor.organisation_id is not None


def may_help_with_webhooks(actor: Actor) -> bool:
    """An administrator of the centre looks at those of the organisations in the own divisions."""
    return actor.end is End.CENTRE and Role.ADMINISTRATOR in actor.roles


def may_operate_webhooks(actor: Actor) -> bool:
    """Send a test, replay, resume; who only observes (A20) does not."""
    return may_receive_webhooks(actor) and not actor.roles.isdisjoint(OPERATORS)


def may_manage_webhooks(actor: Actor) -> bool:
    """Register, change, delete endpoints and rotate their secrets."""
    return may_receive_webhooks(actor) and Role.STAFF_ADMINISTRATOR in actor.roles
