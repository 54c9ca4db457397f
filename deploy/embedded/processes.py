"""Child processes that end with their parent, and how they are stopped."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence


def bound_to_parent(command: Sequence[str], last_signal: signal.Signals) -> list[str]:
    """The command, signalled when its parent dies, however it dies (Linux only).

    The kernel takes the starting *thread* for the parent: start servers from the main thread. It
    forgets the signal when a process changes its user: whatever does that must come before.
    """
    setpriv = shutil.which("setpriv") if sys.platform == "linux" else None
    if setpriv is None:
        return list(command)
    return [setpriv, "--pdeathsig", last_signal.name.removeprefix("SIG"), *command]


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody holds at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def ended_within(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Wait, and say whether the process is over."""
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def pause(seconds: float) -> None:
    """Give another process time; nothing of ours is counted by it."""
    time.sleep(seconds)  # noqa: TID251 - no clock of the system is asked or waited for


def eventually(condition: Callable[[], bool], seconds: float) -> bool:
    """Whether the condition came true in time; for processes that are not our children."""
    for _ in range(int(seconds / 0.05)):
        if condition():
            return True
        pause(0.05)
    return condition()


def stop(process: subprocess.Popen[bytes], *signals: signal.Signals, patience: float = 15) -> None:
    """Ask with each signal in turn, `patience` seconds each, and end it by force at last."""
    for number in (*signals, signal.SIGKILL):
        process.send_signal(number)
        if ended_within(process, patience):
            return
