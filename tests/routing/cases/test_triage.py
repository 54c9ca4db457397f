"""T05, T06, T09: what becomes of a submitted complaint, however often it is heard of."""

from __future__ import annotations

from shared.contracts import routing as said
from shared.contracts.vocabulary import Channel, RefusalReason
from tests.routing.drama import FEES, HOMESTEAD, NOISE, POLICE, TRAPPED, Drama, at, staff


async def test_a_police_matter_is_not_accepted(drama: Drama) -> None:
    """B02, T05: no case, no clock, the 110 hint; a civil matter beside it is accepted."""
    refused, accepted = drama.submission(POLICE), drama.submission(NOISE)
    await drama.stage.hear(refused, accepted)
    assert await drama.stage.count("cases") == 1
    assert await drama.stage.count("screening") == 1
    told = await drama.stage.said(said.ComplaintRefused)
    assert [each.complaint.id for each in told] == [refused.complaint.id]
    assert told[0].complaint.reason is RefusalReason.POLICE
    assert "110" in told[0].complaint.hint
    case_id = await drama.case_of(accepted.complaint.id)
    assert await drama.stage.count("clock", f"subject_id <> '{case_id}'") == 0


async def test_a_complaint_has_one_case(drama: Drama) -> None:
    """Invariant 2, X36: the same complaint in two different messages counts once."""
    event = drama.submission()
    await drama.stage.hear(event)
    await drama.stage.hear(event)
    assert await drama.stage.count("cases") == 1
    assert len(await drama.stage.said(said.CaseCreated)) == 1


async def test_a_batch_is_numbered_by_county_and_day(drama: Drama) -> None:
    """Facts 2.10: one series per county and day, without gaps or doubles."""
    events = [drama.submission() for _ in range(3)] + [drama.submission(place=HOMESTEAD)]
    await drama.stage.hear(*events)
    drama.move_to("2026-03-03 08:00")
    await drama.stage.hear(drama.submission())
    rows = await drama.rows("SELECT number FROM cases")
    assert sorted(row["number"] for row in rows) == [
        "XN421202-20260302-00001",
        "XN421202-20260302-00002",
        "XN421202-20260302-00003",
        "XN421202-20260303-00001",
        "XN421281-20260302-00001",
    ]


async def test_one_poisoned_complaint_does_not_hold_up_the_others(drama: Drama) -> None:
    """A narrative that does not open is retried alone; its neighbours become cases at once."""
    poisoned, good = drama.submission(), drama.submission()
    elsewhere = poisoned.model_copy(update={"narrative": good.narrative})
    deliveries = drama.stage._deliveries([elsewhere, good], None)
    await drama.stage.host.consumer.receive(deliveries)
    assert [bool(each.postponed) for each in deliveries] == [True, False]
    assert await drama.stage.count("cases") == 1


async def test_the_proposal_opens_the_history_with_its_evidence(drama: Drama) -> None:
    """T09, B18, invariant 6: category and grade apart, the words that decided, then changes."""
    case_id = await drama.submit(FEES)
    street = staff("zhongzhi.wenquan")
    change = {"category": "PF03", "grade": "MEDIUM", "reason": "收费项目无依据"}
    await drama.act(street, case_id, "grading", change)
    history = (await drama.see(street, f"/cases/{case_id}"))["gradings"]
    assert [(each["category"], each["grade"]) for each in history] == [
        ("PF01", "MEDIUM"),
        ("PF03", "MEDIUM"),
    ]
    assert any("物业费" in each["words"] for each in history[0]["evidence"])
    assert history[1]["reason"] == "收费项目无依据"


async def test_the_hotline_promise_counts_from_its_own_acceptance(drama: Drama) -> None:
    """CK-01, U08: accepted there at 08:30, imported at 09:00, due at 09:30."""
    case_id = await drama.submit(
        FEES, channel=Channel.HOTLINE, promised_from=at("2026-03-02 08:30")
    )
    assert (await drama.clock(case_id, "DISPATCH"))["due_at"] == at("2026-03-02 09:30")


async def test_an_emergency_is_major_and_sent_at_once(drama: Drama) -> None:
    """X31: the flag, the grade, and CK-07 in its parts from the first second."""
    case_id = await drama.submit(TRAPPED)
    row = await drama.row(case_id)
    assert (row["emergency"], row["grade"], row["state"]) == (True, "MAJOR", "DISPATCHED")
    kinds = await drama.rows("SELECT kind FROM clock WHERE subject_id = :id", id=case_id)
    assert {"MAJOR_CONVENE", "MAJOR_PLAN", "MAJOR_INTERIM", "MAJOR_RESULT", "FEEDBACK"} <= {
        row["kind"] for row in kinds
    }
    county = staff("zhongzhi.xianan")
    lower = {"grade": "SMALL", "reason": "误报"}
    refused = await drama.refused(county, case_id, "grading", lower)
    assert refused == (409, "EMERGENCY_KEEPS_ITS_GRADE")


async def test_of_an_anonymous_reporter_nothing_is_kept(drama: Drama) -> None:
    """X15: no owner, no house in our rows or events; named complaints keep both."""
    await drama.submit(anonymous=True)
    await drama.submit()
    rows = await drama.rows("SELECT owner_id, house_id FROM case_complaint ORDER BY case_id")
    assert [row["owner_id"] is None for row in rows] == [True, False]
    assert [row["house_id"] is None for row in rows] == [True, False]
    events = await drama.stage.said(said.CaseCreated)
    assert [bool(each.case.owner_ids) for each in events] == [False, True]
