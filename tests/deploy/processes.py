"""Watching processes that are not our children."""

from __future__ import annotations

import os
import select
from contextlib import closing

PATIENCE_MS = 30_000


class _Watched:
    def __init__(self, pid: int) -> None:
        self.descriptor = os.pidfd_open(pid)

    def close(self) -> None:
        os.close(self.descriptor)


def ends(pid: int) -> bool:
    """Wait for the end of a process; False when it still runs after half a minute."""
    try:
        watched = _Watched(pid)
    except ProcessLookupError:
        return True
    with closing(watched):
        poll = select.poll()
        poll.register(watched.descriptor, select.POLLIN)
        return bool(poll.poll(PATIENCE_MS))
