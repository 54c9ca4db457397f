"""Moments as people say them: `2026-05-07 24:00` is the end of that day."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from shared.clock import BEIJING


def spoken(moment: str | None) -> str | None:
    """A moment of the API in Beijing time, with seconds only where there are some."""
    if moment is None:
        return None
    instant = datetime.fromisoformat(moment).astimezone(BEIJING)
    if instant.time() == time():
        return f"{instant - timedelta(days=1):%Y-%m-%d} 24:00"
    return f"{instant:%Y-%m-%d %H:%M:%S}".removesuffix(":00")
