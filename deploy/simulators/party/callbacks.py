"""How an organisation answers the hub: a signed POST, one connection, no retries."""

from __future__ import annotations

from dataclasses import dataclass

import httpx

from deploy.simulators.party.organisations import Organisation
from deploy.simulators.payloads import Payload
from shared.clock import Clock
from shared.ids import new_id
from shared.signatures import sign

CALLBACK_PATH = "/routing/callbacks/{kind}"
ORGANISATION_HEADER = "liuduan-organisation"
TIMEOUT = httpx.Timeout(15, connect=3)


@dataclass(frozen=True)
class HubReply:
    """What the hub said to a callback sent under `webhook_id`."""

    webhook_id: str
    status: int
    text: str


@dataclass(frozen=True)
class Hub:
    """Where callbacks go; `transport` None is the network."""

    url: str
    clock: Clock
    transport: httpx.AsyncBaseTransport | None = None

    async def tell(
        self, organisation: Organisation, payload: Payload, webhook_id: str | None = None
    ) -> HubReply:
        """Sends once; the same `webhook_id` again is a repetition. Raises httpx.HTTPError."""
        id = webhook_id or str(new_id())
        body = payload.model_dump_json(exclude_none=True).encode()
        signed = sign(body, id=id, at=self.clock.now(), keys=organisation.own_keys)
        headers = {
            **signed,
            ORGANISATION_HEADER: str(organisation.id),
            "content-type": "application/json",
        }
        async with httpx.AsyncClient(transport=self.transport, timeout=TIMEOUT) as client:
            response = await client.post(self.url, content=body, headers=headers)
        return HubReply(id, response.status_code, response.text)
