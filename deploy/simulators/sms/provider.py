"""Everything one simulated SMS provider knows, in memory."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict

from deploy.simulators.faults import Script
from deploy.simulators.sms.signed import SignedCall, SmsRefusal, body_of, check_signature
from shared.clock import Clock
from shared.sms import Fate, TencentAccount

NO_END = 2**40


class SentSms(BaseModel):
    """A message as it lies on the reader's phone, or would; `phone` as +86…"""

    model_config = ConfigDict(frozen=True)

    serial: str
    phone: str
    template: str
    params: list[str]
    sign_name: str
    session_context: str
    sent_at: AwareDatetime
    fate: Fate
    segments: int = 1


class Provider:
    """`templates` maps TemplateId to the number of its parameters; None takes any.

    `fates` says what the carrier will report of messages to a number; DELIVERED by default.
    """

    def __init__(
        self, account: TencentAccount, clock: Clock, templates: Mapping[str, int] | None
    ) -> None:
        self.account = account
        self.clock = clock
        self.script = Script()
        self.sent: list[SentSms] = []
        self.fates: dict[str, Fate] = {}
        self.segments = 1  # how many messages each is billed as
        self._templates = templates
        self._told = 0

    def answer(self, call: SignedCall) -> dict[str, Any]:
        """The whole answer to a call, errors included."""
        try:
            result = self._result(call)
        except SmsRefusal as refusal:
            result = {"Error": {"Code": refusal.code, "Message": refusal.message}}
        return {"Response": {**result, "RequestId": secrets.token_hex(16)}}

    def _result(self, call: SignedCall) -> dict[str, Any]:
        check_signature(call, self.account.key, self.clock.now())
        body = body_of(call)
        if body["SmsSdkAppId"] != self.account.app_id:
            raise SmsRefusal("UnauthorizedOperation.SmsSdkAppIdVerifyFail", "no such SdkAppId")
        if call.action == "SendSms":
            return {"SendStatusSet": [self._status(phone, body) for phone in _phones(body)]}
        if call.action == "PullSmsSendStatus":
            return {"PullSmsSendStatusSet": self._pulled(int(body["Limit"]))}
        return {"PullSmsSendStatusSet": self._reports(body)}

    def _status(self, phone: str, body: dict[str, Any]) -> dict[str, Any]:
        context = str(body.get("SessionContext", ""))
        common = {"PhoneNumber": phone, "SessionContext": context, "IsoCode": "CN"}
        try:
            sent = self._send(phone, body)
        except SmsRefusal as refusal:
            failure = {"SerialNo": "", "Fee": 0, "Code": refusal.code, "Message": refusal.message}
            return {**common, **failure}
        success = {
            "SerialNo": sent.serial,
            "Fee": sent.segments,
            "Code": "Ok",
            "Message": "send success",
        }
        return {**common, **success}

    def _send(self, phone: str, body: dict[str, Any]) -> SentSms:
        self._check(phone, body)
        sent = SentSms(
            serial=f"5000:{secrets.randbelow(10**18)}",
            phone=phone,
            template=str(body["TemplateId"]),
            params=_params(body),
            sign_name=str(body.get("SignName", "")),
            session_context=str(body.get("SessionContext", "")),
            sent_at=self.clock.now(),
            fate=self.fates.get(phone, Fate.DELIVERED),
            segments=self.segments,
        )
        self.sent.append(sent)
        return sent

    def _check(self, phone: str, body: dict[str, Any]) -> None:
        if not re.fullmatch(r"\+861\d{10}", phone):
            raise SmsRefusal("InvalidParameterValue.IncorrectPhoneNumber", "incorrect number")
        if self._templates is None:
            return
        if self._templates.get(str(body["TemplateId"])) != len(_params(body)):
            code = "FailedOperation.TemplateIncorrectOrUnapproved"
            raise SmsRefusal(code, "no such template, or wrong parameters")

    def _pulled(self, most: int) -> list[dict[str, Any]]:
        """Each report once: what is pulled is gone from the queue."""
        new = [each for each in self.sent[self._told :] if each.fate is not Fate.UNREPORTED][:most]
        if new:
            self._told = self.sent.index(new[-1]) + 1
        return [_report(each) for each in new]

    def _reports(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        begin, end = int(body["BeginTime"]), int(body.get("EndTime", NO_END))
        return [
            _report(each)
            for each in self.sent
            if each.phone == body["PhoneNumber"]
            and begin <= int(each.sent_at.timestamp()) <= end
            and each.fate is not Fate.UNREPORTED
        ][: int(body["Limit"])]


def _phones(body: dict[str, Any]) -> list[str]:
    phones = [str(phone) for phone in body["PhoneNumberSet"]]
    if not phones:
        raise SmsRefusal("MissingParameter.EmptyPhoneNumberSet", "no numbers")
    return phones


def _params(body: dict[str, Any]) -> list[str]:
    return [str(param) for param in body.get("TemplateParamSet", [])]


def _report(sent: SentSms) -> dict[str, Any]:
    delivered = sent.fate is Fate.DELIVERED
    return {
        "UserReceiveTime": int(sent.sent_at.timestamp()),
        "CountryCode": "86",
        "SubscriberNumber": sent.phone.removeprefix("+86"),
        "PhoneNumber": sent.phone,
        "SerialNo": sent.serial,
        "ReportStatus": "SUCCESS" if delivered else "FAIL",
        "Description": "DELIVRD" if delivered else "UNDELIV",
        "SessionContext": sent.session_context,
    }
