"""Who may ask for an exception, who decides, and who may end it.

A private network may hold what nobody else should reach, so opening it takes two administrators of
the centre who did not ask for it; closing it takes one of those concerned.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from services.notify.webhooks.domain.policies import may_operate_webhooks, may_receive_webhooks
from shared.errors import Forbidden
from shared.identity import Actor, End, Role


class ApproverNotIndependent(Forbidden):
    """Whoever asked for an exception, or has approved it already, cannot approve it."""

    code = "APPROVER_NOT_INDEPENDENT"
    chinese = "申请人不得审批；两次审批须由两名不同的管理员作出。"


def administers(actor: Actor, place: str) -> bool:
    """An administrator of the centre for the place of the organisation, a division code."""
    is_administrator = actor.end is End.CENTRE and Role.ADMINISTRATOR in actor.roles
    return is_administrator and actor.scope.covers_division(place)


def is_concerned(actor: Actor, organisation_id: UUID, place: str) -> bool:
    """The organisation's own staff, or an administrator: they see."""
    own = may_receive_webhooks(actor) and actor.organisation_id == organisation_id
    return own or administers(actor, place)


def may_ask_and_revoke(actor: Actor, place: str) -> bool:
    """Of those concerned, all but who only observes (A20)."""
    return may_operate_webhooks(actor) or administers(actor, place)


def refuse_partial_approver(actor: Actor, asked_by: UUID, approved_by: Collection[UUID]) -> None:
    """Raises ApproverNotIndependent."""
    if actor.id == asked_by or actor.id in approved_by:
        raise ApproverNotIndependent
