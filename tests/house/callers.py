"""One person per end who is concerned with a case, and one of the same end who is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import uuid4

from deploy.demo import world
from shared.clock import Clock
from shared.identity import Actor, End, Issuer, Role, TokenIssuer
from tests.environment import environment
from tests.routing.drama import owner, staff

HOTLINE = Actor(
    id=uuid4(), end=End.INTEGRATION, roles=frozenset({Role.HOTLINE}), session_id=uuid4()
)


def keeper(account: str) -> Actor:
    """Somebody who also keeps the accounts of the own organisation."""
    person = staff(account)
    return replace(person, roles=person.roles | {Role.STAFF_ADMINISTRATOR})


def at_home(person: str) -> Actor:
    """As intake's token says: the verified homes are a stake."""
    homes = frozenset(home.house.id for home in world.owner(person).homes)
    return replace(owner(person), interests=homes)


EVALUATOR = staff("pinggu.shi")

# Concerned with the case of W4; the department with that of W3.
CONCERNED: Mapping[End, tuple[Actor, ...]] = {
    End.OWNER: (at_home("owner-20"),),
    End.PROPERTY: (staff("wuye.jiayuan"), keeper("wuye.jiayuan")),
    End.COMMUNITY: (staff("wangge.chimagang1"), keeper("wangge.chimagang1")),
    End.GRID: (staff("wanggezhang.chimagang"), keeper("wanggezhang.chimagang")),
    End.DEPARTMENT: (
        staff("chengguan.xianan"),
        keeper("chengguan.xianan"),
        staff("zhuxin.xianan"),
    ),
    End.COURT: (staff("fayuan.chibi"), keeper("fayuan.chibi")),
    End.CENTRE: (
        staff("zhongzhi.chimagang"),
        staff("jiedao.chimagang"),
        staff("guanli.shi"),
        EVALUATOR,
    ),
    End.INTEGRATION: (HOTLINE,),
}
OTHERS: Mapping[End, tuple[Actor, ...]] = {
    End.OWNER: (at_home("owner-6"),),
    End.PROPERTY: (staff("wuye.wenquan"),),
    End.COMMUNITY: (staff("wangge.wenquan1"),),
    End.GRID: (staff("wanggezhang.wenquan"),),
    End.DEPARTMENT: (staff("chengguan.chibi"),),
    End.COURT: (staff("fayuan.jiayu"),),
    End.CENTRE: (staff("zhongzhi.fushan"), staff("tiaojie.jiayu1")),
    End.INTEGRATION: (HOTLINE,),
}


def bearer(actor: Actor, clock: Clock) -> dict[str, str]:
    """A fresh token, as intake or routing would give it."""
    issuer = Issuer.INTAKE if actor.end in {End.OWNER, End.INTEGRATION} else Issuer.ROUTING
    key = environment()[f"LIUDUAN_{issuer.upper()}_SIGNING_KEY"]
    token = TokenIssuer(key, f"{issuer}-test", issuer, clock).issue(actor)
    return {"Authorization": f"Bearer {token.value}"}
