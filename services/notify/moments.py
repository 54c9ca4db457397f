"""Times: RFC 3339; those we show have the offset of Beijing, those we are told have any."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime

from shared.clock import BEIJING


def in_beijing(moment: datetime) -> datetime:
    return moment.astimezone(BEIJING)


Moment = Annotated[datetime, AfterValidator(in_beijing)]


def _within_reach(moment: datetime) -> datetime:
    """Raises ValueError for years that no offset may move out of the calendar."""
    if not 1970 <= moment.year <= 2999:
        raise ValueError("a year from 1970 to 2999")
    return moment


Instant = Annotated[AwareDatetime, AfterValidator(_within_reach)]
