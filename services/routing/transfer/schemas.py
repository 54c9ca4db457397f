"""Request and response bodies of hand-overs."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from services.routing.cases.schemas import Reason
from services.routing.times import Moment
from shared.web.body import Body

Code = Annotated[str, Field(pattern=r"^[A-Z][A-Z_]{1,40}$")]


class TransferIn(Body):
    """T43: `receiver` is a code of the rulebook's `transfers.receivers`; with `whole` false only a
    part leaves the case (X12).
    """

    receiver: Code
    reason: Reason
    whole: bool = True


class HandoverIn(Body):
    """What the receiver signed for; the contact, a number of an office, is told to the owner."""

    receipt: Annotated[str, Field(min_length=1, max_length=200)]
    contact: Annotated[str | None, Field(pattern=r"^[0-9（）()+转 -]{3,30}$")] = None


class TransferOut(BaseModel):
    """`reason` and `receipt` are read by those who handle the case."""

    receiver: str
    receiver_name: str
    whole: bool
    decided_at: Moment
    handed_over_at: Moment | None
    contact: str | None
    reason: str | None
    receipt: str | None


class TransfersOut(BaseModel):
    items: list[TransferOut]
