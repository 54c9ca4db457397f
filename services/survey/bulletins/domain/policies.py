"""Who drafts, who approves, who reads (D10, lifecycle 3.9). Only here are roles compared."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from shared.errors import Forbidden
from shared.identity import Actor, Role

DRAFTING_ROLES = frozenset({Role.DISPATCHER})
READING_ROLES = DRAFTING_ROLES | {Role.CITY_OBSERVER}


class BulletinCentresOnly(Forbidden):
    """Bulletins and reports are drafted, approved and published by governance centres."""

    code = "BULLETIN_CENTRES_ONLY"
    chinese = "仅限综治中心操作。"


class BulletinReadersOnly(Forbidden):
    """Drafts are read by governance centres and the city's observers; what is public, by all."""

    code = "BULLETIN_READERS_ONLY"
    chinese = "仅限综治中心和市级观察员查看；已发布的内容请从公开栏目查看。"


class BulletinElsewhere(Forbidden):
    """This place lies outside yours."""

    code = "BULLETIN_ELSEWHERE"
    chinese = "该行政区划不在您的职责范围内。"


class AnotherPersonNeeded(Forbidden):
    """Whoever drafted or edited it does not approve or publish it."""

    code = "EDITION_NEEDS_ANOTHER_PERSON"
    chinese = "起草或修改过本稿的人员不能审签、发布，请由其他人员办理。"


class StakeInCompany(Forbidden):
    """You have a stake in a company that this reports on (A13)."""

    code = "EDITION_NAMES_YOUR_COMPANY"
    chinese = "您与报告所涉物业企业有利害关系，应当回避。"


def refuse_unless_drafting(actor: Actor) -> None:
    """Raises BulletinCentresOnly."""
    if not actor.roles & DRAFTING_ROLES:
        raise BulletinCentresOnly


def refuse_unless_reading(actor: Actor) -> None:
    """Raises BulletinReadersOnly."""
    if not actor.roles & READING_ROLES:
        raise BulletinReadersOnly


def refuse_elsewhere(actor: Actor, division: str) -> None:
    """Raises BulletinElsewhere."""
    if not actor.scope.covers_division(division):
        raise BulletinElsewhere(division=division)


def refuse_author(actor: Actor, authors: Iterable[UUID]) -> None:
    """Raises AnotherPersonNeeded."""
    if actor.id in set(authors):
        raise AnotherPersonNeeded


def refuse_stake(actor: Actor, companies: Iterable[str]) -> None:
    """`companies` are ids as a report names them. Raises StakeInCompany."""
    own = {str(each) for each in (*actor.interests, actor.organisation_id)}
    if own & set(companies):
        raise StakeInCompany


def places_of(actor: Actor) -> tuple[str, ...]:
    return actor.scope.divisions if actor.roles & READING_ROLES else ()
