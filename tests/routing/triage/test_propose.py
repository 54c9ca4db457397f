"""Triage by words: what it proposes, why, and how carefully it refuses (T09, B02, X13, X31)."""

from __future__ import annotations

import pytest

from services.routing.triage.proposal import Evidence, PoliceView
from services.routing.triage.propose import propose
from shared.rulebook import Grade, Rulebook
from tests.rulebook import COMMITTED


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return Rulebook.load(COMMITTED)


@pytest.mark.parametrize(
    ("title", "text", "category", "grade"),
    [
        ("物业费比隔壁小区贵一倍", "物业费涨价没有公示，请核查标准。", "PF01", Grade.MEDIUM),
        ("楼上装修噪音", "中午还在敲，吵闹声很大，请劝一劝。", "NS01", Grade.SMALL),
        ("楼顶违法搭建", "七楼住户在楼顶加建房间。", "IL01", Grade.MAJOR),
        ("消防栓没有水", "楼道消防设施长期损坏，灭火器过期。", "FR01", Grade.MAJOR),
        ("车停在消防通道上", "每天晚上消防通道停满轿车，消防车进不来。", "PK03", Grade.MAJOR),
        ("楼道里给电动车充电", "电动车飞线充电，很危险。", "FR02", Grade.MAJOR),
        ("地下车位只卖不租", "开发商捆绑销售车位，停车难。", "PK02", Grade.MEDIUM),
        ("楼下餐馆油烟", "油烟直接排到窗口，异味很重。", "OL01", Grade.MEDIUM),
        ("遛狗不牵绳", "小区里有人遛狗从不牵绳。", "PT01", Grade.SMALL),
        ("业委会换届选票有问题", "业主大会的选票没有公示。", "CM01", Grade.MEDIUM),
        ("挪用维修资金", "物业挪用住宅专项维修资金，请查账。", "FD02", Grade.MAJOR),
        ("房产证什么时候能办", "开发商一直没有办理不动产证。", "OT01", Grade.SMALL),
        ("你好", "请问怎么联系你们？谢谢。", "OT01", Grade.SMALL),
    ],
)
def test_categories_and_their_usual_grades(
    rulebook: Rulebook, title: str, text: str, category: str, grade: Grade
) -> None:
    """B07, B09, B10, B17: the category brings its grade."""
    proposal = propose(rulebook, title, text)
    assert (proposal.category, proposal.grade) == (category, grade)
    assert proposal.police is PoliceView.NO


def test_the_evidence_names_rule_words_and_weight(rulebook: Rulebook) -> None:
    proposal = propose(rulebook, "楼下餐馆油烟", "油烟很重，油烟不断。")
    strongest = max(proposal.evidence, key=lambda each: each.weight)
    assert strongest.rule == "OL01.1"
    assert strongest.words == ("油烟",)
    assert strongest.weight == pytest.approx(1.5 * (2 + 3))
    assert any(each.rule == "model.text" and "烟" in each.words[0] for each in proposal.evidence)
    assert 0 < proposal.confidence <= 1


def test_the_likeliest_categories_are_ranked(rulebook: Rulebook) -> None:
    """T09: a dispatcher reads what else it may be."""
    proposal = propose(rulebook, "楼下烧烤店油烟噪音", "烧烤店油烟重，深夜噪音扰民。")
    codes = [each.category for each in proposal.alternatives]
    assert codes[0] == proposal.category
    assert {"OL01", "NS02"} <= set(codes[:2])
    shares = [each.confidence for each in proposal.alternatives]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] == proposal.confidence


def test_repeating_a_word_helps_only_so_far(rulebook: Rulebook) -> None:
    def own_words(text: str) -> list[Evidence]:
        return [e for e in propose(rulebook, "", text).evidence if e.rule.startswith("OL01")]

    assert own_words("油烟" * 3) == own_words("油烟" * 300)
    assert own_words("油烟" * 3) != own_words("油烟")


def test_a_word_may_need_company(rulebook: Rulebook) -> None:
    """B17: misuse is about the maintenance fund, not about any money."""
    fund = propose(rulebook, "挪用资金", "有人挪用专项维修资金。")
    other = propose(rulebook, "挪用资金", "有人挪用单位公款。")
    assert fund.category == "FD02"
    assert other.category == "OT01"


def test_nothing_found_is_the_fallback_without_confidence(rulebook: Rulebook) -> None:
    proposal = propose(rulebook, "", "")
    assert (proposal.category, proposal.confidence, proposal.evidence) == ("OT01", 0.0, ())


def test_the_citizens_choice_counts_but_does_not_rule(rulebook: Rulebook) -> None:
    vague = propose(rulebook, "小区问题", "请尽快处理一下。", chosen_category="GR01")
    clear = propose(
        rulebook, "楼顶违法搭建", "违法搭建，加建两层，违建严重。", chosen_category="GR01"
    )
    assert vague.category == "GR01"
    assert vague.evidence[0].rule == "GR01.chosen"
    assert clear.category == "IL01"


@pytest.mark.parametrize("chosen", ["ZZ99", "", None])
def test_an_unknown_choice_changes_nothing(rulebook: Rulebook, chosen: str | None) -> None:
    without = propose(rulebook, "楼下餐馆油烟", "油烟很重")
    assert propose(rulebook, "楼下餐馆油烟", "油烟很重", chosen_category=chosen) == without


@pytest.mark.parametrize(
    ("title", "text", "category"),
    [
        ("有人打架斗殴", "小区门口有人打架斗殴，已经有人流血。", "XX01"),
        ("家中被盗", "昨晚家中被盗，丢了两台电脑。", "XX01"),
        ("有人高空抛物", "刚才有人高空抛物，差点砸到孩子。", "TH01"),
    ],
)
def test_plain_police_matters_are_certain(
    rulebook: Rulebook, title: str, text: str, category: str
) -> None:
    """B02: not accepted, so there is no grade."""
    proposal = propose(rulebook, title, text)
    assert proposal.police is PoliceView.CERTAIN
    assert (proposal.category, proposal.grade) == (category, None)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("物业监控坏了", "上个月家中被盗，物业说监控坏了，要求物业维修监控。"),
        ("小区保安殴打业主", "因为停车费争执，保安殴打业主，请处理物业。"),
        ("经常有人高空抛物", "经常有人往楼下扔垃圾，请物业装防护网。"),
        ("业委会纠纷", "开会时有人威胁恐吓不同意见的业主。"),
        ("邻居吵架", "我和邻居为楼道堆放杂物吵了很久。" * 4 + "去年还差点打架斗殴。"),
    ],
)
def test_doubtful_police_matters_are_accepted_and_flagged(
    rulebook: Rulebook, title: str, text: str
) -> None:
    """X13: who got it first accepts it first."""
    proposal = propose(rulebook, title, text)
    assert proposal.police is PoliceView.CHECK
    assert proposal.grade is not None
    assert any(each.rule.startswith("police.") for each in proposal.evidence)


@pytest.mark.parametrize("chosen", ["XX01", "TH01"])
def test_a_police_category_chosen_by_the_citizen_is_certain(
    rulebook: Rulebook, chosen: str
) -> None:
    """B02: the 110 hint follows the citizen's own tick."""
    proposal = propose(rulebook, "请看一下", "情况如图所示。", chosen_category=chosen)
    assert (proposal.police, proposal.category) == (PoliceView.CERTAIN, chosen)


@pytest.mark.parametrize(
    ("title", "text", "number"),
    [
        ("电梯困人", "三栋电梯困人，快来。", "119"),
        ("楼道冒烟", "四单元楼道冒烟，烧焦味很重。", "119"),
        ("厨房煤气泄漏", "闻到煤气，很浓。", "119"),
        ("外墙脱落", "外墙脱落砸在人行道上，还在掉。", "119"),
        ("有人触电", "水池边有人触电。", "120"),
    ],
)
def test_emergencies_show_a_number_and_become_major(
    rulebook: Rulebook, title: str, text: str, number: str
) -> None:
    """X31: call first, then MAJOR."""
    proposal = propose(rulebook, title, text)
    assert proposal.emergency
    assert number in proposal.call
    assert proposal.grade is Grade.MAJOR


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("电梯经常出故障", "电梯经常困人，上次被困电梯半小时，要求更换。"),
        ("楼道堆物", "楼道堆满纸箱，万一着火就跑不掉。"),
    ],
)
def test_past_and_possible_danger_is_no_emergency(
    rulebook: Rulebook, title: str, text: str
) -> None:
    proposal = propose(rulebook, title, text)
    assert not proposal.emergency
    assert proposal.call == ()


def test_danger_words_raise_the_usual_grade(rulebook: Rulebook) -> None:
    """Facts 2.9 "Up": an elevator that plunges is MAJOR, an ordinary fault is not."""
    ordinary = propose(rulebook, "电梯故障", "电梯按钮失灵。")
    dangerous = propose(rulebook, "电梯故障", "电梯突然坠落两层。")
    assert (ordinary.category, ordinary.grade) == ("EQ02", Grade.MEDIUM)
    assert (dangerous.category, dangerous.grade) == ("EQ02", Grade.MAJOR)
    assert dangerous.evidence[-1].rule == "raises.elevator_danger"
