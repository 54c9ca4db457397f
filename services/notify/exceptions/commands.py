"""Asking for an exception, approving it, ending it."""

from __future__ import annotations

from services.notify.copies.places import place_of
from services.notify.deed import Deed
from services.notify.exceptions.domain.lifecycle import (
    ExceptionAction,
    ExceptionStatus,
    advance,
)
from services.notify.exceptions.domain.networks import private_network
from services.notify.exceptions.domain.policies import refuse_partial_approver
from services.notify.exceptions.queries import exceptions_of
from services.notify.exceptions.schemas import ExceptionBody
from services.notify.exceptions.tables import WebhookException
from services.notify.messages.commands.noting import Note, note
from services.notify.messages.desks import administrators_of
from services.notify.webhooks.tables import WebhookEndpoint
from shared.audit import append
from shared.ids import new_id


async def ask(deed: Deed, endpoint: WebhookEndpoint, body: ExceptionBody) -> WebhookException:
    """Those who decide find it in their inboxes. Raises NetworkRefused."""
    network = private_network(body.cidr)
    exception = WebhookException(
        id=new_id(),
        endpoint_id=endpoint.id,
        organisation_id=endpoint.organisation_id,
        cidr=str(network),
        reason=body.reason,
        asked_by=deed.actor.id,
        asked_at=deed.at,
    )
    deed.session.add(exception)
    _note(deed, exception, "asked", reason=body.reason)
    await _tell_deciders(deed, exception)
    return exception


def approve(deed: Deed, exception: WebhookException) -> WebhookException:
    """The second approval puts it in force. Raises ApproverNotIndependent or ExceptionSettled."""
    refuse_partial_approver(deed.actor, exception.asked_by, exception.approved_by)
    exception.state = advance(exception.state, ExceptionAction.APPROVE)
    exception.approved_by = [*exception.approved_by, deed.actor.id]
    if exception.state is ExceptionStatus.IN_FORCE:
        exception.in_force_at = deed.at
    _note(deed, exception, "approved")
    return exception


def revoke(deed: Deed, exception: WebhookException) -> WebhookException:
    """From the next call on. Raises ExceptionSettled."""
    exception.state = advance(exception.state, ExceptionAction.REVOKE)
    exception.revoked_by, exception.revoked_at = deed.actor.id, deed.at
    _note(deed, exception, "revoked")
    return exception


async def revoke_all(deed: Deed, endpoint: WebhookEndpoint) -> None:
    """What was approved for one address is good for no other."""
    for exception in await exceptions_of(deed.session, endpoint.id):
        if exception.state is not ExceptionStatus.REVOKED:
            revoke(deed, exception)


async def _tell_deciders(deed: Deed, exception: WebhookException) -> None:
    place = await place_of(deed, exception.organisation_id)
    said = Note(
        id=exception.id,
        about="notify.webhook_exception_asked",
        code="WEBHOOK_EXCEPTION",
        title="内网推送申请待审批",
        phrase="待审批",
        body=f"有单位申请向内网网段{exception.cidr}推送数据，须由两名管理员分别审批。"
        f"推送地址编号：{exception.endpoint_id}，申请编号：{exception.id}。",
    )
    await note(deed, said, await administrators_of(deed.session, place))


def _note(deed: Deed, exception: WebhookException, deed_done: str, reason: str = "") -> None:
    append(
        deed.session,
        actor=deed.actor,
        action=f"webhook_exception.{deed_done}",
        subject_type="webhook_exception",
        subject_id=exception.id,
        at=deed.at,
        details={
            "endpoint_id": exception.endpoint_id,
            "cidr": exception.cidr,
            "state": exception.state,
        },
        reason=reason or None,
    )
