"""What can happen to a binding, each with its line in the audit log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services.intake.houses.domain.binding import BindingAction, BindingState, Voucher, advance
from services.intake.houses.tables import Binding
from shared import audit
from shared.identity import Actor


def verify(
    session: AsyncSession, actor: Actor, binding: Binding, voucher: Voucher, *, at: datetime
) -> None:
    """Raises BindingForbidden."""
    _move(binding, BindingAction.VERIFY)
    binding.verified_at, binding.verified_by = at, voucher
    record(session, actor, binding, "binding.verified", at, by=voucher)


def refuse(session: AsyncSession, actor: Actor, binding: Binding, *, at: datetime) -> None:
    """Raises BindingForbidden."""
    _move(binding, BindingAction.REFUSE)
    record(session, actor, binding, "binding.refused", at)


def end(session: AsyncSession, actor: Actor, binding: Binding, *, at: datetime) -> None:
    """Raises BindingForbidden."""
    if binding.state == BindingState.VERIFIED:
        binding.left_at = at
    _move(binding, BindingAction.END)
    binding.ended_at = at
    record(session, actor, binding, "binding.ended", at)


def ask_again(binding: Binding, *, at: datetime) -> None:
    """What was decided before is gone; that one has left stays. Raises BindingForbidden."""
    _move(binding, BindingAction.ASK)
    binding.requested_at, binding.verified_at, binding.verified_by = at, None, None
    binding.invited_by, binding.decided_by, binding.decided_at = None, None, None
    binding.reason, binding.until, binding.ended_at = None, None, None


def record(
    session: AsyncSession,
    actor: Actor,
    binding: Binding,
    action: str,
    at: datetime,
    **details: Any,
) -> None:
    audit.append(
        session,
        actor=actor,
        action=action,
        subject_type="binding",
        subject_id=binding.id,
        at=at,
        details={"house_id": binding.house_id, "relation": binding.relation, **details},
    )


def _move(binding: Binding, action: BindingAction) -> None:
    binding.state = advance(BindingState(binding.state), action)
