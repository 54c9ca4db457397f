"""X09: before filing, what neighbours have reported; never who, and words only if let pass."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from deploy.documents.traceability import RULEBOOK
from services.intake.neighbours import comparing
from services.intake.neighbours.domain.likeness import Reported, Wanted, pairs_of, problems
from shared.contracts import routing
from shared.contracts.intake import ComplaintSubmitted
from shared.contracts.narrative import Narrative
from shared.contracts.vocabulary import CaseStatus
from shared.ids import new_id
from shared.rulebook import Rulebook
from tests.intake.people import ANNA, BORIS, GARDEN, TENANT, complaint, once, owner
from tests.intake.test_following import case_of
from tests.samples import NINE
from tests.stage import Stage

BOOK = Rulebook.load(RULEBOOK)
LIFT = "三号楼电梯停运两天，老人无法下楼，联系电话13900000077"
SAME = {"estate_id": str(GARDEN.id), "text": "三号楼电梯停运，老人没法下楼", "category": "EQ02"}


async def reported(stage: Stage, person: Any = BORIS, **changes: Any) -> UUID:
    """A complaint of a neighbour that has a case of its own."""
    body = complaint(title=LIFT, text=LIFT, category="EQ02", **changes)
    async with stage.client(owner(person)) as client:
        answer = await client.post("/complaints", json=body, headers=once())
    complaint_id = UUID(answer.json()["id"])
    await stage.hear(routing.CaseDispatched(case=lift_case(complaint_id)))
    return complaint_id


def lift_case(*complaints: UUID, **changes: Any) -> routing.CaseState:
    facts = {"id": new_id(), "category": "EQ02", "category_name": "电梯故障"}
    return case_of(*complaints, **(facts | changes))


async def similar(stage: Stage, person: Any = ANNA, **changes: Any) -> tuple[int, Any]:
    async with stage.client(owner(person)) as client:
        answer = await client.post("/complaints/similar", json=SAME | changes)
    return answer.status_code, answer.json()


async def test_neighbours_are_told_of_but_not_who(stage: Stage) -> None:
    """X09: category, day, building and how many; no word of it, no number, no person."""
    first = await reported(stage, building_id=str(GARDEN.buildings[0].id))
    status, answer = await similar(stage)
    assert status == 200
    (found,) = answer["items"]
    assert found == {
        "join": str(first),
        "category": "EQ02",
        "category_name": "电梯故障",
        "reported_on": "2026-03-02",
        "place": f"{GARDEN.name}{GARDEN.buildings[0].number}栋",
        "households": 1,
        "state_name": "已派单待签收",
        "title": None,
    }
    assert (await similar(stage, BORIS))[1]["items"] == [], "one's own are offered to be urged"


async def test_words_are_shown_when_they_were_let_pass(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Masked; never those of a confidential reporter, whatever screening says (X16)."""

    async def everything(_: Any, ids: Any) -> set[UUID]:
        return {first, hidden}

    first, hidden = await reported(stage), await reported(stage, confidential=True)
    monkeypatch.setattr(comparing, "shown_to_others", everything)
    titles = {each["join"]: each["title"] for each in (await similar(stage))[1]["items"]}
    assert titles[str(first)] == LIFT.replace("13900000077", "139****0077")
    assert titles[str(hidden)] is None


async def test_something_else_is_not_offered(stage: Stage) -> None:
    await reported(stage)
    for changes in (
        {"category": "HY01", "text": "垃圾站太臭，蚊虫很多"},
        {"category": None, "text": ""},
    ):
        assert (await similar(stage, **changes))[1]["items"] == []


async def test_what_is_answered_anonymous_or_elsewhere_is_not_offered(stage: Stage) -> None:
    """X15: an anonymous complaint stays apart; what has ended is not joined."""
    done = await reported(stage)
    ended = lift_case(done, id=await _case_of(stage, done), version=9, state=CaseStatus.CLOSED)
    await stage.hear(routing.CaseClosed(case=ended))
    await reported(stage, anonymous=True)
    assert (await similar(stage))[1]["items"] == []
    status, answer = await similar(stage, TENANT)
    assert (status, answer["code"]) == (403, "HOUSE_BINDING_REQUIRED")


async def test_the_wish_to_join_goes_to_routing_alone(stage: Stage) -> None:
    """X09: inside the sealed narrative; another wish is another complaint to the same key."""
    first = await reported(stage)
    body = complaint(joins=str(first))
    async with stage.client(owner(ANNA)) as anna:
        filed = await anna.post("/complaints", json=body, headers=once("joining-1"))
        other = body | {"joins": str(new_id())}
        reused = await anna.post("/complaints", json=other, headers=once("joining-1"))
    assert (reused.status_code, reused.json()["code"]) == (422, "IDEMPOTENCY_KEY_REUSED")
    said = (await stage.said(ComplaintSubmitted))[-1]
    assert str(first) not in said.model_dump_json()
    opened = stage.host.runtime.sealer.open_(said.narrative, subject=filed.json()["id"])
    assert Narrative.model_validate_json(opened).joins == first


def test_problems_are_cases_with_their_households() -> None:
    """X09, X11: one household twice is one; the likeliest first, a few at most."""
    rules, case, house = BOOK.following.similar, new_id(), new_id()
    said = pairs_of("电梯停运两天")
    voices = [
        Reported(new_id(), case, house, said, "EQ02", None, NINE),
        Reported(new_id(), case, house, frozenset(), "EQ02", None, NINE),
        Reported(new_id(), case, None, frozenset(), "EQ02", None, NINE),
    ]
    others = [
        Reported(new_id(), new_id(), new_id(), frozenset(), "EQ02", None, NINE) for _ in range(9)
    ]
    wanted = Wanted(pairs_of("电梯停运"), "EQ02", None)
    found = problems(wanted, [*others, *voices], rules)
    assert len(found) == rules.shown_at_most
    assert (found[0].first, found[0].households) == (min(voices, key=lambda v: v.complaint_id), 2)
    assert found[0].score == pytest.approx(rules.wording + rules.category)


async def _case_of(stage: Stage, complaint_id: UUID) -> UUID:
    query = text("SELECT case_id FROM complaint WHERE id = :id")
    async with stage.host.runtime.database.transaction() as session:
        found: UUID = (await session.execute(query, {"id": complaint_id})).scalar_one()
    return found
