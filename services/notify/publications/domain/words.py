"""What everybody will read holds no private person's numbers."""

from __future__ import annotations

import re

from shared.errors import Invalid

MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dXx])")


class PersonalNumberInNotice(Invalid):
    """A notice is for everybody: it holds no mobile number and no identity number."""

    code = "PERSONAL_NUMBER_IN_NOTICE"
    chinese = "公示面向公众，不得包含手机号码或身份证号码。"


def refuse_personal_numbers(*texts: str) -> None:
    """Raises PersonalNumberInNotice."""
    if any(MOBILE.search(text) or IDENTITY.search(text) for text in texts):
        raise PersonalNumberInNotice
