"""What somebody has chosen; what nobody chose is as the rulebook has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from shared.rulebook.sections.notices import QuietHours


@dataclass(frozen=True)
class Choice:
    """`refused_texts` are families of notices (PROGRESS …) without text messages, `quiet` is an
    owner's own longer night. Staff want tasks together (`digest`) when there are many, or always
    at `digest_times`.
    """

    refused_texts: frozenset[str] = frozenset()
    quiet: QuietHours | None = None
    wechat: bool = True
    digest: bool = True
    digest_times: tuple[time, ...] = ()


AS_USUAL = Choice()
