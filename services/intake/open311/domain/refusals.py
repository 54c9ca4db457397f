"""What GeoReport v2 refuses: 404 for what is not there, 403 for the key, 400 for the rest."""

from __future__ import annotations

from collections.abc import Sequence

from shared.errors import BadRequest, Forbidden, Invalid, NotFound, TooMany


class KeyMissing(Forbidden):
    """This call needs an api_key."""

    code = "OPEN311_KEY_MISSING"
    chinese = "缺少 api_key。"


class KeyUnknown(Forbidden):
    """The api_key is unknown or was revoked."""

    code = "OPEN311_KEY_UNKNOWN"
    chinese = "api_key 无效或已停用。"


class JurisdictionUnknown(NotFound):
    """The jurisdiction_id was not found."""

    code = "JURISDICTION_UNKNOWN"
    chinese = "没有这个 jurisdiction_id。"


class ServiceMissing(BadRequest):
    """The service_code was not provided."""

    code = "SERVICE_CODE_MISSING"
    chinese = "缺少 service_code。"


class ServiceUnknown(NotFound):
    """The service_code was not found."""

    code = "SERVICE_CODE_UNKNOWN"
    chinese = "没有这个 service_code。"


class TokenUnknown(NotFound):
    """The token was not found."""

    code = "OPEN311_TOKEN_UNKNOWN"
    chinese = "没有这个 token。"


class RequestUnknown(NotFound):
    """The service_request_id was not found."""

    code = "SERVICE_REQUEST_UNKNOWN"
    chinese = "没有这个 service_request_id。"


class FormatUnknown(NotFound):
    """The formats are xml and json."""

    code = "FORMAT_UNKNOWN"
    chinese = "仅提供 xml 与 json 两种格式。"


class Refused(BadRequest):
    """Some parameters are missing or malformed; `errors` says of each what is wrong with it."""

    code = "OPEN311_PARAMETERS"
    chinese = "部分参数缺失或格式不正确。"

    def __init__(self, *errors: str) -> None:
        super().__init__(errors=list(errors))


class UpdateIdReused(Invalid):
    """This update_id was used for another update of the same request."""

    code = "OPEN311_UPDATE_ID_REUSED"
    chinese = "该 update_id 已用于此诉求的另一条内容不同的更新。"


class FilingTooOften(TooMany):
    """This client, account or device has filed as much as may be filed for now. In danger call
    110, 119 or 120.
    """

    code = "OPEN311_TOO_OFTEN"
    chinese = "短时间内提交过多，请稍后再试；紧急情况请拨打110、119、120。"


def refuse(errors: Sequence[str]) -> None:
    """Raises Refused when there is anything to say."""
    if errors:
        raise Refused(*errors)
