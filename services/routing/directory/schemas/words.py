"""The kinds of text that bodies and queries of the directory are made of."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from pydantic import Field

Name = Annotated[str, Field(min_length=2, max_length=60)]
DivisionCode = Annotated[str, Field(max_length=12, description="4, 6, 9 or 12 digits")]
GridCode = Annotated[str, Field(pattern=r"^[0-9]{1,24}$")]
Number = Annotated[str, Field(min_length=1, max_length=20)]
Version = Annotated[int, Field(ge=1, description="The version that was looked at")]

STORABLE = r"^[^\x00]*$"
Words = Annotated[str, Query(max_length=50, pattern=STORABLE, description="Part of the name")]
Prefix = Annotated[
    str | None,
    Query(pattern=r"^[0-9]{2,12}$", description="Beginning of a division code"),
]
Code = Annotated[str | None, Query(pattern=r"^[A-Z_]{1,40}$")]
