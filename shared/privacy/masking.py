"""Showing that a value is there without showing it."""

from __future__ import annotations

import re
from collections.abc import Callable

_SIMPLE: dict[int, int | None] = {
    **dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff")),
    **{full: full - 0xFEE0 for full in map(ord, "０１２３４５６７８９＋－＠．")},
    **{ord("Ａ") + n: ord("A") + n for n in range(26)},
    **{ord("ａ") + n: ord("a") + n for n in range(26)},
}
_GAP = r"[ \t\u3000\-–—]{0,3}"
_PLATE_SIGN = "[0-9A-HJ-NP-Za-hj-np-z]"
_PATTERNS = {
    # our own ids stay: a UUID, a platform case number, a trace id
    "keep": r"""(?<![0-9A-Za-z])(?:[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}
        |XN[0-9]{6}-[0-9]{8}-[0-9]{5}
        |(?=[0-9]*[a-f])(?:[0-9a-f]{32}|[0-9a-f]{16}))(?![0-9A-Za-z])""",
    "email": r"""(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}
        @[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+""",
    "citizen": rf"""(?<![0-9])[1-9][0-9]{{5}}{_GAP}(?:18|19|20)[0-9]{{2}}{_GAP}
        (?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]){_GAP}[0-9]{{3}}[0-9Xx](?![0-9])""",
    # born 1920 or later: a grid code of fifteen digits seldom looks so
    "old_citizen": r"""(?<![0-9])[1-9][0-9]{5}[2-9][0-9]
        (?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}(?![0-9])""",
    "card": r"""(?<![0-9])(?:[0-9]{16,}
        |(?<![A-Za-z-])[0-9]{4}(?:[ -][0-9]{4}){3}(?:[ -]?[0-9]{1,3})?)(?![0-9])""",
    "phone": rf"""(?<![0-9])(?:(?:\+?86|0086){_GAP})?(?:
        1[3-9][0-9][.·][0-9]{{4}}[.·][0-9]{{4}}|1{_GAP}[3-9](?:{_GAP}[0-9]){{9}})(?![0-9])""",
    "landline": r"(?<![0-9-])0[1-9][0-9]{1,2}[ -]?[2-9][0-9]{6,7}(?![0-9-])",
    "plate": rf"""[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]
        [A-HJ-NP-Za-hj-np-z][ ·•.\-]?
        (?:{_PLATE_SIGN}{{5,6}}|{_PLATE_SIGN}{{4}}[挂学警港澳])(?![0-9A-Za-z])""",
}
_PERSONAL = re.compile(
    "|".join(f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS.items()), re.VERBOSE
)


def mask_phone(phone: str) -> str:
    """`139****0001`; of anything that is no mobile number only the last three digits stay."""
    digits = re.sub(r"\D", "", phone.translate(_SIMPLE))
    if re.fullmatch(r"(?:86|0086)?1[3-9]\d{9}", digits):
        return f"{digits[-11:-8]}****{digits[-4:]}"
    return f"****{digits[-3:]}" if len(digits) >= 7 else "****"


def mask_name(name: str) -> str:
    """`张**`, whatever the length of the name."""
    return f"{name.strip()[:1]}**" if name.strip() else ""


def mask_openid(openid: str) -> str:
    """Enough to compare two lines of a log, not enough to address anybody."""
    return f"{openid[:3]}****{openid[-3:]}" if len(openid) >= 16 else "****"


def mask_text(text: str) -> str:
    """Free text without phone, id, card and plate numbers and without mail addresses.

    Our own ids stay. Names and addresses in prose are not recognised.
    """
    return _PERSONAL.sub(_masked, text.translate(_SIMPLE))


def _masked(match: re.Match[str]) -> str:
    return _MASKS[match.lastgroup or "keep"](match[0])


def _keep(text: str) -> str:
    return text


def _region_only(number: str) -> str:
    return number[:4] + "*" * 14


def _last_four(number: str) -> str:
    return f"****{re.sub('[^0-9]', '', number)[-4:]}"


def _plate(plate: str) -> str:
    return f"{plate[:2]}*****"


def _email(address: str) -> str:
    return f"{address[0]}***@{address.partition('@')[2]}"


_MASKS: dict[str, Callable[[str], str]] = {
    "keep": _keep,
    "email": _email,
    "citizen": _region_only,
    "old_citizen": _region_only,
    "card": _last_four,
    "phone": mask_phone,
    "landline": mask_phone,
    "plate": _plate,
}
