"""`python -m tests.moved FILE PROGRAM …`: a program whose clocks are ahead by the seconds in FILE.

So processes that know nothing of each other live through the same day, which takes no time. PROGRAM
is a module (`services.routing`) or a file (`receiver.py`), with its own words behind it.
"""

from __future__ import annotations

import runpy
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

from shared.clock import BEIJING, SystemClock


def move(ahead: Path, by: timedelta) -> None:
    """Whoever looks at the clock from now on finds it later."""
    fresh = ahead.with_suffix(".new")
    fresh.write_text(str(by.total_seconds()))
    fresh.replace(ahead)


def _follow(ahead: Path) -> None:
    real_time, real_now = time.time, datetime.now

    def seconds() -> float:
        return float(ahead.read_text())

    def now(_: SystemClock) -> datetime:
        return real_now(BEIJING) + timedelta(seconds=seconds())

    time.time = lambda: real_time() + seconds()
    SystemClock.now = now  # type: ignore[assignment, method-assign]
    SystemClock.simulated = True


def main() -> None:
    _, ahead, program, *words = sys.argv
    _follow(Path(ahead))
    sys.argv = [program, *words]
    if program.endswith(".py"):
        sys.path.insert(0, str(Path(program).parent))
        runpy.run_path(program, run_name="__main__")
    else:
        runpy.run_module(f"{program}.__main__", run_name="__main__")


if __name__ == "__main__":
    main()
