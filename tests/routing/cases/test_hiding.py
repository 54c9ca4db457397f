"""Words without who says them (X15, X16)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.routing.cases.domain.hiding import COVER, cover

NAME = "赵测试"


@pytest.mark.parametrize(
    ("words", "secret"),
    [
        (f"我是{NAME}，楼上漏水。", NAME),
        (f"本人{NAME}，物业不管。", NAME),
        (f"联系人：{NAME}，请回复", NAME),
        (f"业主{NAME}，反映噪音", NAME),
        ("我家住4栋1单元101室，楼上漏水", "101"),
        ("3号楼2单元502室业主反映", "502"),
        ("A座1203室天天装修", "1203"),
        ("住在6-2-301室", "301"),
    ],
)
def test_names_and_rooms_are_covered(words: str, secret: str) -> None:
    covered = cover(words)
    assert secret not in covered
    assert COVER in covered


@pytest.mark.parametrize(
    "words",
    [
        "楼上晚上拖动椅子，声音比较大。",
        "本人认为物业收费不合理，多次反映。",
        "小区有12栋楼，绿化没有人管。",
        "物业费每平方米1.8元，2026年3月起上调。",
    ],
)
def test_the_matter_itself_stays(words: str) -> None:
    assert cover(words) == words


@given(st.text(max_size=300))
def test_covering_twice_covers_no_more(words: str) -> None:
    assert cover(cover(words)) == cover(words)
