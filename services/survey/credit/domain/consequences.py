"""What an evaluation or a grade leads to, as a proposal that a person decides (E19, E24-E27)."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from enum import StrEnum

from shared.errors import Conflict, Invalid
from shared.rulebook import Rulebook

EXCELLENT, POOR = "EXCELLENT", "POOR"  # the bands that the letter names


class Kind(StrEnum):
    SUBSIDY_UPLIFT = "SUBSIDY_UPLIFT"  # 补贴上浮 (E24)
    BID_BONUS = "BID_BONUS"  # 招投标加分 (E25)
    DISMISSAL_GUIDANCE = "DISMISSAL_GUIDANCE"  # 引导启动解聘程序 (E27)
    MARKET_EXIT = "MARKET_EXIT"  # 清退评估 (E19)


class ConsequenceState(StrEnum):
    PROPOSED = "PROPOSED"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"  # what it followed from no longer holds


class ConsequenceAction(StrEnum):
    ACCEPT = "ACCEPT"
    DECLINE = "DECLINE"
    WITHDRAW = "WITHDRAW"
    LAPSE = "LAPSE"  # accepted, and without its ground


TRANSITIONS: Mapping[ConsequenceState, Mapping[ConsequenceAction, ConsequenceState]] = {
    ConsequenceState.PROPOSED: {
        ConsequenceAction.ACCEPT: ConsequenceState.ACCEPTED,
        ConsequenceAction.DECLINE: ConsequenceState.DECLINED,
        ConsequenceAction.WITHDRAW: ConsequenceState.WITHDRAWN,
    },
    ConsequenceState.ACCEPTED: {ConsequenceAction.LAPSE: ConsequenceState.WITHDRAWN},
    ConsequenceState.DECLINED: {},
    ConsequenceState.WITHDRAWN: {},
}

FOLLOWING: Mapping[str, Mapping[Kind, str]] = {  # by band: what follows, and by which rule
    EXCELLENT: {Kind.SUBSIDY_UPLIFT: "subsidy.uplift", Kind.BID_BONUS: "subsidy.bonus"},
}

OF_BANDS = frozenset(kind for kinds in FOLLOWING.values() for kind in kinds)
LASTING = frozenset({Kind.SUBSIDY_UPLIFT})  # money that was granted stays granted


class ConsequenceNotInState(Conflict):
    """This was decided already."""

    code = "CONSEQUENCE_STATE_FORBIDS"
    chinese = "该结果应用建议已处理。"


class EntriesDisputed(Conflict):
    """An entry that this follows from is under appeal; accept it after the decision (E28)."""

    code = "ENTRIES_DISPUTED"
    chinese = "所依据的信用记录正在申诉（争议中），裁定后方可采纳。"


class ConsequenceBasisGone(Conflict):
    """What this follows from was revoked, corrected or decided anew; the proposal ends (E28)."""

    code = "CONSEQUENCE_BASIS_GONE"
    chinese = "该建议所依据的评价或信用等级已被撤销、更正或重新审定，建议已失效。"


class GradeUnsettled(Conflict):
    """The grade was computed anew and waits to be decided; accept it afterwards (E19)."""

    code = "GRADE_UNSETTLED"
    chinese = "该企业信用等级已重新测算、尚待审定，审定后方可采纳。"


class BaseAmountMisplaced(Invalid):
    """Say which amount is raised, in fen; nothing else takes an amount (E24)."""

    code = "BASE_AMOUNT_MISPLACED"
    chinese = "采纳补贴上浮须填写补贴基数（分），其他事项不填。"


def advance(state: ConsequenceState, action: ConsequenceAction) -> ConsequenceState:
    """Raises ConsequenceNotInState."""
    following = TRANSITIONS[ConsequenceState(state)].get(action)
    if following is None:
        raise ConsequenceNotInState(state=str(state), action=str(action))
    return following


def following(band: str | None, book: Rulebook, at: datetime) -> AbstractSet[Kind]:
    """What a band leads to by the rules that are in force."""
    rules = FOLLOWING.get(band or "", {})
    return {kind for kind, rule in rules.items() if book.in_force(rule, at)}


def falling(kind: Kind, state: ConsequenceState) -> ConsequenceAction | None:
    """What happens to it when its ground is gone: it ends, unless declined or granted for good."""
    if state == ConsequenceState.PROPOSED:
        return ConsequenceAction.WITHDRAW
    if state == ConsequenceState.ACCEPTED and kind not in LASTING:
        return ConsequenceAction.LAPSE
    return None


def refuse_misplaced_amount(kind: Kind, action: ConsequenceAction, base_fen: int | None) -> None:
    """Raises BaseAmountMisplaced."""
    raises = kind == Kind.SUBSIDY_UPLIFT and action == ConsequenceAction.ACCEPT
    if raises != (base_fen is not None):
        raise BaseAmountMisplaced
