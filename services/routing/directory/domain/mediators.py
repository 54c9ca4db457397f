"""Who may be called a full-time mediator (C03)."""

from __future__ import annotations

from enum import StrEnum

from shared.errors import Invalid


class Certificate(StrEnum):
    """法律职业资格证 or 调解员证书."""

    LEGAL_PROFESSION = "LEGAL_PROFESSION"
    MEDIATOR = "MEDIATOR"


class CertificateMissing(Invalid):
    """A full-time mediator needs a certificate with its number."""

    code = "MEDIATOR_CERTIFICATE_MISSING"
    chinese = "专职调解员须登记法律职业资格证或调解员证书及其编号。"


class NotACommittee(Invalid):
    """This person does not work for a mediation committee."""

    code = "NOT_A_MEDIATION_COMMITTEE"
    chinese = "该人员不属于人民调解委员会。"


class NotAMediator(Invalid):
    """This account does not have the role of a mediator."""

    code = "NOT_A_MEDIATOR"
    chinese = "该账号没有调解员角色。"


def check_certificate(
    *, full_time: bool, kind: Certificate | None, number: str | None, needed: bool
) -> None:
    """Half a certificate is none. Raises CertificateMissing."""
    complete = kind is not None and bool(number)
    partial = kind is not None or number is not None
    if (full_time and needed and not complete) or (partial and not complete):
        raise CertificateMissing
