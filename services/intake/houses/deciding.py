"""A desk says whether somebody lives where they say (A04)."""

from __future__ import annotations

from services.intake.houses.commands import Errand, locked, tell
from services.intake.houses.domain.policies import refuse_own_household, voucher_of
from services.intake.houses.moving import refuse, verify
from services.intake.houses.schemas import BindingDecision
from services.intake.houses.tables import Binding


async def decide(errand: Errand, binding: Binding, decision: BindingDecision) -> None:
    """Raises OwnHousehold or BindingForbidden."""
    refuse_own_household(errand.actor, binding.house_id)
    (owner,) = await locked(errand, [binding])
    if decision.approved:
        verify(errand.session, errand.actor, binding, voucher_of(errand.actor), at=errand.at)
    else:
        refuse(errand.session, errand.actor, binding, at=errand.at)
    binding.decided_by, binding.decided_at = errand.actor.id, errand.at
    if decision.reason is not None:
        binding.reason = errand.conceal(decision.reason, binding.id, "reason")
    await tell(errand, owner)
