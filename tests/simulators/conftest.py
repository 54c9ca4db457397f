"""A clock that stands still until a test moves it."""

from __future__ import annotations

from datetime import datetime

import pytest

from shared.clock import BEIJING, SimulatedClock


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock(datetime(2026, 3, 2, 10, 0, tzinfo=BEIJING))
