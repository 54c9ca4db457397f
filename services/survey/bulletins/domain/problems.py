"""存在问题 and 下一步工作要求: what the figures themselves call for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from services.survey.bulletins.domain.overview import FORMER, Compared
from services.survey.bulletins.domain.rankings import Level, Ranking
from services.survey.bulletins.domain.wording import change, listed

NOTHING_KNOWN = "本期各项指标均无可供分析的数据。"
NOTHING_STANDS_OUT = "从本期指标看，未发现突出问题，各地要持续抓好日常治理。"


def problems(lines: Sequence[Compared], found: Sequence[Ranking], level: Level) -> tuple[str, ...]:
    if all(each.figure.percent is None for each in lines):
        return (NOTHING_KNOWN,)
    worse = [
        f"{each.figure.chinese}{change(each.figure.percent, each.former, FORMER)}"
        for each in lines
        if each.worse
    ]
    told = []
    if worse:
        told.append(f"有{len(worse)}项核心指标较{FORMER}转差：{'；'.join(worse)}。")
    elif any(isinstance(each.former, Decimal) for each in lines):
        told.append(f"有可比数据的核心指标较{FORMER}均未转差，成效仍需巩固。")
    lasts = last_places(found)
    if lasts:
        most = max(lasts.values())
        names = [name for name, count in lasts.items() if count == most]
        superlative = "最多，" if len(lasts) > len(names) else ""
        verb = "各有" if len(names) > 1 else "有"
        told.append(
            f"工作进展不够平衡：从{level.chinese}排名看，"
            f"{listed(names)}居末位的指标{superlative}{verb}{most}项。"
        )
    return tuple(told) or (NOTHING_STANDS_OUT,)


def requirements(lines: Sequence[Compared], found: Sequence[Ranking]) -> tuple[str, ...]:
    told = [
        "各地、各有关部门要对照本期通报的指标和排名查找差距，压实属地责任，"
        "推动物业领域矛盾纠纷就地化解。",
    ]
    worse = [each.figure.chinese for each in lines if each.worse]
    if worse:
        told.append(f"对{listed(worse)}转差的情况，要逐项分析原因，制定改进措施，明确责任和时限。")
    lasts = last_places(found)
    if lasts:
        told.append(f"{listed(list(lasts))}要针对居末位的指标开展专项整改。")
    return tuple(told)


def last_places(found: Sequence[Ranking]) -> Counter[str]:
    """How many indicators a place is last in, in the order of the places' codes."""
    every = sorted((each.place, each.place_name) for ranking in found for each in ranking.last)
    return Counter(name for _, name in every)
