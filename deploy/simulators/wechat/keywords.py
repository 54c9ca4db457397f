"""What the simulated text check looks for. The words are invented and harmless."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Found(NamedTuple):
    suggest: str
    label: int


NOTHING = Found("pass", 100)

KEYWORDS: Mapping[str, Found] = {
    "测试广告": Found("risky", 10001),
    "测试时政": Found("risky", 20001),
    "测试色情": Found("risky", 20002),
    "测试辱骂": Found("risky", 20003),
    "测试违法": Found("risky", 20006),
    "测试欺诈": Found("risky", 20008),
    "测试低俗": Found("risky", 20012),
    "测试版权": Found("risky", 20013),
    "测试其他": Found("risky", 21000),
    "测试待审": Found("review", 20012),
}
