"""One simulator of integrating parties: many organisations, one hub."""

from __future__ import annotations

from uuid import UUID

from starlette.background import BackgroundTask

from deploy.simulators.faults import Script
from deploy.simulators.party.callbacks import Hub, HubReply
from deploy.simulators.party.moods import INSTEAD, Mood
from deploy.simulators.party.organisations import Organisations, ReceivedDelivery
from deploy.simulators.payloads import CaseSigned, Payload
from shared.clock import Clock

DISPATCHED = "routing.case_dispatched"


class Party:
    def __init__(self, hub: Hub, clock: Clock) -> None:
        self.hub = hub
        self.clock = clock
        self.script = Script()
        self.organisations = Organisations()
        self._sign_at_once: set[UUID] = set()

    def feel(self, organisation_id: UUID, mood: Mood) -> None:
        """Behave like that from now on."""
        self.script.always.pop(str(organisation_id), None)
        if mood is not Mood.FINE:
            self.script.always[str(organisation_id)] = INSTEAD[mood]

    def sign_at_once(self, organisation_id: UUID, *, wanted: bool) -> None:
        """Whether it signs for (签收) every case that it is told was dispatched to it."""
        change = self._sign_at_once.add if wanted else self._sign_at_once.discard
        change(organisation_id)

    def reaction_to(self, delivery: ReceivedDelivery) -> BackgroundTask | None:
        """What it does after the delivery was answered: the hub does not wait for it.

        The id of the callback follows from that of the delivery, so that it signs once, however
        often it is told.
        """
        told = delivery.payload
        if delivery.organisation_id not in self._sign_at_once or told["type"] != DISPATCHED:
            return None
        payload = CaseSigned(case_number=told["case_number"])
        answer_id = f"sign-{delivery.webhook_id}"
        return BackgroundTask(self.answer, delivery.organisation_id, payload, answer_id)

    async def answer(
        self, organisation_id: UUID, payload: Payload, webhook_id: str | None = None
    ) -> HubReply:
        """Signs and sends a callback in the organisation's name.

        Raises OrganisationUnknown, or httpx.HTTPError when the hub does not answer.
        """
        organisation = self.organisations.get(organisation_id)
        return await self.hub.tell(organisation, payload, webhook_id)
