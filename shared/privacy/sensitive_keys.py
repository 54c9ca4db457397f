"""Which names of log fields and JSON members promise a secret or a personal value."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from shared.privacy.masking import mask_name, mask_openid, mask_phone

SAFE = frozenset(
    {"grid", "grid_code", "division", "timestamp", "traceparent", "trace_id", "span_id"}
)

_REMOVED_WHOLE = frozenset(
    {"text", "content", "body", "description", "payload", "headers", "form", "plaintext"}
)
_REMOVED_WORDS = frozenset(
    {"password", "passwd", "passcode", "secret", "token", "authorization", "cookie", "signature"}
    | {"credential", "credentials", "otp", "totp", "pem", "ciphertext"}
    | {"gps", "latitude", "longitude", "lat", "lng", "lon", "location"}
    | {"address", "room", "house", "plate"}
)
_REMOVED_INSIDE = re.compile(
    "apikey|sessionkey|privatekey|signingkey|sealingkey|accesskey"
    "|jscode|idcard|idnumber|citizenid|bankcard"
)
_MASKED_NAMES = frozenset(
    {"person_name", "real_name", "full_name", "owner_name", "reporter_name", "contact_name"}
    | {"display_name", "mediator_name", "nickname", "nick_name", "contact", "applicant"}
)
_REFERENCES = ("_id", "_count", "_at")


@lru_cache(maxsize=1024)
def snake_case(key: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[\s.-]", "_", key).lower()


@lru_cache(maxsize=1024)
def is_removed(name: str) -> bool:
    """Whether a value under this name is left out; `token_id` or `room_count` may stay."""
    if name in _REMOVED_WHOLE or _REMOVED_INSIDE.search(name.replace("_", "")):
        return True
    return not name.endswith(_REFERENCES) and not _REMOVED_WORDS.isdisjoint(name.split("_"))


@lru_cache(maxsize=1024)
def mask_for(name: str) -> Callable[[str], str] | None:
    """How a value under this name is shown, or None when its name says nothing."""
    if name in _MASKED_NAMES:
        return mask_name
    if re.search("openid|unionid", name.replace("_", "")):
        return mask_openid
    if not {"phone", "mobile", "tel"}.isdisjoint(name.split("_")):
        return mask_phone
    return None
