"""Field limits of subscribe messages: ours against the table, and against the simulator's own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deploy.simulators.wechat.field_rules import is_accepted
from shared.wechat import FieldError, fit, fits, message_data, placeholders
from shared.wechat.fields import KINDS

TAKEN = [
    ("thing1", "字" * 20),
    ("thing12", "3号楼 lift 停运!"),
    ("character_string1", "XN421202-20260302-00017"),
    ("number1", "1234.56"),
    ("number1", "1" * 32),
    ("letter1", "abcXYZ"),
    ("symbol1", "!@#￥…"),
    ("phrase1", "配送中"),
    ("name1", "欧阳小明"),
    ("name1", "Ludwig van B."),
    ("time1", "15:01"),
    ("time1", "2019年10月1日 15:01"),
    ("time1", "8:00~23:59:59"),
    ("date1", "2019年10月1日"),
    ("date1", "2018-01-01 08:30"),
    ("date1", "2018/01/01~2018.01.02"),
    ("date1", "10月1日"),
    ("date1", "01-01"),
    ("amount1", "￥1234567.89元"),
    ("amount1", "0.01"),
    ("phone_number1", "+86-0766-66888866"),
    ("car_number1", "粤A8Z888挂"),
    ("short_thing1", "已受理"),
]


@pytest.mark.parametrize(("name", "value"), TAKEN)
def test_taken_as_it_is(name: str, value: str) -> None:
    assert fits(name, value)
    assert is_accepted(name, value, {})


SHORTENED = [
    ("thing1", "字" * 21, "字" * 19 + "…"),
    ("thing1", "第一行\n第二行\t", "第一行 第二行"),
    ("thing1", "", "无"),
    ("thing1", " \r\n", "无"),
    ("thing1", "😀" * 11, "😀" * 9 + "…"),
    ("thing1", "零\u200b宽", "零宽"),
    ("short_thing1", "已转住建部门", "已转住建…"),
    ("character_string1", "编号XN-1", "XN-1"),
    ("character_string1", "1" * 33, "1" * 29 + "..."),
    ("letter1", "a1b2" * 20, "ab" * 16),
    ("symbol1", "!!!!!!", "!!!!!"),
    ("phrase1", "正在处理之中", "正在处理之"),
    ("phrase1", "已完成(3)", "已完成"),
    ("phrase1", "OK", "无"),
    ("name1", "一二三四五六七八九十甲", "一二三四五六七八九…"),
    ("name1", "张三2", "张三"),
    ("name1", "A" * 20, "A" * 20),
    ("name1", "A" * 21, "A" * 17 + "..."),
    ("name1", "A" * 10 + "张", "A" * 9 + "…"),
]


@pytest.mark.parametrize(("name", "value", "expected"), SHORTENED)
def test_made_to_fit(name: str, value: str, expected: str) -> None:
    assert fit(name, value) == expected
    assert is_accepted(name, expected, {})
    assert not fits(name, value) or value == expected


REFUSED = [
    ("number1", "1" * 33),
    ("number1", "12a"),
    ("number1", "１２"),
    ("number1", ""),
    ("character_string1", "编号"),
    ("time1", "24:00"),
    ("time1", "2019年10月1日"),
    ("date1", "15:01"),
    ("date1", "明天"),
    ("amount1", "12345678901"),
    ("amount1", "¥¥1"),
    ("phone_number1", "1" * 18),
    ("car_number1", "粤A8Z888挂车"),
    ("letter1", "123"),
    ("unheard_of1", "x"),
    ("enum1", "x"),
]


@pytest.mark.parametrize(("name", "value"), REFUSED)
def test_refused_rather_than_falsified(name: str, value: str) -> None:
    """A shortened number or date would be another number or date."""
    with pytest.raises(FieldError, match=name) as refused:
        fit(name, value)
    assert not value or value not in str(refused.value).replace(name, "")
    assert not is_accepted(name, value, {})


LIKELY = st.text("电梯张三abC012１２ .:-/~年月日￥元…·！😀\n\t\u200b", max_size=60)


@settings(max_examples=1000)
@given(kind=st.sampled_from(sorted(KINDS)), value=LIKELY | st.text(max_size=60))
def test_whatever_we_send_the_vendor_takes(kind: str, value: str) -> None:
    """47003 never happens: the two sets of rules were written apart."""
    try:
        sent = fit(f"{kind}1", value)
    except FieldError:
        return
    assert is_accepted(f"{kind}1", sent, {})
    assert fit(f"{kind}1", sent) == sent


def test_enum_fields_take_listed_values_only() -> None:
    assert fit("enum1", "处理中", ["处理中", "已办结"]) == "处理中"
    with pytest.raises(FieldError):
        fit("enum1", "处理", ["处理中", "已办结"])


CONTENT = "诉求编号:{{character_string1.DATA}}\n进度:{{phrase2.DATA}}\n{{ enum3.DATA }}"


def test_a_message_is_derived_from_its_template() -> None:
    assert placeholders(CONTENT) == ("character_string1", "phrase2", "enum3")
    values = {"character_string1": "XN-1", "phrase2": "已经受理了哦", "enum3": "甲"}
    assert message_data(CONTENT, values, {"enum3": ["甲"]}) == {
        "character_string1": {"value": "XN-1"},
        "phrase2": {"value": "已经受理了"},
        "enum3": {"value": "甲"},
    }


@pytest.mark.parametrize("values", [{"thing1": "a"}, {"thing1": "a", "thing2": "b", "thing3": "c"}])
def test_missing_or_surplus_fields_are_a_mistake_of_ours(values: dict[str, str]) -> None:
    with pytest.raises(FieldError, match="missing or surplus"):
        message_data("{{thing1.DATA}}{{thing2.DATA}}", values)
