"""What Tencent Cloud's error codes mean for the sender ("短信 API 3.0 错误码", 382/59177)."""

from __future__ import annotations

from shared.sms.channel import Cause, NotAccepted, Unknown

# The most specific prefix decides. None: it may have been sent all the same.
_BY_PREFIX: dict[str, Cause | None] = {
    "FailedOperation.PhoneNumberInBlacklist": Cause.RECIPIENT,
    "FailedOperation.PhoneNumberOnBlacklist": Cause.RECIPIENT,
    "InvalidParameterValue.IncorrectPhoneNumber": Cause.RECIPIENT,
    "UnsupportedOperation.": Cause.RECIPIENT,
    "LimitExceeded.": Cause.LIMIT,
    "RequestLimitExceeded": Cause.LIMIT,
    "AuthFailure.": Cause.ACCOUNT,
    "UnauthorizedOperation.": Cause.ACCOUNT,
    "FailedOperation.InsufficientBalance": Cause.ACCOUNT,
    "InvalidParameter.AppidAndBizId": Cause.ACCOUNT,
    "InvalidParameterValue.SdkAppIdNotExist": Cause.ACCOUNT,
    "InternalError": None,
    "InternalError.RequestTimeException": Cause.ACCOUNT,
    "InternalError.RestApiInterfaceNotExist": Cause.ACCOUNT,
    "InternalError.Sig": Cause.ACCOUNT,
    "InternalError.JsonParseFail": Cause.CONTENT,
    "": Cause.CONTENT,
}


def judge(code: str) -> NotAccepted | Unknown:
    """The outcome behind an error code; a code we do not know is a matter of content."""
    longest = max((prefix for prefix in _BY_PREFIX if code.startswith(prefix)), key=len)
    cause = _BY_PREFIX[longest]
    return Unknown(code) if cause is None else NotAccepted(cause, code)
