"""A household's one valid answer, whatever the order in which answers arrive (E02, E29, E30)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.contracts.vocabulary import Relation
from shared.errors import Forbidden, Invalid
from shared.rulebook.sections.survey import Survey as Rules

Levels = Mapping[str, int]


class Mode(StrEnum):
    """E02: the mini-program, or a grid worker at the door."""

    ONLINE = "ONLINE"
    VISIT = "VISIT"


class AnswerIncomplete(Invalid):
    """Every dimension of the questionnaire is to be answered once, with a level of its scale."""

    code = "ANSWER_INCOMPLETE"
    chinese = "请对问卷的每个维度各选一个等级。"


class TenantsDoNotAnswer(Forbidden):
    """In this survey tenants do not answer."""

    code = "TENANTS_DO_NOT_ANSWER"
    chinese = "本次测评不面向承租人。"


@dataclass(frozen=True)
class Answer:
    """`given_at`: when the person answered, not when it arrived."""

    relation: Relation
    mode: Mode
    given_at: datetime
    levels: Levels


def valid_answer(answers: Iterable[Answer]) -> Answer | None:
    """The owner's side before the tenant (E30), then the later (E02); the same for every order."""
    return max(answers, key=_weight, default=None)


def outranks(new: Answer, standing: Answer | None) -> bool:
    """Whether the household's answer is now the new one; an equal one changes nothing."""
    return standing is None or _weight(new) > _weight(standing)


def refuse_incomplete(levels: Levels, rules: Rules) -> None:
    """Raises AnswerIncomplete."""
    asked = {each.code for each in rules.dimensions}
    if set(levels) != asked or not all(1 <= each <= rules.scale_top for each in levels.values()):
        raise AnswerIncomplete(dimensions=sorted(asked), levels=[1, rules.scale_top])


def refuse_tenants(relation: Relation, rules: Rules) -> None:
    """Raises TenantsDoNotAnswer."""
    if relation is Relation.TENANT and not rules.tenants_answer:
        raise TenantsDoNotAnswer


def _weight(answer: Answer) -> tuple[bool, datetime, bool, str, list[tuple[str, int]]]:
    """What follows the moment only decides between answers of one instant, but the same way."""
    owners_side = answer.relation is not Relation.TENANT
    is_owner = answer.relation is Relation.OWNER
    return owners_side, answer.given_at, is_owner, answer.mode, sorted(answer.levels.items())
