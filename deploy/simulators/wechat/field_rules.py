"""The vendor's own check of template values, written apart from ours so that one can be tested
against the other ("订阅消息参数值内容限制说明")."""

from __future__ import annotations

import re
import unicodedata

_CLOCK = r"([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?"
_DATES = (
    r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日",
    r"[0-9]{4}年[0-9]{1,2}月",
    r"[0-9]{1,2}月[0-9]{1,2}日",
    r"[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}",
    r"[0-9]{4}[-/.][0-9]{1,2}",
    r"[0-9]{1,2}[-/.][0-9]{1,2}",
)
_DATE = f"({'|'.join(_DATES)})"
_TIME_POINT = f"({_DATE} )?{_CLOCK}"
_DATE_POINT = f"{_DATE}( {_CLOCK})?"

_RULES = {
    "thing": r".{1,20}",
    "short_thing": r".{1,5}",
    "character_string": r"[\x20-\x7e]{1,32}",
    "number": r"(?=([0-9]\.?){1,32}$)[0-9]+(\.[0-9]+)?",
    "letter": r"[A-Za-z]{1,32}",
    "symbol": r"[^A-Za-z0-9\u4e00-\u9fff\s]{1,5}",
    "phrase": r"[\u4e00-\u9fff]{1,5}",
    "name": r"[^0-9]{1,10}|[\x20-\x2f\x3a-\x7e]{1,20}",
    "time": f"{_TIME_POINT}(~{_TIME_POINT})?",
    "date": f"{_DATE_POINT}(~{_DATE_POINT})?",
    "amount": r"[¥￥$€£]?(?=[0-9.]{1,11}元?$)[0-9]{1,10}(\.[0-9]+)?元?",
    "phone_number": r"[0-9+\-() ]{1,17}",
    "car_number": r"(?=.{1,8}$)[\u4e00-\u9fffA-Za-z0-9][A-Za-z0-9]*[\u4e00-\u9fffA-Za-z0-9]?",
}


def is_accepted(name: str, value: object, enums: dict[str, list[str]]) -> bool:
    """Whether the vendor takes `value` in the field `name`; enum fields only take listed ones."""
    if not isinstance(value, str) or not value.strip() or _has_control(value):
        return False
    kind = re.sub(r"[0-9]+$", "", name)
    if kind in {"enum", "const"}:
        return value in enums.get(name, [])
    rule = _RULES.get(kind)
    return rule is not None and re.fullmatch(rule, value) is not None


def _has_control(value: str) -> bool:
    return any(unicodedata.category(character) == "Cc" for character in value)
