"""Times as responses show them: RFC 3339 with the offset of Beijing."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator

from shared.clock import BEIJING


def in_beijing(moment: datetime) -> datetime:
    return moment.astimezone(BEIJING)


Moment = Annotated[datetime, AfterValidator(in_beijing)]
