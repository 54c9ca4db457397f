"""Sends what is due in a process of its own, which kills itself once the provider has accepted.

python -m tests.notify.dying < environment as JSON
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Sequence

from services.notify.app import service
from services.notify.messages.sending.sender import MessageSender
from shared.clock import SimulatedClock
from shared.hosting import Host
from shared.messaging.in_process import InProcessTransport
from shared.settings import from_environment
from shared.sms import Accepted, Submission, TencentSms
from tests.stage import START

SEND = TencentSms.send


async def once_accepted(
    line: TencentSms, phone: str, template: str, params: Sequence[str], request_id: str
) -> Submission:
    submission = await SEND(line, phone, template, params, request_id)
    if isinstance(submission, Accepted):
        os.kill(os.getpid(), signal.SIGKILL)
    return submission


async def main() -> None:
    settings = from_environment("notify", json.load(sys.stdin))
    host = await Host.open(service, settings, SimulatedClock(START), InProcessTransport())
    TencentSms.send = once_accepted  # type: ignore[method-assign, assignment]
    await host.runtime.part(MessageSender).pump()


if __name__ == "__main__":
    asyncio.run(main())
