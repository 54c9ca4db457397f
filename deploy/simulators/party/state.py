"""One simulator of integrating parties: many organisations, one hub."""

from __future__ import annotations

from uuid import UUID

from deploy.simulators.faults import Script
from deploy.simulators.party.callbacks import Hub, HubReply
from deploy.simulators.party.organisations import Organisations
from deploy.simulators.payloads import Payload
from shared.clock import Clock


class Party:
    def __init__(self, hub: Hub, clock: Clock) -> None:
        self.hub = hub
        self.clock = clock
        self.script = Script()
        self.organisations = Organisations()

    async def answer(
        self, organisation_id: UUID, payload: Payload, webhook_id: str | None = None
    ) -> HubReply:
        """Signs and sends a callback in the organisation's name.

        Raises OrganisationUnknown, or httpx.HTTPError when the hub does not answer.
        """
        organisation = self.organisations.get(organisation_id)
        return await self.hub.tell(organisation, payload, webhook_id)
