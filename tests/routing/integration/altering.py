"""Callbacks as somebody sends them who has no key: a true one, altered on the way."""

from __future__ import annotations

import base64
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import httpx

from shared.signatures import Signer, sign

PATH = "/callbacks/department"


@dataclass(frozen=True)
class Sent:
    """Body and headers as they go over the wire."""

    body: bytes
    headers: dict[str, str]

    @classmethod
    def true(cls, body: bytes, organisation: UUID, id: str, at: datetime, *keys: Signer) -> Sent:
        own = {"liuduan-organisation": str(organisation), "content-type": "application/json"}
        return cls(body, sign(body, id=id, at=at, keys=keys) | own)

    def with_headers(self, **changed: str | None) -> Sent:
        """`None` leaves a header out; underscores stand for hyphens."""
        new = {name.replace("_", "-"): value for name, value in changed.items()}
        kept = {name: value for name, value in self.headers.items() if name not in new}
        return replace(self, headers=kept | {k: v for k, v in new.items() if v is not None})

    async def over(self, client: httpx.AsyncClient) -> httpx.Response:
        return await client.post(PATH, content=self.body, headers=self.headers)


def flipped(content: bytes, bit: int) -> bytes:
    altered = bytearray(content)
    altered[bit // 8] ^= 1 << bit % 8
    return bytes(altered)


def _in_body(sent: Sent, dice: random.Random) -> Sent:
    return replace(sent, body=flipped(sent.body, dice.randrange(len(sent.body) * 8)))


def _in_header(name: str) -> Callable[[Sent, random.Random], Sent]:
    """What becomes a control character could not be sent at all: another bit is drawn."""

    def altered(sent: Sent, dice: random.Random) -> Sent:
        content = sent.headers[name].encode()
        while True:
            value = flipped(content, dice.randrange(len(content) * 8)).decode("latin-1")
            if value.isascii() and value.isprintable() and value.strip() == value:
                return replace(sent, headers=sent.headers | {name: value})

    return altered


def _in_signature(sent: Sent, dice: random.Random) -> Sent:
    """In its 64 or 32 bytes, and still well-formed."""
    version, _, encoded = sent.headers["webhook-signature"].partition(",")
    raw = base64.b64decode(encoded)
    altered = base64.b64encode(flipped(raw, dice.randrange(len(raw) * 8))).decode()
    return sent.with_headers(webhook_signature=f"{version},{altered}")


WAYS = (
    _in_body,
    _in_header("webhook-id"),
    _in_header("webhook-timestamp"),
    _in_header("webhook-signature"),
    _in_signature,
)


def alterations(sent: Sent, number: int, seed: int) -> Iterator[Sent]:
    """So many, each in the next way."""
    dice = random.Random(seed)
    for count in range(number):
        yield WAYS[count % len(WAYS)](sent, dice)
