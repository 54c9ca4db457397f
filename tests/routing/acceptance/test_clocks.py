"""CK-00 and CK-13: two hours to accept, five days to supply, and what follows afterwards."""

from __future__ import annotations

from shared.contracts import routing as said
from shared.contracts.narrative import Proof
from shared.contracts.vocabulary import RefusalReason
from tests.routing.acceptance.scene import (
    CENTRE,
    CLAIM,
    NUMBER,
    STREET,
    claimed,
    path,
    pending,
    supplemented,
    waiting,
)
from tests.routing.drama import Drama, at

REMINDER = Proof(item="REMINDER", reference="催交函2026-3")


async def test_nobody_accepts_in_two_hours(drama: Drama) -> None:
    """CK-00, B04: at 11:00:00 it is still in time; after it the centre is alerted, once."""
    event = await waiting(drama)
    await drama.pass_time(hours=2)
    assert await drama.stage.said(said.AcceptanceOverdue) == []
    await drama.pass_time(seconds=1)
    await drama.pass_time(hours=1)
    (told,) = await drama.stage.said(said.AcceptanceOverdue)
    assert (told.pending.id, told.due_at) == (event.complaint.id, at("2026-03-02 11:00"))
    assert told.pending.desk_id == CENTRE.organisation_id
    shown = await drama.see(STREET, "/pending-complaints", overdue=True)
    assert [each["complaint_id"] for each in shown["items"]] == [str(event.complaint.id)]
    await drama.send(STREET, path(event, "/acceptance"))
    clock = await drama.clock(event.complaint.id, "ACCEPT")
    assert (clock["state"], clock["breached_at"]) == ("MET", at("2026-03-02 11:00"))


async def test_asking_stops_the_clock_and_supplying_resumes_it(drama: Drama) -> None:
    """T02, T03: asked after 30 minutes, supplied a day later; 90 minutes are left."""
    event = await waiting(drama)
    drama.move_to("2026-03-02 09:30")
    await drama.send(STREET, path(event, "/information-request"), {"missing": ["EVIDENCE"]})
    paused = await drama.clock(event.complaint.id, "ACCEPT")
    assert (paused["state"], paused["paused_at"]) == ("PAUSED", at("2026-03-02 09:30"))
    assert (await drama.clock(event.complaint.id, "SUPPLEMENT"))["due_at"] == at("2026-03-08 00:00")
    drama.move_to("2026-03-03 09:30")
    text = "案号（2026）鄂1202民初88号，这是补充的照片说明。"
    await drama.stage.hear(supplemented(drama, event, text))
    clock = await drama.clock(event.complaint.id, "ACCEPT")
    assert (clock["state"], clock["due_at"]) == ("RUNNING", at("2026-03-03 11:00"))
    assert (await drama.clock(event.complaint.id, "SUPPLEMENT"))["state"] == "MET"
    shown = await drama.see(STREET, path(event))
    assert (shown["state"], shown["text"]) == ("WAITING", text)


async def test_a_company_is_asked_for_the_reminder_at_once(drama: Drama) -> None:
    """X21: PF01 without reminder proof → NEED_INFO; with it the case begins by itself (T03)."""
    event = await claimed(drama)
    (told,) = await drama.stage.said(said.InformationRequested)
    assert (told.request.id, told.request.missing) == (event.complaint.id, ("REMINDER",))
    assert (await pending(drama, event))["state"] == "INFO_REQUESTED"
    assert (await drama.clock(event.complaint.id, "ACCEPT"))["state"] == "PAUSED"
    await drama.pass_time(hours=5)
    assert await drama.stage.said(said.AcceptanceOverdue) == []
    await drama.stage.hear(supplemented(drama, event, CLAIM.text, REMINDER, title=CLAIM.title))
    case_id = await drama.case_of(event.complaint.id)
    assert (await drama.row(case_id))["category"] == "PF01"
    assert (await drama.clock(event.complaint.id, "ACCEPT"))["state"] == "MET"


async def test_nothing_supplied_refuses(drama: Drama) -> None:
    """T04, CK-13: without the reminder nobody can begin; at 24:00 of the fifth day it is over."""
    event = await claimed(drama)
    drama.move_to("2026-03-08 00:00")
    await drama.stage.sweep()
    assert (await pending(drama, event))["state"] == "INFO_REQUESTED"
    await drama.pass_time(seconds=1)
    (told,) = await drama.stage.said(said.ComplaintRefused)
    assert told.complaint.reason is RefusalReason.NO_INFO
    assert (await pending(drama, event))["state"] == "EXPIRED"
    clocks = await drama.rows(
        "SELECT state FROM clock WHERE subject_id = :id", id=event.complaint.id
    )
    assert [each["state"] for each in clocks] == ["STOPPED", "STOPPED"]


async def test_what_can_be_done_without_goes_on(drama: Drama) -> None:
    """T04: resumed with what is there; the court number still wants a person, and CK-00 runs on."""
    event = await waiting(drama)
    await drama.send(STREET, path(event, "/information-request"), {"missing": ["EVIDENCE"]})
    drama.move_to("2026-03-08 00:10")
    await drama.stage.sweep()
    assert await drama.stage.said(said.ComplaintRefused) == []
    assert (await pending(drama, event))["state"] == "WAITING"
    clock = await drama.clock(event.complaint.id, "ACCEPT")
    assert (clock["state"], clock["due_at"]) == ("RUNNING", at("2026-03-08 02:00"))
    assert (await drama.send(STREET, path(event, "/acceptance"))).status_code == 200


async def test_what_comes_after_going_on_without_it_is_read(drama: Drama) -> None:
    """T03, T04: the reporter was asked and not told otherwise; nothing supplied is lost."""
    event = await waiting(drama)
    await drama.send(STREET, path(event, "/information-request"), {"missing": ["EVIDENCE"]})
    drama.move_to("2026-03-08 00:10")
    await drama.stage.sweep()
    await drama.stage.hear(supplemented(drama, event, f"补充缴费凭证。{NUMBER}"))
    shown = await drama.see(STREET, path(event))
    assert (shown["state"], shown["text"][:6]) == ("WAITING", "补充缴费凭证")
    clock = await drama.clock(event.complaint.id, "ACCEPT")
    assert (clock["state"], clock["due_at"]) == ("RUNNING", at("2026-03-08 02:00"))


async def test_what_was_sent_in_time_counts(drama: Drama) -> None:
    """T03, X37: supplied at 23:59, heard of after CK-13 was found to be over."""
    event = await claimed(drama)
    drama.move_to("2026-03-08 00:01")
    await drama.stage.sweep()
    await drama.stage.hear(supplemented(drama, event, CLAIM.text, REMINDER, title=CLAIM.title))
    assert await drama.case_of(event.complaint.id)
    assert (await pending(drama, event))["refusal_reason"] is None


async def test_a_supplement_is_heard_once_and_in_order(drama: Drama) -> None:
    """X36, X37: a second question is not answered by the first answer told again."""
    event = await waiting(drama)
    question = {"missing": ["EVIDENCE"]}
    await drama.send(STREET, path(event, "/information-request"), question)
    first = supplemented(drama, event, "第一次补充（2026）鄂1202民初88号", version=3)
    await drama.stage.hear_after_forgetting(first)
    await drama.send(STREET, path(event, "/information-request"), question)
    await drama.stage.hear(first)
    shown = await drama.see(STREET, path(event))
    assert (shown["state"], shown["text"][:5]) == ("INFO_REQUESTED", "第一次补充")


async def test_a_supplement_after_acceptance_reaches_the_case(drama: Drama) -> None:
    """T03: the desk did not wait for it; the handler reads it all the same."""
    event = await waiting(drama)
    await drama.send(STREET, path(event, "/information-request"), {"missing": ["EVIDENCE"]})
    assert (await drama.send(STREET, path(event, "/acceptance"))).status_code == 200
    await drama.stage.hear(supplemented(drama, event, "后来补充的说明"))
    case_id = await drama.case_of(event.complaint.id)
    (complaint,) = (await drama.see(STREET, f"/cases/{case_id}"))["complaints"]
    assert complaint["text"] == "后来补充的说明"


async def test_a_supplement_may_show_a_police_matter(drama: Drama) -> None:
    """T05, B02: what is certain is refused by rule, also later."""
    event = await waiting(drama)
    await drama.send(STREET, path(event, "/information-request"), {"missing": ["DETAILS"]})
    fight = supplemented(drama, event, "有人正在打架，请马上处理。", title="小区门口打架斗殴")
    await drama.stage.hear(fight)
    (told,) = await drama.stage.said(said.ComplaintRefused)
    assert told.complaint.reason is RefusalReason.POLICE
