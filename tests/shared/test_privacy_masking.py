"""Masks for screens and free text (P23; facts.md 2.10 shows `138****0001`)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.ids import new_id
from shared.privacy import mask_name, mask_openid, mask_phone, mask_text

OPENID = "oGZUI0egBJY1zhBYw2KhdUfwVJJE"


@pytest.mark.parametrize(
    "phone", ["13900000001", "+8613900000001", "139-0000-0001", "１３９０００００００１"]
)
def test_mask_phone(phone: str) -> None:
    assert mask_phone(phone) == "139****0001"


@pytest.mark.parametrize(
    ("number", "shown"), [("0715-8123456", "****456"), ("12345", "****"), ("", "****")]
)
def test_mask_phone_shows_little_of_other_numbers(number: str, shown: str) -> None:
    assert mask_phone(number) == shown


@pytest.mark.parametrize(
    ("name", "shown"), [("张三", "张**"), ("张三丰", "张**"), (" 欧阳锋 ", "欧**"), ("", "")]
)
def test_mask_name_hides_its_length(name: str, shown: str) -> None:
    assert mask_name(name) == shown


def test_mask_openid_keeps_both_ends() -> None:
    assert mask_openid(OPENID) == "oGZ****JJE"
    assert mask_openid("short") == "****"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("电话13900000001。", "电话139****0001。"),
        ("打+86 139 0000 0001", "打139****0001"),
        ("(0086)139-0000-0001", "(0086)139****0001"),
        ("139.0000.0001", "139****0001"),
        ("1 3 9 0 0 0 0 0 0 0 1", "139****0001"),
        ("１３９－００００－０００１", "139****0001"),
        ("139\u200b00000001", "139****0001"),
        ("13900000001或13900000002", "139****0001或139****0002"),
        ("座机0715-8123456", "座机****456"),
        ("身份证421202190001010001号", "身份证4212**************号"),
        ("11010519491231002x", "1101**************"),
        ("421202 19000101 0001", "4212**************"),
        ("老证421202500101001", "老证4212**************"),
        ("卡号6222020000000000000", "卡号****0000"),
        ("卡6222 0200 0000 0000 000", "卡****0000"),
        ("车鄂L12345占道", "车鄂L*****占道"),
        ("鄂L·12345", "鄂L*****"),
        ("绿牌鄂LD12345", "绿牌鄂L*****"),
        ("挂车鄂L1234挂", "挂车鄂L*****"),
        ("zhang.san@example.com", "z***@example.com"),
        ("写信13900000001@example.cn吧", "写信1***@example.cn吧"),
    ],
)
def test_mask_text_hides(written: str, shown: str) -> None:
    assert mask_text(written) == shown


@pytest.mark.parametrize(
    "text",
    [
        "XN421202-20260302-00017",
        "（2026）鄂1202民初123号",
        "（2026）咸物调字第00012号",
        "温泉街道 421202001，网格421202001001001",
        "2026-03-02T09:00:05.123456+08:00",
        "2026年3月2日9:00至10:30，物业费1234567.89元，3栋2单元1201室",
        "拨打12345或110",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "01991234-5678-7139-8000-013900000001",
        "13.250.100.100",
    ],
)
def test_mask_text_keeps_what_is_not_personal(text: str) -> None:
    assert mask_text(text) == text


def test_mask_text_keeps_our_ids() -> None:
    ids = " ".join(str(new_id()) for _ in range(2000))
    assert mask_text(ids) == ids


@given(
    st.integers(3, 9), st.integers(0, 10**9 - 1), st.text(alphabet="电话，。 号码：", max_size=5)
)
def test_p23_no_mobile_number_survives(second: int, rest: int, around: str) -> None:
    phone = f"1{second}{rest:09d}"
    assert phone not in mask_text(f"{around}{phone}{around}")


@given(st.text(max_size=200))
def test_masking_again_changes_nothing(text: str) -> None:
    once = mask_text(text)
    assert mask_text(once) == once


@pytest.mark.parametrize("sign", ["1", "1-", "a", "a.", "鄂L", "o", "1 ", "0-"])
def test_long_texts_cost_no_more_than_their_length(sign: str) -> None:
    """A pattern that backtracks without bound would outlive the time limit of the suite."""
    assert mask_text(sign * 50_000)
