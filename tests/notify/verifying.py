"""A receiver that checks every delivery with other people's code, and with nothing of ours."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx
import time_machine
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from standardwebhooks import Webhook, WebhookVerificationError

from shared.clock import SimulatedClock


def fits_secret(request: httpx.Request, secret: str, clock: SimulatedClock) -> bool:
    """`v1`, with the reference library."""
    with time_machine.travel(clock.now(), tick=False):
        try:
            Webhook(secret).verify(request.content, dict(request.headers))
        except WebhookVerificationError:
            return False
    return True


def fits_public_key(request: httpx.Request, public_key: str) -> bool:
    """`v1a`, with an Ed25519 implementation; one of several signatures is enough."""
    headers = request.headers
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + request.content
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key.removeprefix("whpk_")))
    for signature in headers["webhook-signature"].split(" "):
        version, _, encoded = signature.partition(",")
        if version != "v1a":
            continue
        try:
            key.verify(base64.b64decode(encoded), content)
        except InvalidSignature:
            continue
        return True
    return False


@dataclass
class VerifyingReceiver(httpx.AsyncBaseTransport):
    """Holds one secret at a time, and says 401 to what does not fit it. While `road` is not clear,
    what was sent is still on its way.
    """

    clock: SimulatedClock
    secret: str
    taken: list[httpx.Request] = field(default_factory=list)
    refused: list[httpx.Request] = field(default_factory=list)
    watch: Callable[[], None] = lambda: None
    road: asyncio.Event = field(default_factory=asyncio.Event)
    on_its_way: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.road.set()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        self.on_its_way.set()
        await self.road.wait()
        fits = fits_secret(request, self.secret, self.clock)
        (self.taken if fits else self.refused).append(request)
        self.watch()
        return httpx.Response(204 if fits else 401, stream=httpx.ByteStream(b""))
