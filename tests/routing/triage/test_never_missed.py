"""What no learned weight can hide: police, danger, the named illegal acts, the "Up" triggers."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from services.routing.triage.proposal import PoliceView
from services.routing.triage.propose import propose
from shared.rulebook import Grade, Rulebook, Weights
from tests.rulebook import COMMITTED

HEAVY = 100_000


@pytest.fixture(scope="module")
def shipped() -> Rulebook:
    return Rulebook.load(COMMITTED)


@pytest.fixture(scope="module")
def misled(shipped: Rulebook) -> Rulebook:
    """Weights that say other and SMALL, whatever they read."""
    graded = tuple(code for code, each in shipped.categories.items() if not each.police)
    bias: Mapping[str, int] = {"OT01": HEAVY, Grade.SMALL: HEAVY}
    weights = Weights(
        version="misled",
        categories=graded,
        grades=tuple(Grade),
        bias=tuple(bias.get(each, 0) for each in (*graded, *Grade)),
        rules={},
        title={},
        text={},
    )
    return shipped.with_weights(weights)


@pytest.mark.parametrize(
    ("title", "text", "category"),
    [
        ("楼顶违法搭建", "七楼住户在楼顶建房。", "IL01"),
        ("门口占道经营", "每天傍晚摊贩堵路。", "IL02"),
        ("物业挪用维修基金", "电梯维修没有钱。", "FD02"),
    ],
)
def test_a_named_act_in_the_title_decides(
    misled: Rulebook, title: str, text: str, category: str
) -> None:
    """B07, B17: the category, and with it MAJOR."""
    proposal = propose(misled, title, text)
    assert (proposal.category, proposal.grade) == (category, Grade.MAJOR)
    assert any(each.rule.startswith("acts.") for each in proposal.evidence)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("小区里私搭乱建严重，道路也坏了。", "IL01"),
        ("门口占道经营，孩子上学不方便。", "IL02"),
        ("听说有人套取专项维修资金。", "FD02"),
    ],
)
def test_a_named_act_in_the_text_is_shown(misled: Rulebook, text: str, category: str) -> None:
    """B17: the dispatcher sees it among the alternatives, with the words."""
    proposal = propose(misled, "反映几个问题", text)
    assert proposal.category == "OT01"
    assert category in [each.category for each in proposal.alternatives]
    assert any(each.rule.startswith("acts.") for each in proposal.evidence)


@pytest.mark.parametrize("text", ["道路坏了。", "公司有人挪用公款。", "维修基金怎么用？"])
def test_other_words_are_no_named_act(misled: Rulebook, text: str) -> None:
    proposal = propose(misled, "反映几个问题", text)
    assert not any(each.rule.startswith("acts.") for each in proposal.evidence)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("三栋电梯困人", "有人被困在电梯里。"),
        ("煤气泄漏", "楼道里闻到煤气。"),
        ("物业强行停水停电", "物业因为欠费停水停电，家里有老人。"),
    ],
)
def test_danger_is_major_whatever_the_weights_say(
    misled: Rulebook, shipped: Rulebook, title: str, text: str
) -> None:
    """X31."""
    for rulebook in (misled, shipped):
        proposal = propose(rulebook, title, text)
        assert proposal.emergency
        assert proposal.call
        assert proposal.grade is Grade.MAJOR
        assert proposal.grade_confidence == 1


def test_a_home_cut_off_is_found_in_the_whole_text(misled: Rulebook) -> None:
    """PF02: the words of the rulebook say so, even where the weights say something else."""
    told = "我们住在十楼。" * 15 + "因为没交物业费，物业把电梯卡停了，也不让买电，限制购电。"
    assert propose(misled, "投诉物业逼交物业费停电", told).emergency
    other = "我们住在十楼。" * 15 + "供电局检修，停电两小时。"
    assert not propose(misled, "线路检修", other).emergency


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("电梯停了，没有人被困。", False),
        ("电梯停了，无人被困在电梯里。", False),
        ("电梯停了，没有人被困在电梯里。", False),
        ("电梯停了，没有被困在电梯的人，没有人员被困。", False),
        ("没有着火，只是有焦味。", False),
        ("灭火器也没有 着火了", True),
        ("楼道一个灭火器都没有\n着火了", True),
        ("没着火，未起火，也无浓烟。", False),
        ("没有煤气味，没闻到燃气味。", False),
        ("未发生燃气泄漏。", False),
        ("有人被困，没有着火。", True),
        ("没有人来救，有人被困。", True),
        ("没有人管，人被困在电梯里。", True),
        ("打电话没人，被困电梯半小时了。", True),
        ("没有着火的说法不对，楼道着火了。", True),
        ("不知道有没有人被困在电梯里。", True),
        ("请看看有没有煤气泄漏。", True),
        ("并不是没有人被困。", True),
        ("电梯经常坏，现在有人被困。", True),
    ],
)
def test_danger_that_is_denied_is_none(misled: Rulebook, text: str, *, seen: bool) -> None:
    """X31: and what only sounds like a denial is danger all the same."""
    assert propose(misled, "小区问题", text).emergency is seen


def test_denied_danger_does_not_raise(shipped: Rulebook) -> None:
    """Facts 2.9, "Up": 被困 raises, 没有人被困 does not."""

    def raised(text: str) -> bool:
        evidence = propose(shipped, "电梯故障", text, "EQ02").evidence
        return any(each.rule == "raises.elevator_danger" for each in evidence)

    assert not raised("三栋电梯停运，没有人被困，也没有坠落。")
    assert raised("三栋电梯停运，昨天邻居被困了一个小时。")


@pytest.mark.parametrize(
    ("title", "text", "seen"),
    [
        ("小区问题", "保安殴打业主。", True),
        ("小区问题", "夜里经常被打扰，被打断睡眠。", False),
        ("小区问题", "规划车位不够。", False),
        ("小区问题", "邻居的狗咬伤了孩子。", True),
        ("小区问题", "家里被偷，小偷撬门进来。", True),
        ("小区问题", "物业收这么多钱，这和黑社会有什么区别。", False),
    ],
)
def test_words_for_the_police_are_whole_words(
    misled: Rulebook, title: str, text: str, *, seen: bool
) -> None:
    """X13."""
    assert (propose(misled, title, text).police is PoliceView.CHECK) is seen


@pytest.mark.parametrize(
    ("title", "text", "grade"),
    [
        ("房屋质量问题", "墙体裂缝很大，主体结构危险。", Grade.MAJOR),
        ("电梯故障", "电梯多次坠落。", Grade.MAJOR),
        ("遛狗不牵绳", "狗咬伤了孩子。", Grade.MEDIUM),
        ("遛狗不牵绳", "小区里遛狗从不牵绳。", Grade.SMALL),
    ],
)
def test_up_triggers_raise_and_their_absence_does_not(
    shipped: Rulebook, title: str, text: str, grade: Grade
) -> None:
    """Facts 2.9, "Up"."""
    assert propose(shipped, title, text).grade is grade


def test_letters_never_lower_the_usual_grade(misled: Rulebook) -> None:
    """B07, B11: SMALL has all the weight, and a fire hazard chosen by a person stays MAJOR."""
    heavy = misled.with_weights(
        misled.weights.model_copy(
            update={"bias": (0,) * (misled.weights.width - 3) + (HEAVY, 0, 0)}
        )
    )
    proposal = propose(heavy, "消防栓没有水", "楼道消防设施长期损坏，灭火器过期。")
    assert (proposal.category, proposal.grade) == ("FR01", Grade.MAJOR)
