"""挂起: all internal clocks stand still, and move by exactly that time (T27, T28, X06, X07)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.routing.clocks.domain.effects import paused_by
from shared.contracts import routing as said
from shared.contracts.vocabulary import Channel
from shared.rulebook import ClockKind, SuspensionReason
from tests.routing.drama import FEES, ILLEGAL, NOISE, Drama, at, owner, staff

WORKER = staff("wangge.wenquan2")
LEADER = staff("wanggezhang.wenquan")
STREET = staff("zhongzhi.wenquan")
OFFICE = staff("jiedao.wenquan")
COUNTY = staff("zhongzhi.xianan")
COMPANY = staff("wuye.wenquan")
URBAN = staff("chengguan.xianan")
HOUSING = staff("zhuxin.xianan")
MEDIATOR = staff("tiaojie.shi1")
YES = {"decision": "GRANT", "reason": "情况属实，同意"}
NO = {"decision": "DENY", "reason": "可以边等边办"}
SUPPLIED = {"note": "补充材料已交齐"}


def pause(until: str, reason: str = "WAIT_OWNER") -> dict[str, Any]:
    return {"reason": reason, "until": at(until).isoformat(), "note": "等待业主提供缴费凭证"}


async def handled(drama: Drama) -> UUID:
    """A medium matter at the street centre since 03-02 10:00, signed."""
    drama.move_to("2026-03-02 10:00")
    case_id = await drama.submit(FEES)
    await drama.act(STREET, case_id, "signature")
    return case_id


async def suspended(
    drama: Drama, until: str = "2026-03-05 16:00", reason: str = "WAIT_OWNER"
) -> UUID:
    """As `handled`, suspended since 03-04 10:00."""
    case_id = await handled(drama)
    drama.move_to("2026-03-04 10:00")
    await drama.act(STREET, case_id, "suspension", pause(until, reason))
    await drama.act(OFFICE, case_id, "suspension-decision", YES)
    return case_id


async def test_the_due_time_moves_by_exactly_the_pause(drama: Drama) -> None:
    """X06: MEDIUM due 03-09 24:00; paused 03-04 10:00 to 03-05 16:00 (30 h): due 03-11 06:00."""
    case_id = await suspended(drama)
    row = await drama.row(case_id)
    assert (row["state"], row["suspended_from"]) == ("SUSPENDED", "HANDLING")
    assert (await drama.clock(case_id, "MEDIUM_RESOLVE"))["state"] == "PAUSED"
    drama.move_to("2026-03-05 16:00")
    await drama.stage.sweep()
    row = await drama.row(case_id)
    assert (row["state"], row["suspended_from"]) == ("HANDLING", None)
    clock = await drama.clock(case_id, "MEDIUM_RESOLVE")
    assert (clock["state"], clock["due_at"]) == ("RUNNING", at("2026-03-11 06:00"))
    assert clock["paused_total"] == timedelta(hours=30)
    assert (await drama.clock(case_id, "FEEDBACK"))["due_at"] == at("2026-03-11 06:00")
    assert (await drama.clock(case_id, "MEDIATION_START"))["due_at"] == at("2026-03-03 10:00")


async def test_an_end_noticed_late_counts_from_its_date(drama: Drama) -> None:
    """T28, X38: the sweeper stood still until 03-06 09:00; the pause ended at 03-05 16:00."""
    case_id = await suspended(drama)
    drama.move_to("2026-03-06 09:00")
    await drama.stage.sweep()
    assert (await drama.clock(case_id, "MEDIUM_RESOLVE"))["due_at"] == at("2026-03-11 06:00")
    (resumed,) = await drama.stage.said(said.CaseResumed)
    assert resumed.paused_seconds == 30 * 3600


async def test_nothing_warns_and_nothing_breaks_while_it_stands_still(drama: Drama) -> None:
    """3.3: the due time passes inside the pause; nobody is late, and what was left is left."""
    case_id = await suspended(drama, until="2026-03-20 10:00")
    drama.move_to("2026-03-19 10:00")
    await drama.stage.sweep()
    clock = await drama.clock(case_id, "MEDIUM_RESOLVE")
    assert (clock["breached_at"], clock["warned"]) == (None, 0.0)
    await drama.act(STREET, case_id, "resumption", SUPPLIED)
    clock = await drama.clock(case_id, "MEDIUM_RESOLVE")
    left = at("2026-03-10 00:00") - at("2026-03-04 10:00")
    assert clock["due_at"] - drama.now == left


async def test_what_was_overdue_before_the_pause_is_so_after_it(drama: Drama) -> None:
    """X06, X18: the due time moves by the pause, and the desk's list still says that it is late."""
    case_id = await handled(drama)
    drama.move_to("2026-03-04 10:00")
    await drama.stage.sweep()
    late = await drama.row(case_id)
    assert (late["next_clock"], late["clock_state"]) == ("MEDIATION_START", "OVERDUE")
    await drama.act(COUNTY, case_id, "suspension", pause("2026-03-06 10:00"))
    drama.move_to("2026-03-06 10:00")
    await drama.stage.sweep()
    row = await drama.row(case_id)
    assert (row["next_clock"], row["clock_state"]) == ("MEDIATION_START", "OVERDUE")
    assert row["next_due_at"] == at("2026-03-05 10:00")


async def test_two_pauses_add_up(drama: Drama) -> None:
    """X06: 30 hours, then 4 hours by the centre; and the sum is what the case reports."""
    case_id = await suspended(drama)
    drama.move_to("2026-03-05 16:00")
    await drama.stage.sweep()
    await drama.act(COUNTY, case_id, "suspension", pause("2026-03-06 16:00"))
    drama.move_to("2026-03-05 20:00")
    await drama.act(STREET, case_id, "resumption", SUPPLIED)
    clock = await drama.clock(case_id, "MEDIUM_RESOLVE")
    assert clock["due_at"] == at("2026-03-11 10:00")
    assert clock["paused_total"] == timedelta(hours=34)
    rows = (await drama.see(OFFICE, f"/cases/{case_id}/suspensions"))["items"]
    assert [row["paused_seconds"] for row in rows] == [30 * 3600, 4 * 3600]
    assert [row["ended_by_end"] for row in rows] == ["SYSTEM", "CENTRE"]


async def test_resumed_before_the_date_it_is_not_resumed_again(drama: Drama) -> None:
    """T28: who goes on early stops the watch; the date passes and nothing happens."""
    case_id = await suspended(drama)
    drama.move_to("2026-03-04 12:00")
    await drama.act(STREET, case_id, "resumption", SUPPLIED)
    drama.move_to("2026-03-05 17:00")
    await drama.stage.sweep()
    assert len(await drama.stage.said(said.CaseResumed)) == 1
    assert (await drama.clock(case_id, "MEDIUM_RESOLVE"))["due_at"] == at("2026-03-10 02:00")
    refused = await drama.refused(STREET, case_id, "resumption", SUPPLIED)
    assert refused == (409, "NOT_SUSPENDED")


async def test_mediation_goes_on_as_mediation(drama: Drama) -> None:
    """T28: MEDIATING returns to MEDIATING; CK-08 runs on, but for an appraisal (facts 2.2)."""
    drama.move_to("2026-03-02 10:00")
    case_id = await drama.submit(FEES)
    await drama.act(STREET, case_id, "signature")
    committee = {"committee_id": str(MEDIATOR.organisation_id)}
    await drama.act(STREET, case_id, "mediation", committee)
    await drama.act(COUNTY, case_id, "suspension", pause("2026-03-03 10:00"))
    assert (await drama.row(case_id))["suspended_from"] == "MEDIATING"
    assert (await drama.clock(case_id, "FORMAL_MEDIATION"))["state"] == "RUNNING"
    assert (await drama.clock(case_id, "MEDIATION_START"))["state"] == "PAUSED"
    await drama.act(STREET, case_id, "resumption", SUPPLIED)
    assert (await drama.row(case_id))["state"] == "MEDIATING"
    await drama.act(COUNTY, case_id, "suspension", pause("2026-03-03 10:00", "APPRAISAL"))
    assert (await drama.clock(case_id, "FORMAL_MEDIATION"))["state"] == "PAUSED"
    drama.move_to("2026-03-03 10:00")
    await drama.stage.sweep()
    assert (await drama.row(case_id))["state"] == "MEDIATING"
    assert (await drama.clock(case_id, "FORMAL_MEDIATION"))["due_at"] == at("2026-04-03 00:00")


async def test_a_joint_action_goes_on_as_one(drama: Drama) -> None:
    """T28: JOINT returns to JOINT; all parts of CK-07 have stood still."""
    drama.move_to("2026-03-02 10:00")
    case_id = await drama.submit(ILLEGAL)
    await drama.act(COUNTY, case_id, "dispatch", {})
    await drama.act(STREET, case_id, "signature")
    team = {"lead": str(URBAN.organisation_id), "members": [str(HOUSING.organisation_id)]}
    await drama.act(COUNTY, case_id, "joint", team)
    assert (await drama.refused(HOUSING, case_id, "suspension", pause("2026-03-03 10:00")))[
        0
    ] == 403
    await drama.act(URBAN, case_id, "suspension", pause("2026-03-03 10:00", "FORCE_MAJEURE"))
    await drama.act(STREET, case_id, "suspension-decision", YES)
    kinds = ("MAJOR_CONVENE", "MAJOR_PLAN", "MAJOR_INTERIM", "MAJOR_RESULT", "FEEDBACK")
    assert {(await drama.clock(case_id, kind))["state"] for kind in kinds} == {"PAUSED"}
    drama.move_to("2026-03-03 10:00")
    await drama.stage.sweep()
    assert (await drama.row(case_id))["state"] == "JOINT"
    assert (await drama.clock(case_id, "MAJOR_CONVENE"))["due_at"] == at("2026-03-04 10:00")


def test_what_is_the_owners_or_the_laws_is_not_paused() -> None:
    """3.3: only internal clocks; a suspension finds CK-09, CK-12 and CK-15 where they are."""
    ours = {kind for reason in SuspensionReason for kind in paused_by(reason)}
    for kind in (
        ClockKind.CONFIRMATION_APPLICATION,
        ClockKind.OWNER_CONFIRMATION,
        ClockKind.RETURN_VISIT,
        ClockKind.REOPEN_WINDOW,
        ClockKind.SUPPLEMENT,
    ):
        assert kind not in ours


async def test_the_owner_supplies_what_was_waited_for(drama: Drama) -> None:
    """T28: through a door of their own, with a receipt; another owner finds nothing."""
    case_id = await suspended(drama)
    drama.move_to("2026-03-04 16:00")
    assert (await drama.refused(owner("owner-2"), case_id, "resumption", SUPPLIED))[0] == 404
    receipt = await drama.act(owner(), case_id, "resumption", SUPPLIED)
    assert receipt["state"] == "HANDLING"
    assert "handler" not in receipt
    (resumed,) = await drama.stage.said(said.CaseResumed)
    assert resumed.paused_seconds == 6 * 3600
    entries = (await drama.see(STREET, f"/cases/{case_id}/timeline"))["items"]
    assert (entries[-1]["row"], entries[-1]["actor_end"], entries[-1]["note"]) == (
        "T28",
        "OWNER",
        SUPPLIED["note"],
    )


async def test_an_owner_does_not_end_other_pauses(drama: Drama) -> None:
    """T28: an appraisal is not over because the owner says so."""
    case_id = await suspended(drama, reason="APPRAISAL")
    refused = await drama.refused(owner(), case_id, "resumption", SUPPLIED)
    assert refused == (409, "NOT_WAITING_FOR_OWNER")


async def test_a_second_suspension_of_the_same_unit(drama: Drama) -> None:
    """X07: without centre approval refused, with it granted."""
    case_id = await suspended(drama)
    drama.move_to("2026-03-05 16:00")
    await drama.stage.sweep()
    await drama.act(STREET, case_id, "suspension", pause("2026-03-06 16:00"))
    refused = await drama.refused(OFFICE, case_id, "suspension-decision", YES)
    assert refused == (403, "SUSPENSION_NEEDS_CENTRE")
    assert (await drama.row(case_id))["state"] == "HANDLING"
    await drama.act(COUNTY, case_id, "suspension-decision", YES)
    assert (await drama.row(case_id))["state"] == "SUSPENDED"


@pytest.mark.parametrize(
    ("until", "alone"),
    [("2026-04-02 00:00", True), ("2026-04-02 00:01", False)],
    ids=["24:00 of the thirtieth day", "a minute more"],
)
async def test_thirty_days_at_most(drama: Drama, until: str, alone: bool) -> None:
    """T27, X07: from 03-02; more than thirty days needs the centre."""
    case_id = await handled(drama)
    await drama.act(STREET, case_id, "suspension", pause(until))
    if not alone:
        refused = await drama.refused(OFFICE, case_id, "suspension-decision", YES)
        assert refused == (403, "SUSPENSION_NEEDS_CENTRE")
    await drama.act(OFFICE if alone else COUNTY, case_id, "suspension-decision", YES)
    assert (await drama.row(case_id))["state"] == "SUSPENDED"


async def test_a_desk_suspends_directly_within_the_same_limits(drama: Drama) -> None:
    """T27: street and centre coordinate a case of another unit; X07 binds them as well."""
    case_id = await drama.submit(NOISE)
    await drama.act(WORKER, case_id, "signature")
    await drama.act(STREET, case_id, "suspension", pause("2026-03-02 20:00"))
    assert (await drama.row(case_id))["state"] == "SUSPENDED"
    drama.move_to("2026-03-02 20:00")
    await drama.stage.sweep()
    assert (await drama.row(case_id))["grade"] == "SMALL", "CK-04 has moved"
    refused = await drama.refused(STREET, case_id, "suspension", pause("2026-03-03 10:00"))
    assert refused == (403, "SUSPENSION_NEEDS_CENTRE")


async def test_who_asks_and_who_decides(drama: Drama) -> None:
    """3.9, T27: the grid worker asks for a small matter, the leader decides, not the same person;
    the company does neither."""
    case_id = await drama.submit(NOISE)
    await drama.act(WORKER, case_id, "signature")
    asked = pause("2026-03-02 20:00")
    assert (await drama.refused(COMPANY, case_id, "suspension", asked))[0] == 403
    assert (await drama.refused(staff("wangge.wenquan1"), case_id, "suspension", asked))[0] in {
        403,
        404,
    }
    assert await drama.refused(LEADER, case_id, "suspension-decision", YES) == (
        409,
        "SUSPENSION_NOT_ASKED",
    )
    await drama.act(WORKER, case_id, "suspension", asked)
    assert (await drama.row(case_id))["state"] == "HANDLING"
    assert await drama.refused(WORKER, case_id, "suspension", asked) == (409, "SUSPENSION_PENDING")
    assert (await drama.refused(WORKER, case_id, "suspension-decision", YES))[0] == 403
    await drama.act(LEADER, case_id, "suspension-decision", NO)
    assert (await drama.row(case_id))["state"] == "HANDLING"
    await drama.act(WORKER, case_id, "suspension", asked)
    await drama.act(LEADER, case_id, "suspension-decision", YES)
    assert (await drama.row(case_id))["state"] == "SUSPENDED"


async def test_a_leader_decides_on_small_matters_alone(drama: Drama) -> None:
    """T27: a medium matter is for street and centre; nobody grants the own request."""
    case_id = await handled(drama)
    await drama.act(STREET, case_id, "suspension", pause("2026-03-03 10:00"))
    assert (await drama.refused(LEADER, case_id, "suspension-decision", YES))[0] == 403
    assert await drama.refused(STREET, case_id, "suspension-decision", YES) == (403, "OWN_REQUEST")
    await drama.act(OFFICE, case_id, "suspension-decision", YES)


async def test_what_cannot_be_asked(drama: Drama) -> None:
    """T27: an end in the past, a reason that the rulebook does not know, a case not handled."""
    case_id = await handled(drama)
    refused = await drama.refused(STREET, case_id, "suspension", pause("2026-03-02 10:00"))
    assert refused == (422, "END_IN_THE_PAST")
    wrong = pause("2026-03-03 10:00", "HOLIDAY")
    assert (await drama.refused(STREET, case_id, "suspension", wrong))[0] == 422
    fresh = await drama.submit(FEES)
    refused = await drama.refused(STREET, fresh, "suspension", pause("2026-03-03 10:00"))
    assert refused == (409, "ACTION_NOT_POSSIBLE")
    nobodys = await drama.submit(FEES, channel=Channel.HOTLINE)
    refused = await drama.refused(STREET, nobodys, "suspension", pause("2026-03-03 10:00"))
    assert refused == (409, "ACTION_NOT_POSSIBLE")


async def test_a_request_is_too_old_when_its_date_has_come(drama: Drama) -> None:
    """T27: the decision begins the pause, so the date must still be ahead."""
    case_id = await handled(drama)
    await drama.act(STREET, case_id, "suspension", pause("2026-03-02 12:00"))
    drama.move_to("2026-03-02 13:00")
    refused = await drama.refused(OFFICE, case_id, "suspension-decision", YES)
    assert refused == (422, "END_IN_THE_PAST")
    await drama.act(OFFICE, case_id, "suspension-decision", NO)


async def test_what_is_said(drama: Drama) -> None:
    """T27, T28: reason and date, then the time paused; the note stays with the desks."""
    case_id = await suspended(drama)
    (told,) = await drama.stage.said(said.CaseSuspended)
    assert (told.reason, told.until) == ("WAIT_OWNER", at("2026-03-05 16:00"))
    assert {clock.state for clock in told.case.clocks if clock.kind == "MEDIUM_RESOLVE"} == {
        "PAUSED"
    }
    (row,) = (await drama.see(LEADER, f"/cases/{case_id}/suspensions"))["items"]
    assert (row["note"], row["granted"]) == ("等待业主提供缴费凭证", True)
    assert (await drama.read(COMPANY, f"/cases/{case_id}/suspensions")).status_code == 403
    (stored,) = await drama.rows("SELECT note, ruling FROM suspension")
    assert "缴费凭证" not in str(stored)


async def test_a_suspended_case_rests(drama: Drama) -> None:
    """T27: nothing but resuming leads on from SUSPENDED."""
    case_id = await suspended(drama)
    for what, body in (
        ("result", {"result_code": "SOLVED", "text": "已解决"}),
        ("progress", {"text": "进展"}),
        ("suspension", pause("2026-03-08 10:00")),
        ("extension", {"days": 7, "reason": "情况复杂"}),
    ):
        assert await drama.refused(STREET, case_id, what, body) == (409, "ACTION_NOT_POSSIBLE"), (
            what
        )
    assert (await drama.refused(OFFICE, case_id, "grading", {"grade": "MAJOR", "reason": "升级"}))[
        0
    ] == 409


async def test_the_desk_that_may_decide_is_told_of_the_request(drama: Drama) -> None:
    """T27, X07: the street of a medium matter, the county of a longer pause; and of a no."""
    case_id = await handled(drama)
    await drama.act(STREET, case_id, "suspension", pause("2026-03-05 16:00"))
    await drama.act(OFFICE, case_id, "suspension-decision", NO)
    (denied,) = await drama.stage.said(said.SuspensionDenied)
    assert (denied.case.id, denied.reason) == (case_id, "WAIT_OWNER")
    await drama.act(STREET, case_id, "suspension", pause("2026-04-20 16:00"))
    asked = await drama.stage.said(said.SuspensionRequested)
    assert [each.desks for each in asked] == [("STREET_CENTRE",), ("COUNTY_CENTRE",)]
    assert (asked[0].reason, asked[0].until) == ("WAIT_OWNER", at("2026-03-05 16:00"))


async def test_the_leader_is_told_of_the_request_of_a_small_matter(drama: Drama) -> None:
    """T27, 3.9."""
    drama.move_to("2026-03-02 10:00")
    case_id = await drama.submit(NOISE)
    await drama.act(WORKER, case_id, "signature")
    await drama.act(WORKER, case_id, "suspension", pause("2026-03-05 16:00"))
    (asked,) = await drama.stage.said(said.SuspensionRequested)
    assert asked.desks == ("GRID_LEADER",)
