"""When a sheet that was looked at may be taken over."""

from __future__ import annotations

from shared.errors import Conflict


class ThirdPartyNotInForce(Conflict):
    """Evaluation by third parties is not in force (E21)."""

    code = "THIRD_PARTY_NOT_IN_FORCE"
    chinese = "第三方评价尚未施行或已停用。"


class EvaluationImportApplied(Conflict):
    """This sheet has been taken over."""

    code = "EVALUATION_IMPORT_APPLIED"
    chinese = "该表已导入。"


class EvaluationImportExpired(Conflict):
    """The preview is too old; upload the sheet again."""

    code = "EVALUATION_IMPORT_EXPIRED"
    chinese = "预览已过期，请重新上传。"


class EvaluationImportHasFaults(Conflict):
    """Some rows are wrong; correct the sheet and upload it again."""

    code = "EVALUATION_IMPORT_HAS_FAULTS"
    chinese = "表中有错误行，请更正后重新上传。"


class EvaluationImportOutdated(Conflict):
    """Something has changed since the preview; upload the sheet again."""

    code = "EVALUATION_IMPORT_OUTDATED"
    chinese = "预览后数据有变化，请重新上传核对。"


def refuse_third_party_off(*, on: bool) -> None:
    """Raises ThirdPartyNotInForce."""
    if not on:
        raise ThirdPartyNotInForce


def refuse_not_open(*, applied: bool, expired: bool, faulty: bool) -> None:
    """Raises EvaluationImportApplied, EvaluationImportExpired or EvaluationImportHasFaults."""
    if applied:
        raise EvaluationImportApplied
    if expired:
        raise EvaluationImportExpired
    if faulty:
        raise EvaluationImportHasFaults
