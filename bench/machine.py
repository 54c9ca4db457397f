"""What the figures were measured on: they mean nothing without it."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Iterator
from pathlib import Path

from deploy.embedded.binaries import major_version, postgres_binaries
from shared.clock import SystemClock


def describe() -> Iterator[str]:
    """Lines for the head of every table."""
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    yield f"{SystemClock().now():%Y-%m-%d %H:%M} (Beijing), load before the run {load}"
    yield f"{os.cpu_count()} × {_processor()}, {_memory_gib()} GiB, {platform.platform()}"
    yield f"Python {platform.python_version()}, PostgreSQL {major_version(postgres_binaries())}"


def rabbitmq_version() -> str:
    """Of the package that is installed here, or an empty text."""
    for folder in Path("/usr/lib/rabbitmq/lib").glob("rabbitmq_server-*"):
        return folder.name.removeprefix("rabbitmq_server-")
    return ""


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())


def _memory_gib() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)


def resident_mb(root: int) -> float:
    """Memory of a process and all that came of it, pages they share counted once (PSS)."""
    return sum(_proportional_kb(pid) for pid in _family(root)) / 1024


def _family(root: int) -> Iterator[int]:
    yield root
    listed = subprocess.run(["pgrep", "-P", str(root)], capture_output=True, text=True, check=False)
    for child in listed.stdout.split():
        yield from _family(int(child))


def _proportional_kb(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
