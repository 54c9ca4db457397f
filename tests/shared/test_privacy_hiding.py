"""Words keep the matter and lose the person; what says which names to hide names nobody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from shared.privacy import Hiding

NAMES = {"演示业主甲", "演示", "丙"}


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("我是演示业主甲，电话13900000006", "我是演**，电话139****0006"),
        ("演示业主甲演示", "演**演**"),
        ("甲乙丙丁", "甲乙丙丁"),
        ("演", "演"),
        ("", ""),
    ],
)
def test_the_longest_name_goes_first_and_one_character_is_a_word(said: str, read: str) -> None:
    assert Hiding.of(NAMES).words(said) == read


def test_a_telling_names_nobody_and_two_of_them_have_nothing_in_common() -> None:
    """X15."""
    one, other = Hiding.of(NAMES), Hiding.of(NAMES)
    assert "演示" not in one.told()
    assert not {each.digest for each in one.names.prints} & {
        each.digest for each in other.names.prints
    }
    assert Hiding.heard(one.told()).words("演示业主甲") == "演**"


@given(some.text("甲乙丙丁戊", max_size=40), some.text("甲乙丙丁戊", min_size=3, max_size=4))
def test_a_name_is_found_wherever_it_stands(words: str, name: str) -> None:
    for text in (name + words, words + name, words + name + words):
        assert name not in Hiding.of({name}).words(text)


def test_structures_keep_their_shape() -> None:
    inside = Hiding.of(NAMES).inside({"name": ["演示业主甲", 3, None]})
    assert inside == {"name": ["演**", 3, None]}
