"""What may stand in a subscribe message: the limits of each field kind, and how a text is made
to fit (vendor documentation, "订阅消息参数值内容限制说明"; wechat.md 4)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass

NOTHING = "无"

_HAN = r"一-鿿"
_DAY = (
    r"(?:\d{4}年\d{1,2}月(?:\d{1,2}日)?|\d{1,2}月\d{1,2}日"
    r"|\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?|\d{1,2}[-/.]\d{1,2})"
)
_HOUR = r"(?:(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)"


class FieldError(ValueError):
    """A value cannot be made to fit; the text names the field, never the value."""


@dataclass(frozen=True)
class Kind:
    """A field kind. `most` counts as the vendor does; `cut` ends a shortened text, None means
    that shortening would change the meaning. `drop` is removed, `form` must match what is left."""

    most: int
    form: str = r".+"
    drop: str | None = None
    cut: str | None = None
    nothing: str | None = None


KINDS = {
    "thing": Kind(20, cut="…", nothing=NOTHING),
    # The documentation is silent on short_thing; five characters always passed.
    "short_thing": Kind(5, cut="…", nothing=NOTHING),
    "character_string": Kind(32, form=r"[ -~]+", drop=r"[^ -~]", cut="..."),
    "number": Kind(32, form=r"\d+(?:\.\d+)?"),
    "letter": Kind(32, form=r"[A-Za-z]+", drop=r"[^A-Za-z]", cut=""),
    "symbol": Kind(5, form=rf"[^A-Za-z\d\s{_HAN}]+", drop=rf"[A-Za-z\d\s{_HAN}]", cut=""),
    "phrase": Kind(5, form=f"[{_HAN}]+", drop=f"[^{_HAN}]", cut="", nothing=NOTHING),
    "name": Kind(10, form=r"\D+", drop=r"\d", cut="…", nothing=NOTHING),
    "time": Kind(64, form=rf"(?:{_DAY} )?{_HOUR}(?:~(?:{_DAY} )?{_HOUR})?"),
    "date": Kind(64, form=rf"{_DAY}(?: {_HOUR})?(?:~{_DAY}(?: {_HOUR})?)?"),
    "amount": Kind(64, form=r"[¥￥$€£]?(?=(?:\d\.?){1,10}元?$)\d+(?:\.\d+)?元?"),
    "phone_number": Kind(17, form=r"[\d+() -]+"),
    "car_number": Kind(8, form=rf"[{_HAN}A-Za-z\d][A-Za-z\d]*[{_HAN}A-Za-z\d]?"),
}
LATIN_NAME = Kind(20, form=r"\D+", drop=r"\d", cut="...", nothing=NOTHING)
LISTED = frozenset({"enum", "const"})

# Unicode categories: formatting and surrogates are dropped, controls and separators are gaps.
INVISIBLE = frozenset({"Cf", "Cs", "Co", "Cn"})
SEPARATING = frozenset({"Cc", "Zl", "Zp", "Zs"})


def placeholders(content: str) -> tuple[str, ...]:
    """The field names of a template, from its `content` with `{{thing1.DATA}}`."""
    return tuple(re.findall(r"\{\{\s*(\w+)\.DATA\s*\}\}", content))


def message_data(
    content: str,
    values: Mapping[str, str],
    listed: Mapping[str, Collection[str]] | None = None,
) -> dict[str, dict[str, str]]:
    """The `data` of a message for the template `content`; every field is made to fit.

    `listed` holds the values allowed in enum fields. Raises FieldError when the fields are not
    exactly the template's, or when one cannot fit.
    """
    names = placeholders(content)
    if set(names) != set(values):
        wrong = sorted(set(names) ^ set(values))
        raise FieldError(f"missing or surplus fields: {', '.join(wrong)}")
    allowed = listed or {}
    return {name: {"value": fit(name, values[name], allowed.get(name, ()))} for name in names}


def fit(name: str, value: str, listed: Collection[str] = ()) -> str:
    """`value` as the field `name` (say `thing1`) takes it, shortened if it must be."""
    kind_name = name.rstrip("0123456789")
    text = _one_line(value)
    if kind_name in LISTED:
        return _from_list(name, text, listed)
    kind = _kind(name, kind_name, text)
    if kind.drop:
        text = " ".join(re.sub(kind.drop, "", text, flags=re.ASCII).split())
    text = _shortened(name, text or kind.nothing or "", kind)
    if not re.fullmatch(kind.form, text, re.ASCII):
        raise FieldError(f"{name}: not in the form the vendor takes")
    return text


def fits(name: str, value: str, listed: Collection[str] = ()) -> bool:
    """Whether the vendor takes `value` as it is."""
    try:
        return fit(name, value, listed) == value
    except FieldError:
        return False


def length(text: str) -> int:
    """A Chinese character counts one; what lies outside the basic plane counts two, to be safe."""
    return sum(2 if ord(character) > 0xFFFF else 1 for character in text)


def _kind(name: str, kind_name: str, text: str) -> Kind:
    """Ten characters for a name with anything but plain letters and symbols in it, else twenty."""
    if kind_name == "name" and text and text.isascii():
        return LATIN_NAME
    if kind_name not in KINDS:
        raise FieldError(f"{name}: no such kind of field")
    return KINDS[kind_name]


def _from_list(name: str, text: str, listed: Collection[str]) -> str:
    if text not in listed:
        raise FieldError(f"{name}: not one of the listed values")
    return text


def _one_line(value: str) -> str:
    """Line breaks and control characters are refused by the vendor: they become spaces."""
    return " ".join("".join(_visible(character) for character in value).split())


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category in INVISIBLE:
        return ""
    return " " if category in SEPARATING else character


def _shortened(name: str, text: str, kind: Kind) -> str:
    if length(text) <= kind.most:
        return text
    if kind.cut is None:
        raise FieldError(f"{name}: longer than {kind.most}")
    return _head(text, kind.most - length(kind.cut)).rstrip() + kind.cut


def _head(text: str, room: int) -> str:
    taken = 0
    for position, character in enumerate(text):
        taken += length(character)
        if taken > room:
            return text[:position]
    return text
