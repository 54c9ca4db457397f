"""Senders that die: `python -m tests.notify.dying_sender`, for T8.

For every moment that it reads from its input it forks a process, whose clock shows that moment
and which sends what is due, and stops between the receiver's answer and the record of it: then it
says its number, and waits to be killed. Forking saves a hundred starts of Python.
"""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import datetime

from services.notify.webhooks.sending.posting import Posting
from services.notify.webhooks.sending.recording import Made
from services.notify.webhooks.sending.sender import WebhookSender
from services.notify.webhooks.sending.ways import Egress
from shared.clock import SimulatedClock
from shared.composition import compose_runtime
from shared.egress import tls
from shared.messaging.in_process import InProcessTransport
from shared.settings import from_environment
from shared.signatures import PrivateKey
from tests.notify.receivers import Names
from tests.stage import START

CLOCK = SimulatedClock(START)
# nothing of it is connected before a fork
RUNTIME = compose_runtime(from_environment("notify"), CLOCK, InProcessTransport())
WAY = Egress(Names({}), tls(), this_machine=True)


class DyingSender(WebhookSender):
    async def _record(self, made: Made) -> None:
        assert made.answer.status == 204
        os.write(1, f"{os.getpid()}\n".encode())
        await asyncio.Event().wait()


async def die_at(moment: datetime) -> None:
    CLOCK.move_to(moment)
    await DyingSender(RUNTIME, [PrivateKey.generate()], Posting(WAY)).pump()


def main() -> None:
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            asyncio.run(die_at(datetime.fromisoformat(line.strip())))
            os._exit(1)  # it had nothing to send
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
