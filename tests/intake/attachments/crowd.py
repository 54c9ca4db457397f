"""Ten of the largest files at once, in a process of its own, which tells how much memory they cost.

python -m tests.intake.attachments.crowd KIND UPLOADER < environment as JSON
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
from uuid import UUID

import httpx

from services.intake.app import service
from shared.clock import SimulatedClock
from shared.hosting import Host
from shared.identity import Issuer, TokenIssuer
from shared.messaging.in_process import InProcessTransport
from shared.settings import from_environment
from tests.intake.attachments import media
from tests.intake.attachments.pictures import encoded, jpeg, picture
from tests.intake.attachments.uploads import PART, begin, finish, put, whole
from tests.intake.people import acting_owner
from tests.stage import START, Stage

LARGEST = 20 * 1024 * 1024
AT_ONCE = 10


def photograph() -> bytes:
    plain = encoded(picture(), "JPEG")
    filling = b"\xff\xfe\xff\xff" + bytes(65_533)
    return plain[:2] + filling * (LARGEST // len(filling) - 1) + plain[2:]


async def send(client: httpx.AsyncClient, content: bytes, kind: str) -> None:
    begun = await begin(client, content, kind)
    view = memoryview(content)
    for number in range(1, begun["parts"] + 1):
        some = bytes(view[(number - 1) * PART : number * PART])
        answer = await put(client, begun["id"], number, some)
        assert answer.status_code == 200, answer.text
    answer = await finish(client, begun["id"])
    assert answer.status_code == 200, answer.text


async def main(kind: str, uploader: UUID) -> None:
    told, clock = json.load(sys.stdin), SimulatedClock(START)
    settings = from_environment("intake", told)
    host = await Host.open(service, settings, clock, InProcessTransport())
    content = photograph() if kind == "IMAGE" else media.FRAME * (LARGEST // len(media.FRAME))
    key = told["LIUDUAN_INTAKE_SIGNING_KEY"]
    token = TokenIssuer(key, "intake-test", Issuer.INTAKE, clock).issue(acting_owner(uploader))
    async with Stage(host, clock).client() as client:
        client.headers["Authorization"] = f"Bearer {token.value}"
        answer = await whole(client, jpeg())
        assert answer.status_code == 201, answer.text
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        await asyncio.gather(*(send(client, content, kind) for _ in range(AT_ONCE)))
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    await host.stop()
    print(f"grown {after - before}")  # noqa: T201 — read by the test


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], UUID(sys.argv[2])))
