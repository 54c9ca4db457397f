"""The doors a complaint may come through, and what the other services call them (B03).

A door is finer than the channel of the contract: what decides how a complaint is treated is who
has read it before, and a letter typed off by the centre has been read like a visitor's words.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from shared.contracts.vocabulary import Channel


class DoorKind(StrEnum):
    MINI_PROGRAM = "MINI_PROGRAM"
    OPEN311 = "OPEN311"
    HOTLINE = "HOTLINE"
    WALK_IN = "WALK_IN"
    LETTER = "LETTER"
    GRID_REPORT = "GRID_REPORT"
    COMPANY = "COMPANY"
    INSPECTION = "INSPECTION"
    COURT_DELEGATED = "COURT_DELEGATED"


CHANNEL_OF: Mapping[DoorKind, Channel] = {
    DoorKind.MINI_PROGRAM: Channel.MINI_PROGRAM,
    DoorKind.OPEN311: Channel.MINI_PROGRAM,  # a resident by another app: nobody in office read it
    DoorKind.HOTLINE: Channel.HOTLINE,
    DoorKind.WALK_IN: Channel.WALK_IN,
    DoorKind.LETTER: Channel.WALK_IN,
    DoorKind.GRID_REPORT: Channel.GRID_REPORT,
    DoorKind.COMPANY: Channel.COMPANY,
    DoorKind.INSPECTION: Channel.INSPECTION,
    DoorKind.COURT_DELEGATED: Channel.COURT_DELEGATED,
}
