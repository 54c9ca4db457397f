"""Representatives: appointed by the place, taken up with a code, ended (E09)."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from services.survey.deed import Deed
from services.survey.ratings.commands.forgetting import forget_representative
from shared.contracts.intake import ErasedOwner, HomesState, OwnerErased, OwnerHomesChanged
from shared.contracts.vocabulary import Relation
from shared.identity import SYSTEM, Actor, Scope
from shared.privacy import Hiding
from tests.samples import named
from tests.stage import START, Stage
from tests.survey.ratings.raters import (
    EMPLOYED,
    OFFICER,
    OWNERS,
    PARTY,
    STAKEHOLDER,
    Room,
    marks,
    person,
)
from tests.survey.surveys.pollster import LEADER, MANAGER, WORKER, estate, lives, once, resident
from tests.waiting import until


async def someone_waits(stage: Stage) -> bool:
    return bool(await stage.count("pg_locks", "NOT granted"))


async def test_appointed_and_taken_up(stage: Stage) -> None:
    """E09: by the grid leader or the street; one code, once; no names anywhere."""
    room = Room(stage)
    await stage.hear(estate(), lives("representative 1", 1))
    appointed = (await room.appoint()).json()
    assert (appointed["status"], appointed["kind"]) == ("INVITED", OWNERS)
    typed = appointed["code"].lower().replace("-", " ")
    accepted = await room.accept(typed, person(1))
    assert (accepted.status_code, accepted.json()["status"]) == (201, "IN_OFFICE")
    again = await room.accept(typed, person(2))
    assert (again.status_code, again.json()["code"]) == (404, "APPOINTMENT_CODE_REFUSED")
    (listed,) = (await room.call("GET", "/representatives", OFFICER)).json()["items"]
    assert not set(listed) & {"owner_id", "name", "code", "code_hash"}
    (own,) = (await room.call("GET", "/representatives", person(1))).json()["items"]
    assert own == listed
    assert (await room.call("GET", "/representatives", person(2))).json()["items"] == []


async def test_a_code_is_shown_once_and_kept_as_a_hash(stage: Stage) -> None:
    room = Room(stage)
    await stage.hear(estate())
    body = {"estate_id": str(named("estate")), "kind": PARTY, "ends_on": "2026-12-31"}
    key = once()
    async with stage.client(LEADER) as client:
        first = await client.post("/representatives", json=body, headers=key)
        again = await client.post("/representatives", json=body, headers=key)
    code = first.json()["code"]
    assert (again.status_code, again.json()["id"]) == (201, first.json()["id"])
    assert again.json()["code"] is None
    for table in ("representative", "idempotency_key", "audit_entry"):
        assert await stage.count(table, f"{table}::text LIKE '%{code}%'") == 0
    renewed = await room.call("POST", f"/representatives/{first.json()['id']}/code", OFFICER)
    assert renewed.status_code == 201
    await stage.hear(lives("representative 1", 1))
    assert (await room.accept(code, person(1))).json()["code"] == "APPOINTMENT_CODE_REFUSED"
    assert (await room.accept(renewed.json()["code"], person(1))).status_code == 201
    late = await room.call("POST", f"/representatives/{first.json()['id']}/code", OFFICER)
    assert (late.status_code, late.json()["code"]) == (409, "REPRESENTATIVE_IN_OFFICE")


async def test_a_code_lives_for_so_long(stage: Stage) -> None:
    """The moment at which it ends is too late."""
    room = Room(stage)
    await stage.hear(estate(), lives("representative 1", 1), lives("representative 2", 2))
    first, second = [(await room.appoint()).json()["code"] for _ in range(2)]
    stage.clock.advance(timedelta(hours=72) - timedelta(seconds=1))
    assert (await room.accept(first, person(1))).status_code == 201
    stage.clock.advance(timedelta(seconds=1))
    assert (await room.accept(second, person(2))).json()["code"] == "APPOINTMENT_CODE_REFUSED"
    items = (await room.call("GET", "/representatives", LEADER)).json()["items"]
    assert [each["status"] for each in items] == ["LAPSED", "IN_OFFICE"]


async def test_of_two_who_type_a_code_at_once_one_takes_up(stage: Stage) -> None:
    """E09: there is one representative, and the other is told that the code is used."""
    room = Room(stage)
    await stage.hear(estate(), lives("representative 1", 1), lives("representative 2", 2))
    code = (await room.appoint()).json()["code"]
    answers = await asyncio.gather(*(room.accept(code, person(each)) for each in (1, 2)))
    assert sorted(each.status_code for each in answers) == [201, 404]
    assert await stage.count("representative", "owner_id IS NOT NULL") == 1


async def test_one_who_types_two_codes_at_once_takes_up_one(stage: Stage) -> None:
    """E09: one person, one rating."""
    room = Room(stage)
    await stage.hear(estate(), lives("representative 1", 1))
    codes = [(await room.appoint(kind)).json()["code"] for kind in (OWNERS, PARTY)]
    answers = await asyncio.gather(*(room.accept(each, person(1)) for each in codes))
    assert sorted(each.status_code for each in answers) == [201, 409]


async def test_codes_are_not_guessed_at(stage: Stage) -> None:
    room = Room(stage)
    await stage.hear(estate(), lives("representative 1", 1))
    code = (await room.appoint()).json()["code"]
    for _ in range(10):
        assert (await room.accept("0000-0000-0000-0000", person(1))).status_code == 404
    refused = await room.accept(code, person(1))
    assert (refused.status_code, refused.json()["code"]) == (429, "APPOINTMENT_GUESSED_AT")


@pytest.mark.parametrize(
    ("kind", "relation", "status"),
    [
        (OWNERS, Relation.OWNER, 201),
        (OWNERS, Relation.FAMILY, 201),
        (OWNERS, Relation.TENANT, 403),
        (PARTY, Relation.TENANT, 201),
    ],
)
async def test_who_may_take_up(stage: Stage, kind: str, relation: Relation, status: int) -> None:
    """A03, E30: a verified home in the estate; tenants do not speak for owners."""
    room = Room(stage)
    await stage.hear(estate(), lives("representative 1", 1, relation))
    code = (await room.appoint(kind)).json()["code"]
    stranger = await room.accept(code, resident("stranger", 1))
    assert (stranger.status_code, stranger.json()["code"]) == (403, "REPRESENTATIVE_WITHOUT_HOME")
    answer = await room.accept(code, person(1))
    assert answer.status_code == status
    if status == 403:
        assert answer.json()["code"] == "REPRESENTATIVE_WITHOUT_HOME"


async def test_one_person_one_appointment(stage: Stage) -> None:
    """E09: one rating per representative, so nobody is two of them."""
    room = await Room(stage).represented([OWNERS])
    code = (await room.appoint(PARTY)).json()["code"]
    second = await room.accept(code, person(0))
    assert (second.status_code, second.json()["code"]) == (409, "ALREADY_REPRESENTATIVE")


@pytest.mark.parametrize(
    ("actor", "code"),
    [
        (WORKER, "SURVEY_CONDUCTORS_ONLY"),
        (MANAGER, "SURVEY_CONDUCTORS_ONLY"),
        (person(1), "SURVEY_CONDUCTORS_ONLY"),
        (replace(OFFICER, scope=Scope(divisions=("421281003",))), "NOT_YOUR_PLACE"),
        (STAKEHOLDER, "NOT_YOUR_PLACE"),
        (EMPLOYED, "NOT_YOUR_PLACE"),
    ],
    ids=["worker", "company", "owner", "another street", "A13 interest", "A13 own company"],
)
async def test_who_may_appoint(stage: Stage, actor: Actor, code: str) -> None:
    room = await Room(stage).represented([OWNERS])
    refused = await room.appoint(actor=actor)
    assert (refused.status_code, refused.json()["code"]) == (403, code)
    release = f"/representatives/{room.appointed[0]}/release"
    denied = await room.call("POST", release, actor, {"reason": "迁出"})
    assert denied.status_code == (404 if code == "NOT_YOUR_PLACE" else 403)
    if actor != person(1):
        assert (await room.call("GET", "/representatives", actor)).json()["items"] == []
    assert (await room.appoint(actor=OFFICER)).status_code == 201


async def test_a_term_has_an_end(stage: Stage) -> None:
    """Its last day belongs to it; whoever's term is over rates no more."""
    room = Room(stage)
    await stage.hear(estate(), lives("representative 1", 1))
    for impossible in ("2026-03-01", "2031-03-03"):
        refused = await room.appoint(ends_on=impossible)
        assert refused.json()["code"] == "REPRESENTATIVE_TERM_IMPOSSIBLE"
    code = (await room.appoint(ends_on="2026-03-02")).json()["code"]
    assert (await room.accept(code, person(1))).status_code == 201
    await room.opened()
    assert (await room.mark(person(1), marks(4))).status_code == 200
    stage.clock.move_to(START.replace(day=3, hour=0))
    over = await room.mark(person(1), marks(5))
    assert (over.status_code, over.json()["code"]) == (403, "NOT_A_REPRESENTATIVE")
    (own,) = (await room.call("GET", "/representatives", person(1))).json()["items"]
    assert own["status"] == "TERM_OVER"


async def test_released_with_a_reason(stage: Stage) -> None:
    """The reason is on record, and what was given counts on."""
    room = await Room(stage).represented([OWNERS])
    await room.opened()
    await room.rated([marks(4)])
    path = f"/representatives/{room.appointed[0]}/release"
    assert (await room.call("POST", path, LEADER, {})).status_code == 422
    ended = await room.call("POST", path, LEADER, {"reason": "已迁出本小区"})
    assert (ended.json()["status"], ended.json()["ended_because"]) == ("ENDED", "RELEASED")
    again = await room.call("POST", path, LEADER, {"reason": "已迁出本小区"})
    assert (again.status_code, again.json()["code"]) == (409, "REPRESENTATIVE_ENDED")
    assert (await room.mark(person(0), marks(5))).status_code == 404, "it sees the rating no more"
    assert await stage.count("rating_marks") == 1
    assert await stage.count("audit_entry", "reason = '已迁出本小区'") == 1


async def test_whoever_moved_out_rates_no_more(stage: Stage) -> None:
    room = await Room(stage).represented([OWNERS])
    await room.opened()
    gone = HomesState(id=person(0).id, version=2, homes=())
    await stage.hear(OwnerHomesChanged(owner=gone))
    refused = await room.mark(person(0), marks(4))
    assert (refused.status_code, refused.json()["code"]) == (403, "REPRESENTATIVE_WITHOUT_HOME")


async def test_an_erased_owner_represents_nobody(stage: Stage) -> None:
    """Facts 2.13: the appointment ends, the marks count on, of nobody; told twice is as once."""
    room = await Room(stage).represented([OWNERS, PARTY])
    await room.opened()
    await room.rated([marks(4), marks(3)])
    erased = person(0).id
    names = stage.host.runtime.sealer.seal(
        Hiding.of({"演示"}).told(), audience="survey", subject=f"{erased}/names"
    )
    gone = OwnerErased(owner=ErasedOwner(id=erased, version=9, erased_at=START), names=names)
    await stage.hear_after_forgetting(gone)
    assert await stage.count("representative", "ended_because = 'ERASED'") == 1
    for table in ("representative", "rating_marks"):
        assert await stage.count(table, f"owner_id = '{erased}'") == 0
    assert await stage.count("rating_marks") == 2
    assert await stage.count("representative", "ended_at IS NULL") == 1


async def test_whoever_is_erased_meanwhile_leaves_no_account_beside_marks(stage: Stage) -> None:
    """Facts 2.13: marks that came in beside the erasure wait for it, and are refused."""
    room = await Room(stage).represented([OWNERS])
    await room.opened()
    runtime = stage.host.runtime
    async with runtime.database.transaction() as session:
        deed = Deed(session, runtime, SYSTEM, runtime.clock.now())
        await forget_representative(deed, person(0).id)
        await session.flush()
        marking = asyncio.create_task(room.mark(person(0), marks(4)))
        await until(lambda: someone_waits(stage))
    refused = await marking
    assert (refused.status_code, refused.json()["code"]) == (403, "NOT_A_REPRESENTATIVE")
    assert await stage.count("rating_marks") == 0
