"""What an account still lacks before its owner can complain and be answered (A04, X41)."""

from __future__ import annotations

from enum import StrEnum


class Missing(StrEnum):
    """CONSENT and GUARDIAN stand in the way of every complaint, HOME of all but a visitor's;
    without a MOBILE nobody can be called.
    """

    CONSENT = "CONSENT"
    GUARDIAN = "GUARDIAN"
    MOBILE = "MOBILE"
    HOME = "HOME"


def what_is_missing(
    *, consented: bool, guardian_missing: bool, mobile: bool, home: bool
) -> list[Missing]:
    """In the order in which they are asked for."""
    lacking = {
        Missing.CONSENT: not consented,
        Missing.GUARDIAN: guardian_missing,
        Missing.MOBILE: not mobile,
        Missing.HOME: not home,
    }
    return [what for what, lacks in lacking.items() if lacks]
