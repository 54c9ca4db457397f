"""When an agreement takes effect, and what can follow from it (facts 2.1, 2.2; T18, T34, T38)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.errors import Conflict, Invalid


class Kind(StrEnum):
    WRITTEN = "WRITTEN"
    ORAL = "ORAL"


class AgreementIncomplete(Invalid):
    """A written agreement needs the parties' signatures, the mediator's, and the seal."""

    code = "AGREEMENT_INCOMPLETE"
    chinese = "书面协议须有当事人签名、调解员签名并加盖印章。"


class SignedInTheFuture(Invalid):
    """An agreement cannot be signed or sealed later than now."""

    code = "SIGNED_IN_THE_FUTURE"
    chinese = "签名、盖章时间不能晚于现在。"


class OwnershipIsNotConfirmed(Conflict):
    """Agreements about ownership are not open to judicial confirmation (X24)."""

    code = "OWNERSHIP_IS_NOT_CONFIRMED"
    chinese = "涉及确权的协议，人民法院不予受理司法确认申请。"


class ConfirmationTooLate(Conflict):
    """The thirty days for a joint application are over (CK-09); other routes stay open."""

    code = "CONFIRMATION_TOO_LATE"
    chinese = "已超过申请司法确认的三十日期限，可选择其他途径。"


class AgreementAlreadyConfirmed(Conflict):
    """A court has confirmed this agreement already."""

    code = "AGREEMENT_ALREADY_CONFIRMED"
    chinese = "协议已经司法确认，无需再次申请。"


class ApplicationNotPending(Conflict):
    """The court has decided on this application already."""

    code = "APPLICATION_NOT_PENDING"
    chinese = "该司法确认申请已有裁定结果。"


class ConfirmedAgreementIsEnforced(Conflict):
    """A confirmed agreement is enforced by the court; nobody needs to sue for it again."""

    code = "CONFIRMED_AGREEMENT_IS_ENFORCED"
    chinese = "协议已经司法确认，可直接申请强制执行。"


@dataclass(frozen=True)
class Acts:
    """The three acts of a written agreement; an oral one has at most the first."""

    signed_at: datetime | None
    mediator_signed_at: datetime | None
    sealed_at: datetime | None


def effective_at(kind: Kind, acts: Acts, now: datetime) -> datetime:
    """Written: the last of the three acts. Oral: when it was reached (F:L1 arts. 29-30).

    Raises AgreementIncomplete or SignedInTheFuture.
    """
    done = [at for at in (acts.signed_at, acts.mediator_signed_at, acts.sealed_at) if at]
    if any(at > now for at in done):
        raise SignedInTheFuture
    if kind is Kind.ORAL:
        return acts.signed_at or now
    if len(done) < 3:
        raise AgreementIncomplete
    return max(done)


def refuse_application(
    *, concerns_ownership: bool, confirmed: bool, until: datetime | None, now: datetime
) -> None:
    """`until` is the last instant of CK-09.

    Raises AgreementAlreadyConfirmed, OwnershipIsNotConfirmed or ConfirmationTooLate.
    """
    if confirmed:
        raise AgreementAlreadyConfirmed
    if concerns_ownership:
        raise OwnershipIsNotConfirmed
    if until is None or now > until:
        raise ConfirmationTooLate


def file_number(pattern: str, at: datetime, number: int) -> str:
    """（2026）咸物调字第00012号, by the rulebook's pattern."""
    return pattern.format(year=at.year, number=number)
