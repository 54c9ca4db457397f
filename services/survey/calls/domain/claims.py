"""A call belongs to one caller at a time, so that two do not call the same person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.errors import Conflict


class CallClaimed(Conflict):
    """Somebody else is calling this person; `until` says how long at most."""

    code = "CALL_CLAIMED"
    chinese = "该回访电话已由他人领取。"


class CallNotClaimed(Conflict):
    """Claim the call first; a claim ends after a while."""

    code = "CALL_NOT_CLAIMED"
    chinese = "请先领取该回访电话（领取后限时有效）。"


class NumberNotRead(Conflict):
    """Nobody can have called: the number was not looked at during this claim."""

    code = "NUMBER_NOT_READ"
    chinese = "本次领取后尚未查看号码，不能登记通话。"


@dataclass(frozen=True)
class Claim:
    """`read_at` is when the claimant last looked at the number."""

    by: UUID | None = None
    until: datetime | None = None
    read_at: datetime | None = None

    def holder(self, at: datetime) -> UUID | None:
        """Whose call it is at `at`; the end is not in time any more."""
        return self.by if self.until is not None and at < self.until else None


FREE = Claim()


def claimed(claim: Claim, by: UUID, at: datetime, until: datetime) -> Claim:
    """Claiming again prolongs, and keeps what was looked at. Raises CallClaimed."""
    holder = claim.holder(at)
    if holder == by:
        return Claim(by, until, claim.read_at)
    if holder is not None:
        assert claim.until is not None
        raise CallClaimed(until=claim.until.isoformat())
    return Claim(by, until)


def held(claim: Claim, by: UUID, at: datetime) -> Claim:
    """The claim, when it is `by`'s. Raises CallClaimed or CallNotClaimed."""
    holder = claim.holder(at)
    if holder == by:
        return claim
    if holder is None:
        raise CallNotClaimed
    assert claim.until is not None
    raise CallClaimed(until=claim.until.isoformat())


def looked_at(claim: Claim) -> datetime:
    """Raises NumberNotRead."""
    if claim.read_at is None:
        raise NumberNotRead
    return claim.read_at
