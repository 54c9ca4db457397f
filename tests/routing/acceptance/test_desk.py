"""T02, T05, T06 at the desk: who sees what waits, and who decides (3.9)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from shared.contracts import routing as said
from shared.contracts.directory import UNPLACED_ESTATE
from shared.contracts.vocabulary import Channel, RefusalReason
from shared.identity import Actor
from tests.routing.acceptance.scene import (
    CENTRE,
    COMPANY,
    IN_COURT,
    LEADER,
    OTHER_STREET,
    STREET,
    claimed,
    opened,
    path,
    pending,
    waiting,
)
from tests.routing.drama import FEES, HOMESTEAD, TRAPPED, Drama, Place, Words, owner, staff

REFUSAL = {"reason": "IN_COURT", "words": "此案已由法院审理，请向法院了解进展。"}


async def test_a_court_number_waits_for_a_person(drama: Drama) -> None:
    """X28, CK-00: no case; two hours from the submission; the reason stands beside it."""
    event = await waiting(drama)
    assert await drama.stage.count("cases") == 0
    shown = await drama.see(STREET, path(event))
    assert [each["code"] for each in shown["reasons"]] == ["COURT_NUMBER"]
    assert (shown["state"], shown["overdue"]) == ("WAITING", False)
    assert shown["due_at"] == "2026-03-02T11:00:00+08:00"
    assert "民初88号" in shown["text"]


async def test_everything_else_is_accepted_at_once(drama: Drama) -> None:
    """T06: no desk and no CK-00; danger and hotline orders do not wait for a court number."""
    await drama.submit(FEES)
    await drama.submit(IN_COURT, channel=Channel.HOTLINE)
    number = Words(TRAPPED.title, f"{TRAPPED.text}{IN_COURT.text}")
    await drama.submit(number)
    assert await drama.stage.count("pending_complaint") == 0
    assert await drama.stage.count("clock", "kind = 'ACCEPT'") == 0
    assert await drama.stage.count("cases") == 3


async def test_too_few_words_about_an_unknown_place(drama: Drama) -> None:
    """T01: nine characters wait, ten of the same place do not."""
    unknown = {"estate_id": uuid4(), "building_id": None, "house_id": None}
    nine = await waiting(drama, Words("噪音", "那个地方有噪音啊。"), word_for_word=True, **unknown)
    await drama.submit(Words("噪音", "那个地方总是有噪音。"), word_for_word=True, **unknown)
    shown = await drama.see(CENTRE, path(nine))
    assert [each["code"] for each in shown["reasons"]] == ["PLACE_UNKNOWN"]
    assert (await drama.read(LEADER, path(nine))).status_code == 404, "of no grid"


async def test_an_order_without_an_estate_waits_where_it_says(drama: Drama) -> None:
    """B03, A01: at the street of its own division; accepted, it is sent to a named unit."""
    nowhere: dict[str, Any] = {"estate_id": UNPLACED_ESTATE, "building_id": None, "house_id": None}
    event = await waiting(drama, channel=Channel.HOTLINE, division="421202001", **nowhere)
    shown = await drama.see(STREET, path(event))
    assert [each["code"] for each in shown["reasons"]] == ["PLACE_UNKNOWN"]
    assert shown["estate_name"] == "地点待核实"
    assert (await drama.read(OTHER_STREET, path(event))).status_code == 404
    answer = await drama.send(STREET, path(event, "/acceptance"))
    assert (answer.status_code, answer.json()["state"]) == (200, "ACCEPTED")
    case_id = await drama.case_of(event.complaint.id)
    assert (await drama.row(case_id))["division"] == "421202001"


async def test_accepted_by_a_person_it_becomes_a_case(drama: Drama) -> None:
    """T06: CK-00 met, CK-01 from now, sent by map; the person is the one who accepted it."""
    event = await waiting(drama)
    drama.move_to("2026-03-02 10:30")
    answer = await drama.send(STREET, path(event, "/acceptance"))
    assert (answer.status_code, answer.json()["state"]) == (200, "ACCEPTED")
    case_id = await drama.case_of(event.complaint.id)
    clock = await drama.clock(event.complaint.id, "ACCEPT")
    assert (clock["state"], clock["breached_at"]) == ("MET", None)
    assert (await drama.row(case_id))["state"] == "DISPATCHED"
    assert (await drama.clock(case_id, "DISPATCH"))["started_at"] == drama.now
    first, *_ = (await drama.see(STREET, f"/cases/{case_id}/timeline"))["items"]
    assert (first["row"], first["actor_end"]) == ("T06", "CENTRE")
    assert (await pending(drama, event))["narrative"] is None, "the words are the case's now"
    again = await drama.send(STREET, path(event, "/acceptance"))
    assert (again.status_code, again.json()["code"]) == (409, "DECISION_NOT_POSSIBLE")
    await drama.stage.hear(event)
    assert await drama.stage.count("cases") == 1


async def test_refused_with_the_reason_and_the_words(drama: Drama) -> None:
    """T05, X28: IN_COURT; the words travel sealed, no case follows."""
    event = await waiting(drama)
    answer = await drama.send(CENTRE, path(event, "/refusal"), REFUSAL)
    assert (answer.status_code, answer.json()["state"]) == (200, "REFUSED")
    (told,) = await drama.stage.said(said.ComplaintRefusedByDesk)
    assert told.complaint.reason is RefusalReason.IN_COURT
    assert "诉讼" in told.complaint.hint
    words = opened(drama, told.words, f"{event.complaint.id}/refusal")
    assert words == REFUSAL["words"]
    assert (await drama.clock(event.complaint.id, "ACCEPT"))["state"] == "MET"
    assert await drama.stage.count("cases") == 0


async def test_a_police_matter_is_handed_over(drama: Drama) -> None:
    """T05, B02: the 110 hint, and the number under which the police took it over."""
    event = await waiting(drama)
    body = {"reason": "POLICE", "words": "已代您转交公安机关。", "handed_over": "110-20260302-17"}
    wrong = await drama.send(STREET, path(event, "/refusal"), {**body, "reason": "ABUSIVE"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "HAND_OVER_IS_FOR_POLICE")
    assert (await drama.send(STREET, path(event, "/refusal"), body)).status_code == 200
    (told,) = await drama.stage.said(said.ComplaintRefusedByDesk)
    assert "110" in told.complaint.hint
    assert (await drama.see(STREET, path(event)))["handed_over"] == "110-20260302-17"
    assert "110-20260302-17" not in (await pending(drama, event))["handed_over"]


@pytest.mark.parametrize(
    "body",
    [{"reason": "NO_INFO", "words": "没有信息"}, {"reason": "IN_COURT"}, {"words": "不受理"}],
)
async def test_a_refusal_needs_reason_and_words(drama: Drama, body: dict[str, str]) -> None:
    """T05: NO_INFO is for CK-13 alone (T04)."""
    event = await waiting(drama)
    assert (await drama.send(STREET, path(event, "/refusal"), body)).status_code == 422


async def test_a_grid_worker_asks_and_does_not_decide(drama: Drama) -> None:
    """T02, 3.9: asking is open to the grid, accepting and refusing to street and centre."""
    event = await waiting(drama)
    for what, body in (("/acceptance", None), ("/refusal", REFUSAL)):
        answer = await drama.send(LEADER, path(event, what), body)
        assert (answer.status_code, answer.json()["code"]) == (403, "NOT_YOUR_TASK")
    question = {"missing": ["COURT_STATE", "EVIDENCE"], "words": "请说明案件进展"}
    answer = await drama.send(LEADER, path(event, "/information-request"), question)
    assert (answer.status_code, answer.json()["state"]) == (200, "INFO_REQUESTED")
    (told,) = await drama.stage.said(said.InformationRequested)
    assert told.request.missing == ("COURT_STATE", "EVIDENCE")
    assert told.request.until.isoformat() == "2026-03-08T00:00:00+08:00"
    assert told.words is not None
    assert opened(drama, told.words, f"{event.complaint.id}/request") == "请说明案件进展"
    assert "进展" not in told.model_dump_json()
    again = await drama.send(STREET, path(event, "/information-request"), question)
    assert (again.status_code, again.json()["code"]) == (409, "DECISION_NOT_POSSIBLE")


async def test_only_known_things_can_be_asked_for(drama: Drama) -> None:
    """T02: the list is the rulebook's."""
    event = await waiting(drama)
    answer = await drama.send(STREET, path(event, "/information-request"), {"missing": ["SHOE"]})
    assert (answer.status_code, answer.json()["code"]) == (422, "MISSING_ITEM_UNKNOWN")


@pytest.mark.parametrize(
    ("actor", "status", "listed"),
    [
        (STREET, 200, 1),
        (CENTRE, 200, 1),
        (LEADER, 200, 1),
        (OTHER_STREET, 404, 0),
        (COMPANY, 404, None),
        (owner(), 404, None),
    ],
    ids=["street", "centre", "leader", "other street", "company", "owner"],
)
async def test_who_sees_what_waits(
    drama: Drama, actor: Actor, status: int, listed: int | None
) -> None:
    """3.9: the place decides; the company it is about sees nothing."""
    event = await waiting(drama)
    assert (await drama.read(actor, path(event))).status_code == status
    answer = await drama.read(actor, "/pending-complaints")
    if listed is None:
        assert (answer.status_code, answer.json()["code"]) == (403, "ACCEPTANCE_DESKS_ONLY")
    else:
        assert len(answer.json()["items"]) == listed


async def test_nobody_decides_in_an_own_matter(drama: Drama) -> None:
    """A13: a complaint of the own household is not on the own desk."""
    event = await waiting(drama)
    assert event.complaint.house_id is not None
    related = replace(STREET, interests=frozenset({event.complaint.house_id}))
    assert (await drama.read(related, path(event))).status_code == 404
    assert (await drama.send(related, path(event, "/acceptance"))).status_code == 404


async def test_the_list_turns_pages_and_is_narrowed(drama: Drama) -> None:
    """The longest waiting first; decided ones only when asked for."""
    first = await waiting(drama)
    await drama.pass_time(minutes=1)
    second = await claimed(drama)
    await drama.pass_time(minutes=1)
    decided = await waiting(drama)
    await drama.send(STREET, path(decided, "/refusal"), REFUSAL)
    one = await drama.see(CENTRE, "/pending-complaints", limit=1)
    two = await drama.see(CENTRE, "/pending-complaints", limit=1, cursor=one["next"])
    found = [one["items"][0]["complaint_id"], two["items"][0]["complaint_id"]]
    assert found == [str(first.complaint.id), str(second.complaint.id)]
    assert two["next"] is None
    by_reason = await drama.see(CENTRE, "/pending-complaints", reason="REMINDER_MISSING")
    assert [each["complaint_id"] for each in by_reason["items"]] == [str(second.complaint.id)]
    refused = await drama.see(CENTRE, "/pending-complaints", state="REFUSED")
    assert [each["complaint_id"] for each in refused["items"]] == [str(decided.complaint.id)]


async def test_who_the_reporter_is(drama: Drama) -> None:
    """X15, X16: the deciding desk knows a confidential reporter, the grid does not; nobody an
    anonymous one.
    """
    hidden = await waiting(drama, confidential=True)
    nobody = await waiting(drama, anonymous=True, owner_id=None, house_id=None)
    for_street = await drama.see(STREET, path(hidden))
    for_leader = await drama.see(LEADER, path(hidden))
    assert for_street["owner_id"] == str(owner().id)
    assert (for_leader["owner_id"], for_leader["house_id"], for_leader["place"]) == (None,) * 3
    assert for_leader["reporter"] == "业主（已保密）"
    anonymous = await drama.see(STREET, path(nobody))
    assert (anonymous["reporter"], anonymous["owner_id"], anonymous["place"]) == (
        "匿名",
        None,
        None,
    )


async def test_elsewhere_another_desk_has_it(drama: Drama) -> None:
    """The centre of the street of the estate."""
    event = await waiting(drama, place=HOMESTEAD)
    assert (await drama.read(STREET, path(event))).status_code == 404
    there = await drama.see(staff("zhongzhi.chimagang"), path(event))
    assert there["estate_name"] == Place("赤马港家园（演示）").estate


async def test_the_grid_worker_of_the_place_sees_it(drama: Drama) -> None:
    """T02: of the building's grid, and not of the next one."""
    event = await waiting(drama)
    grid = (await pending(drama, event))["grid_code"]
    near, far = staff("wangge.wenquan2"), staff("wangge.wenquan1")
    assert (grid in near.scope.grids, grid in far.scope.grids) == (True, False)
    assert (await drama.read(near, path(event))).status_code == 200
    assert (await drama.read(far, path(event))).status_code == 404
    question = {"missing": ["EVIDENCE"]}
    asked = await drama.send(near, path(event, "/information-request"), question)
    assert asked.status_code == 200
