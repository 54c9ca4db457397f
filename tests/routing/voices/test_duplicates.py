"""X08, X09: a repetition joins by itself, what resembles waits for a dispatcher."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from shared.contracts import routing as said
from shared.contracts.vocabulary import CaseStatus
from tests.routing.drama import HOMESTEAD, Drama, Words, owner, staff
from tests.routing.voices.choir import (
    COUNTY,
    DISPATCHER,
    LIFT,
    LIFT_AGAIN,
    SMELL,
    complain,
    neighbour,
)


async def test_the_same_words_by_the_same_person_become_one_case(drama: Drama) -> None:
    """X08, T07: 2 submissions 03-02 09:00 and 15:00 → 1 case, 2 complaints, second MERGED."""
    first = await complain(drama, 1, LIFT, word_for_word=True)
    drama.move_to("2026-03-02 15:00")
    again = await complain(drama, 1, LIFT, word_for_word=True)
    assert await drama.stage.count("cases") == 1
    case_id = await drama.case_of(again)
    assert await drama.case_of(first) == case_id
    (joined,) = await drama.stage.said(said.ComplaintsJoined)
    assert joined.joined == (again,)
    assert joined.case.complaint_ids == (first, again)
    assert await drama.stage.count("duplicate_proposal") == 0


async def test_two_repetitions_in_one_batch_are_one_case(drama: Drama) -> None:
    """X08: they may arrive together, and the numbers stay without gaps."""
    both = [
        drama.submission(LIFT, reporter=neighbour(1), word_for_word=True),
        drama.submission(LIFT, reporter=neighbour(1), word_for_word=True),
        drama.submission(SMELL, reporter=neighbour(1)),
    ]
    await drama.stage.hear(*both)
    assert await drama.stage.count("cases") == 2
    assert await drama.stage.count("complaint_sketch") == 3
    assert await drama.stage.count("merged_complaint") == 1
    numbers = await drama.rows("SELECT number FROM cases ORDER BY number")
    assert [row["number"][-5:] for row in numbers] == ["00001", "00002"]
    later = await complain(drama, 2, SMELL)
    assert (await drama.row(await drama.case_of(later)))["number"].endswith("00003")


async def test_what_makes_a_repetition(drama: Drama) -> None:
    """X08: another person, another estate, another category or a later week is none."""
    await complain(drama, 1, LIFT, word_for_word=True)
    await complain(drama, 2, LIFT, word_for_word=True)
    await complain(drama, 1, LIFT, word_for_word=True, place=HOMESTEAD)
    other = Words(LIFT.title, LIFT.text, "SV03")
    await complain(drama, 1, other, word_for_word=True)
    drama.move_to("2026-03-05 09:01")
    await complain(drama, 1, LIFT, word_for_word=True)
    assert await drama.stage.count("cases") == 5
    assert await drama.stage.count("merged_complaint") == 0


async def test_an_anonymous_repetition_is_nobodys(drama: Drama) -> None:
    """X15: of an anonymous reporter nothing is known that could be compared."""
    await complain(drama, 1, LIFT, word_for_word=True, anonymous=True)
    await complain(drama, 1, LIFT, word_for_word=True, anonymous=True)
    assert await drama.stage.count("cases") == 2
    rows = await drama.rows("SELECT evidence FROM duplicate_proposal")
    assert [row["evidence"]["same_reporter"] for row in rows] == [False]


async def test_who_asks_for_silence_the_second_time_gets_it(drama: Drama) -> None:
    """X16, X08: joining a case never tells who it was."""
    first = await complain(drama, 1, LIFT, word_for_word=True)
    await complain(drama, 1, LIFT, word_for_word=True, confidential=True)
    assert (await drama.row(await drama.case_of(first)))["confidential"] is True


async def test_a_case_that_was_fed_back_takes_no_repetition(drama: Drama) -> None:
    """T07: the target is open and can still answer; else the complaint is a case of its own."""
    first = await complain(drama, 1, LIFT, word_for_word=True)
    await _set_state(drama, await drama.case_of(first), CaseStatus.FEEDBACK)
    again = await complain(drama, 1, LIFT, word_for_word=True)
    assert await drama.case_of(again) != await drama.case_of(first)


async def test_what_resembles_is_shown_with_its_evidence(drama: Drama) -> None:
    """X09: score, what is the same, and the words that both use."""
    first = await complain(drama, 1, LIFT)
    drama.move_to("2026-03-02 12:00")
    second = await complain(drama, 2, LIFT_AGAIN)
    await complain(drama, 3, SMELL)
    (pair,) = (await drama.see(DISPATCHER, "/duplicates"))["items"]
    assert UUID(pair["case"]["id"]) == await drama.case_of(second)
    assert UUID(pair["into"]["id"]) == await drama.case_of(first)
    assert pair["score"] >= 0.42
    assert pair["evidence"]["same_category"] is True
    assert pair["evidence"]["same_reporter"] is False
    assert pair["evidence"]["hours_apart"] == 3
    case_id = await drama.case_of(first)
    (seen,) = (await drama.see(DISPATCHER, f"/cases/{case_id}/duplicates"))["items"]
    assert "老人上不去楼" in seen["shared_phrases"]


async def test_a_similar_complaint_of_the_same_person_is_proposed(drama: Drama) -> None:
    """X08: similar is not identical, so a person looks at it."""
    await complain(drama, 1, LIFT)
    await complain(drama, 1, LIFT_AGAIN)
    assert await drama.stage.count("cases") == 2
    (pair,) = (await drama.see(DISPATCHER, "/duplicates"))["items"]
    assert pair["evidence"]["same_reporter"] is True


async def test_no_readable_word_of_it_lies_in_the_database(drama: Drama) -> None:
    """Sketches are ciphertext, and evidence holds figures only."""
    await complain(drama, 1, LIFT)
    await complain(drama, 2, LIFT_AGAIN)
    rows = await drama.rows(
        "SELECT sketch AS kept FROM complaint_sketch"
        " UNION ALL SELECT evidence::text FROM duplicate_proposal"
    )
    assert len(rows) == 3
    assert not any("电梯" in row["kept"] for row in rows)
    assert len({row["kept"] for row in rows}) == 3


async def test_only_who_decides_reads_proposals(drama: Drama) -> None:
    """X09: the dispatchers of the place; the handler and other streets do not."""
    await complain(drama, 1, LIFT)
    case_id = await drama.case_of(await complain(drama, 2, LIFT_AGAIN))
    for actor in (staff("wangge.wenquan2"), staff("wuye.wenquan"), owner()):
        assert (await drama.read(actor, "/duplicates")).status_code == 403
    assert (await drama.see(staff("zhongzhi.chibi"), "/duplicates"))["items"] == []
    elsewhere = await drama.read(staff("zhongzhi.chibi"), f"/cases/{case_id}/duplicates")
    assert elsewhere.status_code == 404
    assert len((await drama.see(COUNTY, "/duplicates"))["items"]) == 1


async def test_a_pair_that_is_none_is_dismissed_once(drama: Drama) -> None:
    """X09: dismissed with a reason, and gone from the list."""
    await complain(drama, 1, LIFT)
    await complain(drama, 2, LIFT_AGAIN)
    (pair,) = (await drama.see(DISPATCHER, "/duplicates"))["items"]
    path = f"/duplicates/{pair['id']}/dismissal"
    answer = await drama.send(DISPATCHER, path, {"reason": "两部不同的电梯"})
    assert answer.json()["decision"] == "DISMISSED"
    assert (await drama.see(DISPATCHER, "/duplicates"))["items"] == []
    twice = await drama.send(DISPATCHER, path, {"reason": "两部不同的电梯"})
    assert (twice.status_code, twice.json()["code"]) == (409, "ALREADY_DECIDED")
    unknown = await drama.send(DISPATCHER, f"/duplicates/{uuid4()}/dismissal", {"reason": "无此"})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "PROPOSAL_NOT_FOUND")


async def _set_state(drama: Drama, case_id: UUID, state: CaseStatus) -> None:
    values: dict[str, Any] = {"id": case_id, "state": state}
    await drama.rows("UPDATE cases SET state = :state WHERE id = :id RETURNING id", **values)
