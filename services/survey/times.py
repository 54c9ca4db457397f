"""Moments in responses: RFC 3339 with Beijing's offset, whatever the database answered."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import PlainSerializer

from shared.clock import BEIJING


def _in_beijing(moment: datetime) -> str:
    return moment.astimezone(BEIJING).isoformat()


Moment = Annotated[datetime, PlainSerializer(_in_beijing, return_type=str, when_used="json")]
