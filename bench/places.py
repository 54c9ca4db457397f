"""The names of places in a letter, for letters that come without an estate.

In the service a complaint names its estate by id; public letters only mention it. Names stand
after a masked division ("A3区…") or before a word like 小区, and are cut where words of the
sentence begin.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

BEGINNING = 400
LONGEST = 6
NAMES_KEPT = 2
TITLE_WEIGHT, TEXT_WEIGHT = 3, 1
SECOND_NAME = 0.9
IN_PART = 0.6
TELLING = 3

DIVISION = re.compile(r"(?:西地省)?(?:[a-z]\d*\s*[市区县州])+")
SUFFIX = re.compile(
    "小区|花园|家园|公寓|大厦|广场|新村|新城|楼盘|别墅|国际城"
    r"|[一二三四五六七八九十\d]+期|[a-z]?\d+栋|[a-z]\d?区"
)
SENTENCE = re.compile(
    "街道|社区|办事处|大道|大街|我们|我是|本人|投诉|举报|反映|请求|咨询|关于|希望|建议|解决|位于|居住|住在|关注"
    "|尊敬|领导|书记|您好|你好|严重|业主|物业|开发商|附近|周边|问题|何时|公司|政府|部门|强烈|恳请|支持|办理|全体|购买"
    "|片区|安置|项目|[的在是了于和与对向由被将给到从因为让请求就把及等旁违不有无买也以要能会我你他这那几都该此个没镇路号村]"
    "|漏水|安全|隐患|扰民|拆迁|规划|重视|履行|车位|消防|质量|噪音|油烟|电梯|管理|相关|未经|法院|中院|人民|教育局|居民|[存擅乱收涨停房装精建拖交开用办费]"
)


@dataclass(frozen=True)
class Place:
    """The likeliest names of the place, best first, and all that the letter says."""

    names: tuple[str, ...]
    letter: str


def place_of(title: str, text: str) -> Place:
    found: Counter[str] = Counter()
    for part, weight in ((title, TITLE_WEIGHT), (text[:BEGINNING], TEXT_WEIGHT)):
        marked = DIVISION.sub("@", re.sub(r"[\W_]+", "|", _plain(part)))
        for name in _after_divisions(marked):
            found[name] += weight
        for name in _before_suffixes(marked):
            found[name] += 2 * weight
    letter = _plain(f"{title}|{text}")
    ranked = {name: count * min(3, letter.count(name)) for name, count in found.items()}
    names = sorted(ranked, key=lambda name: (-ranked[name], -len(name), name))
    return Place(tuple(names[:NAMES_KEPT]), letter)


def sameness(one: Place, other: Place) -> float:
    """How surely two letters speak of one place, 0 to 1; two second names prove nothing."""
    by_name = (
        _alike(name, another) * (1.0 if first == second == 0 else SECOND_NAME)
        for first, name in enumerate(one.names)
        for second, another in enumerate(other.names)
        if first + second < NAMES_KEPT
    )
    mentioned = SECOND_NAME * (_mentions(one, other) or _mentions(other, one))
    return max((mentioned, *by_name))


def _mentions(one: Place, other: Place) -> bool:
    """The best name of one stands somewhere in the other's letter."""
    return bool(other.names) and len(other.names[0]) >= TELLING and other.names[0] in one.letter


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _after_divisions(marked: str) -> Iterator[str]:
    for division in re.finditer("@", marked):
        ahead = re.split(r"[|@]", marked[division.end() : division.end() + 10])[0]
        parts = [part for part in SENTENCE.split(ahead) if part]
        for part in parts[:2]:
            name = _bare(part)
            if len(name) > 1:
                yield name[:LONGEST]


def _before_suffixes(marked: str) -> Iterator[str]:
    for suffix in SUFFIX.finditer(marked):
        behind = re.split(r"[|@]", marked[max(0, suffix.start() - 8) : suffix.start()])[-1]
        name = SUFFIX.sub("", SENTENCE.split(behind)[-1])
        if len(name) > 1:
            yield name


def _bare(part: str) -> str:
    return SUFFIX.sub("", part)


def _alike(one: str, other: str) -> float:
    """Of the shorter name, so that a name with its builder before it is the same place; but two
    characters are the same only as a whole: 桂花 is not 桂花西岸.
    """
    ones = {one[place : place + 2] for place in range(len(one) - 1)}
    others = {other[place : place + 2] for place in range(len(other) - 1)}
    shared = len(ones & others) / min(len(ones), len(others))
    return shared if one == other or len(ones & others) > 1 else shared * IN_PART
